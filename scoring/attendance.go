package scoring

import (
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// absent is 二(一): meetings and trainings missed without an accepted reason.
func (m *gridMonth) absent(calendar.Date) verdict {
	n := m.facts.Meetings.Absent
	return found(m.rules.clauses.Absent.Points, n, "无故缺席 %d 次")
}

// late is 二(一): late arrivals at meetings and trainings.
func (m *gridMonth) late(calendar.Date) verdict {
	n := m.facts.Meetings.Late
	return found(m.rules.clauses.Late.Points, n, "迟到 %d 次")
}
