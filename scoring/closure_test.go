package scoring_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestClosureRate(t *testing.T) {
	disposal := func(d scoring.Disposal) func(*scoring.Facts) {
		return func(f *scoring.Facts) { f.Disposal = d }
	}
	check(t, scoring.ClauseClosureRate, []row{
		{name: "all in time", change: disposal(scoring.Disposal{OnTime: 3})},
		{name: "nothing due costs nothing", change: disposal(scoring.Disposal{})},
		{name: "nothing due but reworks", change: disposal(scoring.Disposal{Rework: 2})},
		{name: "extended earn 0.8", change: disposal(scoring.Disposal{Extended: 1}), want: []string{"-6.00 for 1"}},
		{name: "overdue earn 0.6", change: disposal(scoring.Disposal{Overdue: 1}), want: []string{"-12.00 for 1"}},
		{name: "constrained earn 0.7", change: disposal(scoring.Disposal{Constrained: 1}), want: []string{"-9.00 for 1"}},
		{name: "a rework loses 0.3 and is none due", change: disposal(scoring.Disposal{OnTime: 2, Rework: 1}), want: []string{"-4.50 for 1"}},
		{name: "overdue and open lose 0.6", change: disposal(scoring.Disposal{OnTime: 2, OverdueOpen: 1}), want: []string{"-16.00 for 1"}},
		{name: "never more than all points", change: disposal(scoring.Disposal{OverdueOpen: 1}), want: []string{"-30.00 for 1"}},
		{name: "a third is rounded last", change: disposal(scoring.Disposal{OnTime: 6, Extended: 1}), want: []string{"-0.86 for 1"}}, // 30 × 0.2 ÷ 7 = 0.857…
		{name: "half a hundredth rounds away from zero", change: disposal(scoring.Disposal{OnTime: 47, Extended: 1}),
			want: []string{"-0.13 for 1"}}, // 30 × 0.2 ÷ 48 = 0.125
		{name: "what is due later is at risk", asOf: "10-20", change: disposal(scoring.Disposal{OnTime: 9, Open: 1}),
			want: []string{"-4.80 for 1 at risk"}}, // (9 − 0.6) ÷ 10
		{name: "alone it is all points", asOf: "10-20", change: disposal(scoring.Disposal{Open: 2}), want: []string{"-30.00 for 2 at risk"}},
		{name: "the difference of two rounded costs", asOf: "10-20", change: disposal(scoring.Disposal{OnTime: 6, Extended: 1, Open: 1}),
			want: []string{"-0.86 for 1", "-5.89 for 1 at risk"}}, // 6.75 − 0.86
		{name: "nothing is left to risk", asOf: "10-20", change: disposal(scoring.Disposal{OverdueOpen: 3, Open: 1}), want: []string{"-30.00 for 3"}},
		{name: "what is open in a closed month is ignored", change: disposal(scoring.Disposal{OnTime: 9, Open: 1})},
		{name: "unless its data are late", change: func(f *scoring.Facts) {
			f.Disposal = scoring.Disposal{OnTime: 9, Open: 1}
			through(f, "10-30", scoring.GroupDisposal)
		}, want: []string{"-4.80 for 1 at risk"}},
	})
}

// A street may weigh what is overdue and open so lightly that more of it helps.
func TestClosureRiskIsNeverBelowZero(t *testing.T) {
	rules := readRulebook(t, "clauses: {closure.rate: {overdue_open: 1}}")
	f := flawless()
	f.AsOf, f.Disposal = date("10-20"), scoring.Disposal{Overdue: 1, Open: 9}
	r := evaluate(t, rules, f)
	if diff := cmp.Diff([]string{"-12.00 for 1"}, charges(r, scoring.ClauseClosureRate)); diff != "" {
		t.Error(diff)
	}
	if closure := r.Sections[4]; !closure.Floor.Equal(closure.Score.Decimal) {
		t.Errorf("closure score %s, floor %s", closure.Score, closure.Floor)
	}
}

func TestImproperEscalationCostsThreeEach(t *testing.T) {
	check(t, scoring.ClauseImproperEscalation, []row{
		{name: "none"},
		{name: "two", asOf: "10-08", change: func(f *scoring.Facts) { f.Findings.ImproperEscalation = 2 }, want: []string{"-6.00 for 2"}},
	})
}
