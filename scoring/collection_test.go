package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestUnfinishedHouseholdsCostTheirShareOfFive(t *testing.T) {
	households := func(total, collected, entered, complete int) func(*scoring.Facts) {
		return func(f *scoring.Facts) {
			f.Households = scoring.Households{Total: total, Collected: collected, Entered: entered, Complete: complete}
		}
	}
	check(t, scoring.ClauseHouseholds, []row{
		{name: "more than a tenth", change: households(853, 90, 90, 90)},
		{name: "exactly a tenth", change: households(850, 85, 85, 85)},
		{name: "a target between two households is not rounded", change: households(853, 85, 85, 85),
			want: []string{"-0.02 for 1"}}, // 0.3 ÷ 85.3 × 5 = 0.0175…
		{name: "the smallest of the three counts: collected", change: households(853, 79, 80, 81), want: []string{"-0.37 for 7"}},
		{name: "the smallest of the three counts: entered", change: households(853, 80, 79, 81), want: []string{"-0.37 for 7"}},
		{name: "the smallest of the three counts: complete", change: households(853, 81, 80, 79), want: []string{"-0.37 for 7"}},
		{name: "nothing done", change: households(853, 0, 0, 0), want: []string{"-5.00 for 86"}},
		{name: "half a hundredth rounds away from zero", change: households(800, 79, 79, 79), want: []string{"-0.06 for 1"}}, // 0.0625
		{name: "and exactly half", change: households(2000, 199, 199, 199), want: []string{"-0.03 for 1"}},                   // 0.025
		{name: "a grid without households", change: households(0, 0, 0, 0)},
		{name: "at risk until the month closes", asOf: "10-31", change: households(850, 0, 80, 80), want: []string{"-5.00 for 85 at risk"}},
	})
}
