package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// distance is 二(二): kilometres a duty day and kilometres a week. The policy
// distance_scope says how often falling short is charged.
func (m *gridMonth) distance(today calendar.Date) verdict {
	short := append(m.shortDays(today), m.shortWeeks(today)...)
	points := m.rules.clauses.Distance.Points
	switch m.rules.Policies.DistanceScope {
	case ScopeDay:
		return short.each(points)
	case ScopeWeek:
		return short.onceAWeek(points)
	default:
		return short.once(points)
	}
}

// shortDays are duty days of the month only, also those whose week belongs to
// the next month.
func (m *gridMonth) shortDays(today calendar.Date) (short gaps) {
	required := m.rules.clauses.Distance.DayKm.Decimal
	for w := range m.dutyDays(today) {
		s := m.measure(ClauseDistance, "", w, required, m.day(w.first).Km)
		if !s.Met {
			short = append(short, gap{w, 1, onDay(w.first) + " " + s.Actual.String() + " 公里"})
		}
	}
	return short
}

// shortWeeks sums all days of a week, also those of the month before.
func (m *gridMonth) shortWeeks(today calendar.Date) (short gaps) {
	for _, w := range m.weeks(today) {
		required := m.weekly(w, m.rules.clauses.Distance.WeekKm)
		km := m.sum(w, today, func(d *Day) decimal.Decimal { return d.Km })
		s := m.measure(ClauseDistance, "", w.window, required, km)
		if !s.Met {
			short = append(short, gap{w.window, 1, inWeek(w.first) + " " + km.String() + " 公里"})
		}
	}
	return short
}
