package scoring

import (
	"fmt"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// archive is 二(二): every controlled person has an archive.
func (m *gridMonth) archive(today calendar.Date) verdict {
	return m.controlled(ClauseArchive, today, m.facts.Control.WithoutArchive, "未建档", m.rules.clauses.Archive.Points)
}

// controlRecord is 二(二): every controlled person has a control record, with a
// photo, this month.
func (m *gridMonth) controlRecord(today calendar.Date) verdict {
	return m.controlled(ClauseControlRecord, today, m.facts.Control.WithoutRecord, "本月无管控记录", m.rules.clauses.ControlRecord.Points)
}

// controlled charges each controlled person without something that everyone
// under control must have by the month's end.
func (m *gridMonth) controlled(c Clause, today calendar.Date, without int, what string, points Figure) verdict {
	persons := max(m.facts.Control.Persons, without)
	if persons == 0 {
		return verdict{}
	}
	month := m.month(today)
	if m.measure(c, "", month, integer(persons), integer(persons-without)).Met {
		return verdict{}
	}
	return gaps{{month, without, fmt.Sprintf("%s %d 人", what, without)}}.each(points)
}

// unlisted is 二(二): persons who should be under control and are not on the
// grid's list, found by the centre.
func (m *gridMonth) unlisted(calendar.Date) verdict {
	n := m.facts.Control.Unlisted
	return found(m.rules.clauses.Unlisted.Points, n, "应管控未列入 %d 人")
}

// lostControl is 二(二): 脱管、漏管, found by the centre.
func (m *gridMonth) lostControl(calendar.Date) verdict {
	n := m.facts.Findings.LostControl
	return found(m.rules.clauses.LostControl.Points, n, "脱管漏管 %d 次")
}
