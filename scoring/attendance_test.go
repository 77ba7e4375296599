package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestAbsenceCostsTwoEach(t *testing.T) {
	check(t, scoring.ClauseAbsent, []row{
		{name: "nobody absent"},
		{name: "one absence", change: func(f *scoring.Facts) { f.Meetings.Absent = 1 }, want: []string{"-2.00 for 1"}},
		{name: "points are before the section's bound",
			change: func(f *scoring.Facts) { f.Meetings.Absent = 4 }, want: []string{"-8.00 for 4"}},
		{name: "counts at once in an open month", asOf: "10-09",
			change: func(f *scoring.Facts) { f.Meetings.Absent = 1 }, want: []string{"-2.00 for 1"}},
	})
}

func TestLateArrivalCostsOneEach(t *testing.T) {
	check(t, scoring.ClauseLate, []row{
		{name: "nobody late"},
		{name: "three times late", change: func(f *scoring.Facts) { f.Meetings.Late = 3 }, want: []string{"-3.00 for 3"}},
	})
}
