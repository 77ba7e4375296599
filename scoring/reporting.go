package scoring

import (
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Reported returns the day's valid reports of all categories.
func (d *Day) Reported() int {
	total := 0
	for _, n := range d.Reports {
		total += n
	}
	return total
}

// reportingTotal is 二(四): valid reports in the month. It is shown and
// reminded, and costs nothing.
func (m *gridMonth) reportingTotal(today calendar.Date) verdict {
	required := integer(m.rules.clauses.ReportingTotal.Month)
	m.measure(ClauseReportingTotal, "", m.month(today), required, integer(m.count(today, (*Day).Reported)))
	return verdict{}
}

// reportingCategory is 二(四): valid reports in the month by category. It is
// shown and reminded, and costs nothing.
func (m *gridMonth) reportingCategory(today calendar.Date) verdict {
	required := m.rules.clauses.ReportingCategory.inOrder()
	for i, category := range Categories {
		done := m.count(today, func(d *Day) int { return d.Reports[category] })
		m.measure(ClauseReportingCategory, string(category), m.month(today), integer(required[i]), integer(done))
	}
	return verdict{}
}

// reportingDaily is 二(四): valid reports a duty day; each one missing costs.
func (m *gridMonth) reportingDaily(today calendar.Date) verdict {
	rule := &m.rules.clauses.ReportingDaily
	required := int(rule.Day)
	var short gaps
	for w := range m.dutyDays(today) {
		done := m.day(w.first).Reported()
		if !m.measure(ClauseReportingDaily, "", w, integer(required), integer(done)).Met {
			short = append(short, gap{w, required - done, counted(onDay(w.first)+"报送", done, required, "条")})
		}
	}
	return short.each(rule.Points)
}

// notProactive is 二(四): 不主动报送, found by the centre.
func (m *gridMonth) notProactive(calendar.Date) verdict {
	n := m.facts.Findings.NotProactive
	return found(m.rules.clauses.NotProactive.Points, n, "不主动报送 %d 次")
}

// emergency is 二(四): emergencies reported late, hidden or missed.
func (m *gridMonth) emergency(calendar.Date) verdict {
	n := m.facts.Findings.Emergency
	return found(m.rules.clauses.Emergency.Points, n, "应急信息迟报、瞒报、漏报 %d 起")
}

// emergencySerious is 二(四): the same with serious consequences, counted apart.
func (m *gridMonth) emergencySerious(calendar.Date) verdict {
	n := m.facts.Findings.EmergencySerious
	return found(m.rules.clauses.EmergencySerious.Points, n, "应急信息造成严重后果 %d 起")
}

// falsified is 二(四): 弄虚作假, the one deduction without a bound.
func (m *gridMonth) falsified(calendar.Date) verdict {
	n := m.facts.Findings.Falsified
	v := found(m.rules.clauses.Falsified.Points, n, "弄虚作假 %d 起")
	v.unbounded = true
	return v
}

// shirking is 二(四): 相互推诿, charged for every second case.
func (m *gridMonth) shirking(calendar.Date) verdict {
	rule, n := &m.rules.clauses.Shirking, m.facts.Findings.Shirking
	v := found(rule.Points, n, "相互推诿 %d 次")
	v.incurred.points = times(rule.Points, n/int(rule.Every))
	return v
}
