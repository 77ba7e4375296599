package scoring

import "github.com/nanxiashu/gridbot/scoring/calendar"

// coverage is 二(二): the share of the grid's cells touched in five duty days,
// on every duty day for which it was measured. It has a penalty only by the
// policy coverage_points, and then for past days alone.
func (m *gridMonth) coverage(today calendar.Date) verdict {
	var short gaps
	for w := range m.dutyDays(today) {
		share := m.day(w.first).Coverage
		if share == nil {
			continue
		}
		s := m.measure(ClauseCoverage, "", w, m.rules.Policies.CoverageMin.Decimal, *share)
		if !s.Met {
			short = append(short, gap{w, 1, onDay(w.first) + " 覆盖 " + share.Shift(2).String() + "%"})
		}
	}
	return short.onceDecided(m.rules.Policies.CoveragePoints)
}
