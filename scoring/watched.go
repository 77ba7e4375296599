package scoring

import "github.com/nanxiashu/gridbot/scoring/calendar"

// The three visiting standards of 二(二) share one penalty of 未达标; the policy
// visit_standards says which of them carry it.

// keyPersons is 二(二): every key person once a week.
func (m *gridMonth) keyPersons(today calendar.Date) verdict {
	var short gaps
	for _, w := range m.weeks(today) {
		persons := m.keyWeek(w.first)
		if persons.Due == 0 {
			continue
		}
		if !m.measure(ClauseKeyPersons, "", w.window, integer(persons.Due), integer(persons.Visited)).Met {
			evidence := counted(inWeek(w.first)+"走访", persons.Visited, persons.Due, "人")
			short = append(short, gap{w.window, 1, evidence})
		}
	}
	return m.visitPenalty(StandardKeyPersons, short, m.rules.clauses.KeyPersons.Points)
}

// keyWeek returns the week of the given Monday; one that is absent has nobody due.
func (m *gridMonth) keyWeek(monday calendar.Date) KeyWeek {
	for _, w := range m.facts.KeyPersons {
		if w.Week == monday {
			return w
		}
	}
	return KeyWeek{Week: monday}
}

// specialPersons is 二(二): special and care persons once a month.
func (m *gridMonth) specialPersons(today calendar.Date) verdict {
	persons := m.facts.SpecialPersons
	if persons.Due == 0 {
		return verdict{}
	}
	month := m.month(today)
	if m.measure(ClauseSpecialPersons, "", month, integer(persons.Due), integer(persons.Visited)).Met {
		return verdict{}
	}
	evidence := counted("走访", persons.Visited, persons.Due, "人")
	short := gaps{{month, persons.Due - persons.Visited, evidence}}
	return m.visitPenalty(StandardSpecialPersons, short, m.rules.clauses.SpecialPersons.Points)
}

// hazardSites is 二(二): every site once a day. Hazards do not rest: it is all
// days but the exempt ones.
func (m *gridMonth) hazardSites(today calendar.Date) verdict {
	var short gaps
	for d := m.first; d <= min(today, m.last); d++ {
		day := m.day(d)
		if day.HazardSitesDue == 0 || m.exempt[d-m.monday] {
			continue
		}
		w := m.dayWindow(d, d == today)
		if !m.measure(ClauseHazardSites, "", w, integer(day.HazardSitesDue), integer(day.HazardSitesVisited)).Met {
			evidence := counted(onDay(d)+"巡查", day.HazardSitesVisited, day.HazardSitesDue, "处")
			short = append(short, gap{w, 1, evidence})
		}
	}
	return m.visitPenalty(StandardHazardSites, short, m.rules.clauses.HazardSites.Points)
}

func (m *gridMonth) visitPenalty(s VisitStandard, short gaps, points Figure) verdict {
	if !m.charges(s) {
		return verdict{}
	}
	return short.once(points)
}
