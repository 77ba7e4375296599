package scoring

import "github.com/nanxiashu/gridbot/scoring/calendar"

// households is 二(三): a share of the grid's households is collected, entered
// and complete every month; the unfinished part of it costs points.
func (m *gridMonth) households(today calendar.Date) verdict {
	rule, h := &m.rules.clauses.Households, m.facts.Households
	target := rule.Share.Mul(integer(h.Total))
	if target.IsZero() {
		return verdict{}
	}
	done := integer(min(h.Collected, h.Entered, h.Complete))
	s := m.measure(ClauseHouseholds, "", m.month(today), target, done)
	if s.Met {
		return verdict{}
	}
	missing := target.Sub(done)
	cost := charge{
		count:    int(missing.Ceil().IntPart()), // whole households still to do
		points:   rule.Points.Mul(missing).DivRound(target, 2),
		evidence: []string{"完成 " + done.String() + " 户，应 " + target.String() + " 户"},
	}
	return stated(rule.Points, cost, s.Open)
}
