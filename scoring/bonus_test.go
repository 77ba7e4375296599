package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestAdoptedItemsEarnThreeEach(t *testing.T) {
	check(t, scoring.ClauseAdopted, []row{
		{name: "none"},
		{name: "two, at once", asOf: "10-08", change: func(f *scoring.Facts) { f.Adopted = 2 }, want: []string{"+6.00 for 2"}},
	})
}

func TestAllInGridEarnsOne(t *testing.T) {
	disposal := func(d scoring.Disposal) func(*scoring.Facts) {
		return func(f *scoring.Facts) { f.Disposal = d }
	}
	check(t, scoring.ClauseAllInGrid, []row{
		{name: "as many as were due", change: disposal(scoring.Disposal{OnTime: 9, OverdueOpen: 1, InGrid: 10}), want: []string{"+1.00 for 1"}},
		{name: "one fewer", change: disposal(scoring.Disposal{OnTime: 9, OverdueOpen: 1, InGrid: 9})},
		{name: "nothing due", change: disposal(scoring.Disposal{InGrid: 3})},
		{name: "not before the month closes", asOf: "10-31", change: disposal(scoring.Disposal{OnTime: 9, InGrid: 9})},
		{name: "nor before its data are there", change: func(f *scoring.Facts) {
			f.Disposal = scoring.Disposal{OnTime: 9, InGrid: 9}
			through(f, "10-30", scoring.GroupDisposal)
		}},
		{name: "but with the last day of the month", change: func(f *scoring.Facts) {
			f.Disposal = scoring.Disposal{OnTime: 9, InGrid: 9}
			through(f, "10-31", scoring.GroupDisposal)
		}, want: []string{"+1.00 for 1"}},
	})
}

func TestEveryHundredRecordsBeyond180EarnOne(t *testing.T) {
	beyond := func(n int) func(*scoring.Facts) {
		return func(f *scoring.Facts) { on(f, "10-11").MemberVisits = n } // 180 are there
	}
	check(t, scoring.ClauseVolume, []row{
		{name: "none beyond"},
		{name: "99 beyond", change: beyond(99)},
		{name: "100 beyond", change: beyond(100), want: []string{"+1.00 for 1"}},
		{name: "350 beyond", change: beyond(350), want: []string{"+3.00 for 3"}},
		{name: "reports as well as visits", change: func(f *scoring.Facts) { beyond(50)(f); reported(f, "10-11", 50) }, want: []string{"+1.00 for 1"}},
		{name: "earned as soon as they are there", asOf: "10-12", change: beyond(300), want: []string{"+1.00 for 1"}}, // 40 + 300
		{name: "not before", asOf: "10-10", change: beyond(300)},
		{name: "visits up to their own date", change: func(f *scoring.Facts) { beyond(300)(f); through(f, "10-09", scoring.GroupVisits) }},
		{name: "which is open too", change: func(f *scoring.Facts) { beyond(300)(f); through(f, "10-10", scoring.GroupVisits) },
			want: []string{"+2.00 for 2"}}, // visits 15 + 300, reports 90
		{name: "reports up to their own date", change: func(f *scoring.Facts) {
			reported(f, "10-11", 300)
			through(f, "10-09", scoring.GroupReports)
		}},
		{name: "reports count when no visit ever came", change: func(f *scoring.Facts) {
			beyond(300)(f)
			through(f, "09-30", scoring.GroupVisits)
			reported(f, "10-11", 190)
		}, want: []string{"+1.00 for 1"}},
	})
}
