package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
)

// audiences are those whom each kind is for.
var audiences = map[string][]string{
	"morning":    {"网格长", "网格员"},
	"escalation": {"社区负责人"},
	"month":      {"群", "网格长", "网格员"},
	"result":     {"中心管理员"},
	"week":       {"网格长", "网格员"},
	updated:      {"群", "网格长", "网格员"},
	"period":     {"网格长", "中心管理员"},
	hourly:       {"网格长", "网格员", "社区负责人"},
	report:       {"中心管理员"},
}

// latest is the longest time after which a reminder may still be sent.
const latest = 6 * time.Hour

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

func (r *Reminders) check(bad func(problem string, path ...string)) {
	checkKinds(r.Kinds, bad, "reminders")
	for _, community := range slices.Sorted(maps.Keys(r.Communities)) {
		if _, ok := r.Communities[community][report]; ok {
			bad("is the centre's: a community has none of its own", "reminders", "communities", community, report)
		}
		checkKinds(r.Communities[community], bad, "reminders", "communities", community)
	}
	for _, emergency := range r.Emergencies {
		category, _, _ := strings.Cut(emergency, "/")
		if !slices.Contains(scoring.Categories, scoring.Category(category)) {
			bad(fmt.Sprintf("%s is no category of items", category), "reminders", "emergencies")
		}
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
	if r.Late < 0 || r.Late > latest {
		bad("must lie between 0 and 6h", "late")
	}
	for _, who := range r.Who {
		if !slices.Contains(audiences[kind], who) {
			bad(fmt.Sprintf("%s does not get %s; there are %s", who, kind, strings.Join(audiences[kind], ", ")), "who")
		}
	}
	if r.Who != nil && len(r.Who) == 0 {
		bad("nobody; use off", "who")
	}
	r.checkTimes(kind, bad)
}

func (r Reminder) checkTimes(kind string, bad func(problem, field string)) {
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
