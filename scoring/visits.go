package scoring

import "github.com/nanxiashu/gridbot/scoring/calendar"

// visits is 二(二): visits with a photo in the month.
func (m *gridMonth) visits(today calendar.Date) verdict {
	rule := &m.rules.clauses.Visits
	required, done := int(rule.Month), m.count(today, (*Day).Visits)
	month := m.month(today)
	if m.measure(ClauseVisits, "", month, integer(required), integer(done)).Met {
		return verdict{}
	}
	return gaps{{month, required - done, counted("走访", done, required, "条")}}.once(rule.Points)
}

// visitsDaily is 二(二): visits a duty day, of the grid and of each role. It is
// shown and reminded, and costs nothing.
func (m *gridMonth) visitsDaily(today calendar.Date) verdict {
	rule := &m.rules.clauses.VisitsDaily
	for w := range m.dutyDays(today) {
		day := m.day(w.first)
		m.measure(ClauseVisitsDaily, "", w, integer(rule.Grid), integer(day.Visits()))
		m.measure(ClauseVisitsDaily, roleChief, w, integer(rule.Chief), integer(day.ChiefVisits))
		m.measure(ClauseVisitsDaily, roleMember, w, integer(rule.Member), integer(day.MemberVisits))
	}
	return verdict{}
}
