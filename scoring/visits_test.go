package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestVisitsBelow90CostFiveOnce(t *testing.T) {
	check(t, scoring.ClauseVisits, []row{
		{name: "exactly 90 are enough"},
		{name: "89", change: func(f *scoring.Facts) { on(f, "10-13").ChiefVisits-- }, want: []string{"-5.00 for 1"}},
		{name: "none at all", change: func(f *scoring.Facts) {
			for i := range f.Days {
				f.Days[i].ChiefVisits, f.Days[i].MemberVisits = 0, 0
			}
		}, want: []string{"-5.00 for 90"}},
		{name: "a visit on a day off counts", change: func(f *scoring.Facts) { on(f, "10-13").ChiefVisits--; on(f, "10-11").MemberVisits++ }},
		{name: "a visit in September does not", change: func(f *scoring.Facts) { on(f, "10-13").ChiefVisits--; on(f, "09-28").ChiefVisits++ },
			want: []string{"-5.00 for 1"}},
		{name: "at risk until the month closes", asOf: "10-31", change: func(f *scoring.Facts) { on(f, "10-13").ChiefVisits-- },
			want: []string{"-5.00 for 1 at risk"}},
		{name: "today's count already", asOf: "10-30"},
		{name: "tomorrow's do not", asOf: "10-29", want: []string{"-5.00 for 5 at risk"}},
	})
}

func TestDailyVisitsCostNothing(t *testing.T) {
	check(t, scoring.ClauseVisitsDaily, []row{
		{name: "a day without a visit", change: func(f *scoring.Facts) { on(f, "10-13").ChiefVisits, on(f, "10-13").MemberVisits = 0, 0 }},
	})
}
