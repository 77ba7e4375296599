package remind

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// task is one of the three things due on every duty day.
type task struct {
	clause scoring.Clause
	sheet  sheet.Name // whose records say how much is done
	name   string
	unit   string
}

var tasks = []task{
	{scoring.ClauseVisitsDaily, sheet.Visits, "走访", "条"},
	{scoring.ClauseDistance, sheet.Patrols, "公里", "公里"},
	{scoring.ClauseReportingDaily, sheet.Items, "上报", "条"},
}

// gridToday is how a grid stands today, by the standards its score is made of.
type gridToday struct {
	store.Grid
	duties []duty // of the tasks whose data have come, in order
}

// duty is today's standard of one task.
type duty struct {
	task
	scoring.Standard                    // of the grid
	roles            []scoring.Standard // of each role, where the Measure asks it of each
	cost             decimal.Decimal    // points at risk today; 0: it costs nothing, or nothing more
}

func (d duty) short() bool {
	return !d.Met || slices.ContainsFunc(d.roles, func(s scoring.Standard) bool { return !s.Met })
}

// dutiesOf picks today's standards of some tasks out of a result. A grid that is
// exempt today has none.
func dutiesOf(r *scoring.Result, tasks []task, today calendar.Date) []duty {
	var duties []duty
	for _, task := range tasks {
		d, asked := duty{task: task, cost: costToday(r, task.clause)}, false
		for _, s := range standardsToday(r, task.clause, today) {
			if s.Subject != "" {
				d.roles = append(d.roles, s)
			} else {
				d.Standard, asked = s, true
			}
		}
		if asked {
			duties = append(duties, d)
		}
	}
	return duties
}

// standardsToday are a clause's standards whose window is today and open.
func standardsToday(r *scoring.Result, c scoring.Clause, today calendar.Date) []scoring.Standard {
	var those []scoring.Standard
	for _, s := range r.Standards {
		if s.Clause == c && s.Open && s.Span == calendar.SpanDay && s.Window == today.String() {
			those = append(those, s)
		}
	}
	return those
}

// costToday is what today puts at risk of a clause. Kilometres are charged by
// the day, and the week may be at risk beside it: one case is today's. Of the
// reports only today's can be at risk: all cases are today's.
func costToday(r *scoring.Result, c scoring.Clause) decimal.Decimal {
	for _, d := range r.Deductions {
		switch {
		case d.Clause != c || d.State != scoring.AtRisk:
		case c == scoring.ClauseDistance:
			return d.Unit
		default:
			return d.Points.Decimal
		}
	}
	return decimal.Zero
}

func (g gridToday) short() bool { return slices.ContainsFunc(g.duties, duty.short) }

// missing is how much of the day's work is not done: the share of each task, added up.
func (g gridToday) missing() decimal.Decimal {
	share := decimal.Zero
	for _, d := range g.duties {
		if d.Required.IsPositive() {
			share = share.Add(d.Missing().DivRound(d.Required, 4))
		}
	}
	return share
}

// shortOnes picks the grids that are short of something, worst first.
func shortOnes(grids []gridToday) []gridToday {
	short := slices.DeleteFunc(slices.Clone(grids), func(g gridToday) bool { return !g.short() })
	slices.SortFunc(short, func(a, b gridToday) int {
		return cmp.Or(b.missing().Cmp(a.missing()), cmp.Compare(a.ID, b.ID))
	})
	return short
}
