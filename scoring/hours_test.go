package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestHoursCostOnlyByPolicy(t *testing.T) {
	four := func(p *scoring.Policies) { p.HoursPoints = scoring.Figure{Decimal: dec("4")} }
	chief := func(f *scoring.Facts, monthDay, hours string) { on(f, monthDay).ChiefHours = dec(hours) }
	member := func(f *scoring.Facts, monthDay, hours string) { on(f, monthDay).MemberHours = dec(hours) }
	check(t, scoring.ClauseHours, []row{
		{name: "nothing by default", change: func(f *scoring.Facts) { member(f, "10-13", "0") }},
		{name: "18 hours a week and 1.5 a day are enough", policy: four, change: func(f *scoring.Facts) { member(f, "10-13", "1.5") }},
		{name: "a member's day below 1.5 hours", policy: four, change: func(f *scoring.Facts) { member(f, "10-13", "1.49") },
			want: []string{"-4.00 for 1"}},
		{name: "a member's day off", policy: four, change: func(f *scoring.Facts) { member(f, "10-11", "0") }},
		{name: "a chief has no daily minimum", policy: four, change: func(f *scoring.Facts) { chief(f, "10-13", "0") }},
		{name: "a chief's week below 18 hours", policy: four, change: func(f *scoring.Facts) {
			chief(f, "10-10", "2.9")
			chief(f, "10-11", "0")
		}, want: []string{"-4.00 for 1"}},
		{name: "a member's week below 18 hours", policy: four, change: func(f *scoring.Facts) {
			member(f, "10-10", "2.9")
			member(f, "10-11", "0")
		}, want: []string{"-4.00 for 1"}},
		{name: "days and weeks once a month", policy: four, change: func(f *scoring.Facts) {
			for _, d := range []string{"10-12", "10-13", "10-14", "10-30"} {
				member(f, d, "0")
			}
		}, want: []string{"-4.00 for 5"}},
		{name: "today and this week are not at risk", policy: four, asOf: "10-13", change: func(f *scoring.Facts) { member(f, "10-13", "0") }},
		{name: "prorated, three duty days ask for 10.8 hours", policy: func(p *scoring.Policies) { four(p); p.ProrateWeeks = true },
			change: func(f *scoring.Facts) {
				for _, d := range []string{"10-05", "10-06", "10-07"} {
					chief(f, d, "0.1")
				}
				chief(f, "10-08", "4.5")
				chief(f, "10-11", "0")
			}},
	})
}

func TestCoverageCostsOnlyByPolicy(t *testing.T) {
	two := func(p *scoring.Policies) { p.CoveragePoints = scoring.Figure{Decimal: dec("2")} }
	share := func(f *scoring.Facts, monthDay, figure string) { *on(f, monthDay).Coverage = dec(figure) }
	check(t, scoring.ClauseCoverage, []row{
		{name: "nothing by default", change: func(f *scoring.Facts) { share(f, "10-13", "0.1") }},
		{name: "90 of a hundred cells are enough", policy: two, change: func(f *scoring.Facts) { share(f, "10-13", "0.90") }},
		{name: "two short days once", policy: two, change: func(f *scoring.Facts) {
			share(f, "10-13", "0.899")
			share(f, "10-14", "0")
		}, want: []string{"-2.00 for 2"}},
		{name: "a day without a measure", policy: two, change: func(f *scoring.Facts) { on(f, "10-13").Coverage = nil }},
		{name: "a day of September", policy: two, change: func(f *scoring.Facts) { share(f, "09-29", "0") }},
		{name: "today is not at risk", policy: two, asOf: "10-13", change: func(f *scoring.Facts) { share(f, "10-13", "0") }},
		{name: "another street's share", policy: func(p *scoring.Policies) { two(p); p.CoverageMin = scoring.Share{Decimal: dec("0.5")} },
			change: func(f *scoring.Facts) { share(f, "10-13", "0.5") }},
	})
}
