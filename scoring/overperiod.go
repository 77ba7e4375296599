package scoring

import "github.com/shopspring/decimal"

// PeriodScore is a grid's total of a quarter or a year.
type PeriodScore struct {
	Total   Points
	Months  int  // closed months that it stands for
	Partial bool // a month of the period is missing
}

// OverPeriod makes the total of a quarter or a year from those of its closed
// months, by the policy period_method. The grid may lack some of the period's
// months: it is then averaged over those it has, and marked so.
func OverPeriod(rules *Rulebook, totals []Points, months int) PeriodScore {
	s := PeriodScore{Months: len(totals), Partial: len(totals) < months}
	var sum decimal.Decimal
	for _, total := range totals {
		sum = sum.Add(total.Decimal)
	}
	if len(totals) > 0 && rules.Policies.PeriodMethod == PeriodMean {
		sum = sum.DivRound(integer(len(totals)), 2)
	}
	s.Total = Points{sum}
	return s
}
