package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Reminders says what is sent without being asked, and when.
type Reminders struct {
	// Kinds are the street's times by kind: morning, evening, overdue, week,
	// month, period, result, escalation.
	Kinds map[string]Reminder `yaml:",inline"`
	// Communities have times of their own, by name and kind; what they leave out
	// is the street's.
	Communities map[string]map[string]Reminder `yaml:"communities"`
	// Spread is the time over which the messages of a reminder go out, each
	// receiver at a minute of its own; default 3m.
	Spread time.Duration `yaml:"spread"`
	// Words is a file of sentences laid over the reminders' own.
	Words string `yaml:"words"`
}

// Reminder is when one kind goes out, in Shanghai's time and never between 20:00
// and 08:00. It goes out at At; overdue instead every hour from From to To.
type Reminder struct {
	Off  *bool     `yaml:"off"`
	At   ClockTime `yaml:"at"`
	From ClockTime `yaml:"from"`
	To   ClockTime `yaml:"to"`
	// Again is when the evening's cards in the groups are brought up to date.
	Again []ClockTime `yaml:"again"`
}

const (
	hourly  = "overdue" // the kind that goes out every hour
	updated = "evening" // the kind whose cards are brought up to date
)

// standardTimes keep away from full and half hours: the platform is crowded then.
var standardTimes = map[string]Reminder{
	"morning":    {At: ClockTime{8, 20}},
	"escalation": {At: ClockTime{8, 50}},
	"month":      {At: ClockTime{9, 10}},
	"result":     {At: ClockTime{9, 10}},
	"week":       {At: ClockTime{15, 40}},
	updated:      {At: ClockTime{16, 40}, Again: []ClockTime{{18, 10}, {19, 50}}},
	"period":     {At: ClockTime{16, 50}},
	hourly:       {From: ClockTime{8, 5}, To: ClockTime{19, 5}},
}

const standardSpread = 3 * time.Minute

// Times are the times of day, none where the kind is switched off.
func (r Reminder) Times() []time.Duration {
	switch {
	case r.Off != nil && *r.Off:
		return nil
	case r.From == ClockTime{}:
		return []time.Duration{r.At.Duration()}
	}
	var times []time.Duration
	for at := r.From.Duration(); at <= r.To.Duration(); at += time.Hour {
		times = append(times, at)
	}
	return times
}

// Updates are the times of day at which what was sent is brought up to date.
func (r Reminder) Updates() []time.Duration {
	if r.Off != nil && *r.Off {
		return nil
	}
	times := make([]time.Duration, len(r.Again))
	for i, at := range r.Again {
		times[i] = at.Duration()
	}
	return times
}

// over is the reminder with what it leaves out taken from another.
func (r Reminder) over(standard Reminder) Reminder {
	if r.Off == nil {
		r.Off = standard.Off
	}
	if r.Again == nil {
		r.Again = standard.Again
	}
	for mine, theirs := range map[*ClockTime]ClockTime{&r.At: standard.At, &r.From: standard.From, &r.To: standard.To} {
		if *mine == (ClockTime{}) {
			*mine = theirs
		}
	}
	return r
}

// RefuseCommunities returns an error, with file and line, about each community
// with times of its own that is none of the known ones.
func (c *Config) RefuseCommunities(known []string) error {
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(c.Reminders.Communities)) {
		if !slices.Contains(known, name) {
			problems = append(problems, fmt.Errorf("config: %s: no community of the street; there are %s",
				c.file.where([]string{"reminders", "communities", name}), strings.Join(known, "、")))
		}
	}
	return errors.Join(problems...)
}

func (r *Reminders) fillIn() {
	kinds := maps.Clone(standardTimes)
	for kind, reminder := range r.Kinds {
		kinds[kind] = reminder.over(standardTimes[kind])
	}
	r.Kinds = kinds
	for _, own := range r.Communities {
		for kind, reminder := range own {
			own[kind] = reminder.over(kinds[kind])
		}
	}
	if r.Spread == 0 {
		r.Spread = standardSpread
	}
}

func (r *Reminders) check(bad func(problem string, path ...string)) {
	checkKinds(r.Kinds, bad, "reminders")
	for _, community := range slices.Sorted(maps.Keys(r.Communities)) {
		checkKinds(r.Communities[community], bad, "reminders", "communities", community)
	}
	if r.Spread < 0 || r.Spread > time.Hour {
		bad("must lie between 0 and 1h", "reminders", "spread")
	}
}

func checkKinds(kinds map[string]Reminder, bad func(problem string, path ...string), path ...string) {
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		at := func(field ...string) []string { return append(slices.Clone(path), append([]string{kind}, field...)...) }
		if _, known := standardTimes[kind]; !known {
			kinds := strings.Join(slices.Sorted(maps.Keys(standardTimes)), ", ")
			bad("unknown key; the reminders are "+kinds, at()...)
			continue
		}
		kinds[kind].check(kind, func(problem, field string) { bad(problem, at(field)...) })
	}
}

func (r Reminder) check(kind string, bad func(problem, field string)) {
	if len(r.Again) > 0 && kind != updated {
		bad(fmt.Sprintf("only the cards of %s are brought up to date", updated), "again")
	}
	for _, at := range r.Again {
		at.checkDay("again", bad)
	}
	if kind != hourly {
		if r.From != (ClockTime{}) || r.To != (ClockTime{}) {
			bad(fmt.Sprintf("only %s goes out every hour; use at", hourly), "from")
		}
		r.At.checkDay("at", bad)
		return
	}
	if r.At != (ClockTime{}) {
		bad("goes out every hour; use from and to", "at")
	}
	r.From.checkDay("from", bad)
	r.To.checkDay("to", bad)
	if r.To.Duration() < r.From.Duration() {
		bad("must not be before from", "to")
	}
}

func (t ClockTime) checkDay(field string, bad func(problem, field string)) {
	if t.Hour < 8 || t.Hour >= 20 {
		bad("must lie between 08:00 and 20:00, nothing is sent at night", field)
	}
}
