package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestOverPeriod(t *testing.T) {
	cases := []struct {
		name    string
		method  scoring.PeriodMethod
		totals  []string
		months  int
		want    string
		partial bool
	}{
		{"the mean of a quarter", scoring.PeriodMean, []string{"96", "98.4", "100"}, 3, "98.13", false},
		{"rounds half away from zero", scoring.PeriodMean, []string{"96.01", "96"}, 2, "96.01", false},
		{"also below zero", scoring.PeriodMean, []string{"-96.01", "-96"}, 2, "-96.01", false},
		{"over the months that the grid has", scoring.PeriodMean, []string{"90", "100"}, 3, "95.00", true},
		{"the sum of a quarter", scoring.PeriodSum, []string{"96", "98.4", "100"}, 3, "294.40", false},
		{"a sum with a month missing", scoring.PeriodSum, []string{"96"}, 12, "96.00", true},
		{"no month yet", scoring.PeriodMean, nil, 3, "0.00", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rules := scoring.Default()
			rules.Policies.PeriodMethod = c.method
			var totals []scoring.Points
			for _, s := range c.totals {
				totals = append(totals, points(s))
			}
			got := scoring.OverPeriod(rules, totals, c.months)
			if got.Total.StringFixed(2) != c.want || got.Partial != c.partial || got.Months != len(c.totals) {
				t.Errorf("%s of %d months, partial %v; want %s, partial %v", got.Total.StringFixed(2), got.Months, got.Partial, c.want, c.partial)
			}
		})
	}
}
