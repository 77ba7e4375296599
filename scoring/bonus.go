package scoring

import "github.com/nanxiashu/gridbot/scoring/calendar"

// earned is a bonus of so many points for each case.
func earned(unit Figure, n int) verdict {
	return verdict{unit: unit.Decimal, incurred: charge{count: n, points: times(unit, n)}}
}

// adopted is 二(六): items of quality that the district adopted.
func (m *gridMonth) adopted(calendar.Date) verdict {
	return earned(m.rules.clauses.Adopted.Points, m.facts.Adopted)
}

// allInGrid is 二(六): as many items disposed in the grid as were due, once
// the month is closed.
func (m *gridMonth) allInGrid(today calendar.Date) verdict {
	due, inGrid := m.facts.Disposal.Due(), m.facts.Disposal.InGrid
	if !m.closed(today) || due == 0 || inGrid < due {
		return verdict{}
	}
	return earned(m.rules.clauses.AllInGrid.Points, 1)
}

// volume is 二(六): visits and valid reports beyond what is asked for, each
// counted up to its own date.
func (m *gridMonth) volume(calendar.Date) verdict {
	rule := &m.rules.clauses.Volume
	records := m.count(m.today(GroupVisits), (*Day).Visits) + m.count(m.today(GroupReports), (*Day).Reported)
	return earned(rule.Points, max(0, records-int(rule.Over))/int(rule.Every))
}
