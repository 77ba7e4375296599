package config

import (
	"maps"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
)

// Reminders says what is sent without being asked, and when.
type Reminders struct {
	// Kinds are the street's rules by kind: morning, evening, overdue, week, month,
	// period, result, escalation; and undelivered, the centre's daily report.
	Kinds map[string]Reminder `yaml:",inline"`
	// Communities have rules of their own, by name and kind; what they leave out
	// is the street's.
	Communities map[string]map[string]Reminder `yaml:"communities"`
	// Emergencies are the categories of items, or single kinds of them as in
	// 公共安全/消防通道, that overdue tells of at night and on days off too; default
	// 公共安全.
	Emergencies []string `yaml:"emergencies"`
	// Spread is the time over which the messages of a reminder go out, each
	// receiver at a minute of its own; default 3m.
	Spread time.Duration `yaml:"spread"`
	// Words is a file of sentences laid over the reminders' own.
	Words string `yaml:"words"`
}

// Reminder is when one kind goes out, in Shanghai's time and never between 20:00
// and 08:00, and to whom. It goes out at At; overdue instead every hour from From
// to To.
type Reminder struct {
	Off  *bool     `yaml:"off"`
	At   ClockTime `yaml:"at"`
	From ClockTime `yaml:"from"`
	To   ClockTime `yaml:"to"`
	// Again is when the evening's cards in the groups are brought up to date.
	Again []ClockTime `yaml:"again"`
	// Late is how long after its time it is still sent, if it could not go out
	// before: up to 6 hours, default 3.
	Late time.Duration `yaml:"late"`
	// Who are those who get it, of those whom the kind is for: roles, as in 人员, and
	// 群; default all of them.
	Who []string `yaml:"who"`
}

const (
	hourly  = "overdue"     // the kind that goes out every hour
	updated = "evening"     // the kind whose cards are brought up to date
	report  = "undelivered" // what the centre is told of: of the street alone
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
	report:       {At: ClockTime{9, 20}},
}

const standardSpread = 3 * time.Minute

// standardEmergencies are the category of fires, gas and crowds.
var standardEmergencies = []string{string(scoring.PublicSafety)}

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
	if r.Who == nil {
		r.Who = standard.Who
	}
	if r.Late == 0 {
		r.Late = standard.Late
	}
	for mine, theirs := range map[*ClockTime]ClockTime{&r.At: standard.At, &r.From: standard.From, &r.To: standard.To} {
		if *mine == (ClockTime{}) {
			*mine = theirs
		}
	}
	return r
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
	if r.Emergencies == nil {
		r.Emergencies = standardEmergencies
	}
	if r.Spread == 0 {
		r.Spread = standardSpread
	}
}
