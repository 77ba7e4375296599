package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

// only is the policy that lets these visiting standards carry the penalty.
func only(standards ...scoring.VisitStandard) func(*scoring.Policies) {
	return func(p *scoring.Policies) { p.VisitStandards = standards }
}

func TestKeyPersonsEveryWeek(t *testing.T) {
	missed := func(week int) func(*scoring.Facts) {
		return func(f *scoring.Facts) { f.KeyPersons[week].Visited-- }
	}
	check(t, scoring.ClauseKeyPersons, []row{
		{name: "everyone every week"},
		{name: "one person in one week", change: missed(1), want: []string{"-3.00 for 1"}},
		{name: "two weeks once a month", change: func(f *scoring.Facts) { missed(1)(f); missed(2)(f) }, want: []string{"-3.00 for 2"}},
		{name: "the week that begins in September is October's", change: missed(0), want: []string{"-3.00 for 1"}},
		{name: "a week that is November's is ignored", change: func(f *scoring.Facts) {
			f.KeyPersons = append(f.KeyPersons, scoring.KeyWeek{Week: date("10-26"), Due: 5})
		}},
		{name: "a week that is absent has nobody due", change: func(f *scoring.Facts) { f.KeyPersons = nil }},
		{name: "a week without a duty day has no minimum", change: func(f *scoring.Facts) { missed(0)(f); f.DutyDays = f.DutyDays[3:] }},
		{name: "this week is at risk", asOf: "10-18", change: missed(2), want: []string{"-3.00 for 1 at risk"}},
		{name: "unless the points are gone", asOf: "10-18", change: func(f *scoring.Facts) { missed(1)(f); missed(2)(f) },
			want: []string{"-3.00 for 1"}},
		{name: "next week is neither", asOf: "10-18", change: missed(3)},
		{name: "the penalty is another standard's", policy: only(scoring.StandardHazardSites), change: missed(1)},
		{name: "the penalty is this standard's alone", policy: only(scoring.StandardKeyPersons), change: missed(1), want: []string{"-3.00 for 1"}},
	})
}

func TestSpecialPersonsEveryMonth(t *testing.T) {
	missed := func(f *scoring.Facts) { f.SpecialPersons.Visited = 10 }
	check(t, scoring.ClauseSpecialPersons, []row{
		{name: "everyone"},
		{name: "nobody due", change: func(f *scoring.Facts) { f.SpecialPersons = scoring.Visited{} }},
		{name: "more visited than due", change: func(f *scoring.Facts) { f.SpecialPersons.Visited = 13 }},
		{name: "two not visited, once", change: missed, want: []string{"-3.00 for 2"}},
		{name: "at risk until the month closes", asOf: "10-31", change: missed, want: []string{"-3.00 for 2 at risk"}},
		{name: "the penalty is another standard's", policy: only(scoring.StandardKeyPersons), change: missed},
	})
}

func TestHazardSitesEveryDay(t *testing.T) {
	missed := func(days ...string) func(*scoring.Facts) {
		return func(f *scoring.Facts) {
			for _, d := range days {
				on(f, d).HazardSitesVisited--
			}
		}
	}
	check(t, scoring.ClauseHazardSites, []row{
		{name: "every site every day"},
		{name: "a Sunday in the holidays counts", change: missed("10-04"), want: []string{"-3.00 for 1"}},
		{name: "two days once a month", change: missed("10-04", "10-13"), want: []string{"-3.00 for 2"}},
		{name: "an exempt day does not", change: func(f *scoring.Facts) { missed("10-13")(f); f.ExemptDays = dates("10-13") }},
		{name: "nor a day of September", change: missed("09-29")},
		{name: "a day that the facts leave out has no sites due", change: func(f *scoring.Facts) { f.Days = nil }},
		{name: "today is at risk", asOf: "10-18", change: missed("10-18"), want: []string{"-3.00 for 1 at risk"}},
		{name: "unless the points are gone", asOf: "10-18", change: missed("10-17", "10-18"), want: []string{"-3.00 for 1"}},
		{name: "tomorrow is neither", asOf: "10-18", change: missed("10-19")},
		{name: "the penalty is another standard's", policy: only(), change: missed("10-13")},
	})
}
