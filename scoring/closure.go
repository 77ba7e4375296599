package scoring

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// closureRate is 二(五): the disposal formula. What is open is at risk of
// ending overdue and not disposed.
func (m *gridMonth) closureRate(today calendar.Date) verdict {
	rule, now := &m.rules.clauses.ClosureRate, m.facts.Disposal
	v, cost := verdict{unit: rule.Points.Decimal}, rule.cost(&now)
	if cost.IsPositive() {
		v.incurred = charge{
			count:    now.Extended + now.Overdue + now.Constrained + now.OverdueOpen + now.Rework,
			points:   cost,
			evidence: disposalEvidence(&now),
		}
	}
	if m.closed(today) || now.Open == 0 {
		return v
	}
	then := now
	then.OverdueOpen += now.Open
	v.atRisk = charge{
		count:    now.Open,
		points:   decimal.Max(decimal.Zero, rule.cost(&then).Sub(cost)),
		evidence: []string{fmt.Sprintf("本月到期未处置 %d 件", now.Open)},
	}
	return v
}

// cost is what the formula leaves of the clause's points, as a deduction. It
// divides once, last, so that nothing is lost before the rounding.
func (r *closureRule) cost(d *Disposal) decimal.Decimal {
	due := integer(d.Due())
	if due.IsZero() {
		return decimal.Zero
	}
	earned := r.OnTime.Mul(integer(d.OnTime)).
		Add(r.Extended.Mul(integer(d.Extended))).
		Add(r.Overdue.Mul(integer(d.Overdue))).
		Add(r.Constrained.Mul(integer(d.Constrained))).
		Add(r.Rework.Mul(integer(d.Rework))).
		Add(r.OverdueOpen.Mul(integer(d.OverdueOpen)))
	cost := r.Points.Mul(due.Sub(earned)).DivRound(due, 2)
	return decimal.Max(decimal.Zero, decimal.Min(r.Points.Round(2), cost))
}

// disposalEvidence lists the kinds of items that cost points, and the divisor.
func disposalEvidence(d *Disposal) []string {
	kinds := []struct {
		name string
		n    int
	}{
		{"延时", d.Extended}, {"超时", d.Overdue}, {"受限", d.Constrained},
		{"返工", d.Rework}, {"超时未处置", d.OverdueOpen},
	}
	evidence := []string{fmt.Sprintf("应处置 %d 件", d.Due())}
	for _, kind := range kinds {
		if kind.n > 0 {
			evidence = append(evidence, fmt.Sprintf("%s %d 件", kind.name, kind.n))
		}
	}
	return evidence
}

// improperEscalation is 二(五): items that the grid could have disposed of and
// passed on, found by the centre.
func (m *gridMonth) improperEscalation(calendar.Date) verdict {
	n := m.facts.Findings.ImproperEscalation
	return found(m.rules.clauses.ImproperEscalation.Points, n, "推诿上交 %d 件")
}
