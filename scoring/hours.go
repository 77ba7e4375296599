package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// The roles whose figures are told apart.
const (
	roleChief  = "网格长"
	roleMember = "网格员"
)

// hours is 二(二): hours in the grid, the members' a day and a week, the
// chief's a week. It has a penalty only by the policy hours_points, and then
// for past days and ended weeks alone.
func (m *gridMonth) hours(today calendar.Date) verdict {
	short := append(m.shortHoursOfDays(today), m.shortHoursOfWeeks(today)...)
	return short.onceDecided(m.rules.Policies.HoursPoints)
}

func (m *gridMonth) shortHoursOfDays(today calendar.Date) (short gaps) {
	required := m.rules.clauses.Hours.MemberDay.Decimal
	for w := range m.dutyDays(today) {
		s := m.measure(ClauseHours, roleMember, w, required, m.day(w.first).MemberHours)
		if !s.Met {
			short = append(short, gap{w, 1, onDay(w.first) + " " + roleMember + " " + s.Actual.String() + " 小时"})
		}
	}
	return short
}

func (m *gridMonth) shortHoursOfWeeks(today calendar.Date) (short gaps) {
	rule := &m.rules.clauses.Hours
	roles := []struct {
		name     string
		required Figure
		hours    func(*Day) decimal.Decimal
	}{
		{roleChief, rule.ChiefWeek, func(d *Day) decimal.Decimal { return d.ChiefHours }},
		{roleMember, rule.MemberWeek, func(d *Day) decimal.Decimal { return d.MemberHours }},
	}
	for _, w := range m.weeks(today) {
		for _, role := range roles {
			required := m.weekly(w, role.required)
			s := m.measure(ClauseHours, role.name, w.window, required, m.sum(w, today, role.hours))
			if !s.Met {
				short = append(short, gap{w.window, 1, inWeek(w.first) + " " + role.name + " " + s.Actual.String() + " 小时"})
			}
		}
	}
	return short
}
