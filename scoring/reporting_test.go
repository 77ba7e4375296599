package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestEachMissingReportOfADutyDayCostsHalfAPoint(t *testing.T) {
	check(t, scoring.ClauseReportingDaily, []row{
		{name: "four are enough", change: func(f *scoring.Facts) { reported(f, "10-13", 4) }},
		{name: "three", change: func(f *scoring.Facts) { reported(f, "10-13", 3) }, want: []string{"-0.50 for 1"}},
		{name: "all categories together", change: func(f *scoring.Facts) {
			on(f, "10-13").Reports = map[scoring.Category]int{scoring.PublicSafety: 1, scoring.Livelihood: 1}
		}, want: []string{"-1.00 for 2"}},
		{name: "more on one day do not help another", change: func(f *scoring.Facts) { reported(f, "10-13", 9); reported(f, "10-14", 0) },
			want: []string{"-2.00 for 4"}},
		{name: "a day off needs none", change: func(f *scoring.Facts) { reported(f, "10-11", 0) }},
		{name: "nor a duty day of September", change: func(f *scoring.Facts) { reported(f, "09-30", 0) }},
		{name: "nor a day of exemption", change: func(f *scoring.Facts) {
			reported(f, "10-30", 0)
			f.DutyDays = f.DutyDays[:len(f.DutyDays)-1]
		}},
		{name: "today is at risk", asOf: "10-14", change: func(f *scoring.Facts) { reported(f, "10-13", 3); reported(f, "10-14", 1) },
			want: []string{"-0.50 for 1", "-1.50 for 3 at risk"}},
		{name: "but not on a day off", asOf: "10-11", change: func(f *scoring.Facts) { reported(f, "10-11", 0) }},
		{name: "tomorrow is neither", asOf: "10-13", change: func(f *scoring.Facts) { reported(f, "10-14", 0) }},
	})
}

func TestReportsOfTheMonthCostNothing(t *testing.T) {
	none := func(f *scoring.Facts) {
		for i := range f.Days {
			f.Days[i].Reports = nil
		}
	}
	check(t, scoring.ClauseReportingTotal, []row{{name: "none at all", change: none}})
	check(t, scoring.ClauseReportingCategory, []row{{name: "none at all", change: none}})
}

func TestFindingsAboutReporting(t *testing.T) {
	clauses := []struct {
		clause scoring.Clause
		find   func(*scoring.Findings, int)
		want   map[int]string // by the number of findings; "" is nothing
	}{
		{scoring.ClauseNotProactive, func(f *scoring.Findings, n int) { f.NotProactive = n }, map[int]string{0: "", 1: "-2.00 for 1", 3: "-6.00 for 3"}},
		{scoring.ClauseEmergency, func(f *scoring.Findings, n int) { f.Emergency = n }, map[int]string{0: "", 1: "-3.00 for 1", 2: "-6.00 for 2"}},
		{scoring.ClauseEmergencySerious, func(f *scoring.Findings, n int) { f.EmergencySerious = n }, map[int]string{0: "", 1: "-10.00 for 1"}},
		{scoring.ClauseFalsified, func(f *scoring.Findings, n int) { f.Falsified = n }, map[int]string{0: "", 1: "-5.00 for 1", 9: "-45.00 for 9"}},
		{scoring.ClauseShirking, func(f *scoring.Findings, n int) { f.Shirking = n }, map[int]string{
			0: "", 1: "", 2: "-3.00 for 2", 3: "-3.00 for 3", 4: "-6.00 for 4", 5: "-6.00 for 5",
		}},
	}
	for _, c := range clauses {
		var rows []row
		for n, line := range c.want {
			r := row{name: string(c.clause), asOf: "10-08", change: func(f *scoring.Facts) { c.find(&f.Findings, n) }}
			if line != "" {
				r.want = []string{line}
			}
			rows = append(rows, r)
		}
		check(t, c.clause, rows)
	}
}
