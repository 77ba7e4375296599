package scoring

import "github.com/nanxiashu/gridbot/scoring/calendar"

// roster is 二(二): a duty roster for every special period (特定时间节点).
func (m *gridMonth) roster(today calendar.Date) verdict {
	return m.prepared(ClauseRoster, today, m.rules.clauses.Roster.Points, "未建立值班表",
		func(p *SpecialPeriod) bool { return p.Roster })
}

// plan is 二(二): a control plan for every special period.
func (m *gridMonth) plan(today calendar.Date) verdict {
	return m.prepared(ClausePlan, today, m.rules.clauses.Plan.Points, "未制定稳控方案",
		func(p *SpecialPeriod) bool { return p.Plan })
}

// responsible is 二(二): a named responsible person for every special period.
func (m *gridMonth) responsible(today calendar.Date) verdict {
	return m.prepared(ClauseResponsible, today, m.rules.clauses.Responsible.Points, "未指定稳控责任人",
		func(p *SpecialPeriod) bool { return p.Responsible })
}

// prepared charges each special period of the month that lacks something. It
// must be there before the period's first day, which is the standard's window.
func (m *gridMonth) prepared(c Clause, today calendar.Date, points Figure, lacking string, has func(*SpecialPeriod) bool) verdict {
	var short gaps
	for i := range m.facts.SpecialPeriods {
		p := &m.facts.SpecialPeriods[i]
		if p.Start < m.first || p.Start > m.last || p.StabilityPersons == 0 {
			continue
		}
		done := 0
		if has(p) {
			done = 1
		}
		w := m.dayWindow(p.Start, today < p.Start)
		if !m.measure(c, p.Name, w, integer(1), integer(done)).Met {
			short = append(short, gap{w, 1, onDay(p.Start) + p.Name + lacking})
		}
	}
	return short.each(points)
}
