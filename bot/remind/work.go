package remind

import (
	"cmp"
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// task is something due in every day, week or month.
type task struct {
	clause  scoring.Clause
	sheet   sheet.Name // whose records say how much is done
	name    string
	unit    string
	span    calendar.Span
	ofRoles bool // the Measure asks it of the roles alone, not of the grid
}

// isCounted reports whether it is done in whole ones: visits, not kilometres.
func (t task) isCounted() bool { return t.unit != "公里" && t.unit != "小时" }

// tasks are the three things due on every duty day.
var tasks = []task{
	{scoring.ClauseVisitsDaily, sheet.Visits, "走访", "条", calendar.SpanDay, false},
	{scoring.ClauseDistance, sheet.Patrols, "公里", "公里", calendar.SpanDay, false},
	{scoring.ClauseReportingDaily, sheet.Items, "上报", "条", calendar.SpanDay, false},
}

// gridWork is how a grid stands, by the standards its score is made of.
type gridWork struct {
	store.Grid
	result *scoring.Result
	duties []duty // in the order of their tasks
}

// duty is the running standard of one task.
type duty struct {
	task
	scoring.Standard                    // of the grid
	roles            []scoring.Standard // of each role, where the Measure asks it of each
	cost             decimal.Decimal    // points at risk; 0: it costs nothing, or nothing more
}

func (d duty) short() bool {
	return !d.Met || slices.ContainsFunc(d.roles, func(s scoring.Standard) bool { return !s.Met })
}

// dutiesOf picks the standards of some tasks that run on a day out of a result.
// What is asked of the roles alone is that of the role given, "" for nobody's.
func dutiesOf(r *scoring.Result, tasks []task, day calendar.Date, role store.Role) []duty {
	var duties []duty
	for _, task := range tasks {
		d, asked := duty{task: task, cost: costNow(r, task.clause)}, false
		for _, s := range running(r, task, day) {
			switch {
			case s.Subject == "" || task.ofRoles && s.Subject == string(role):
				d.Standard, asked = s, true
			case !task.ofRoles:
				d.roles = append(d.roles, s)
			}
		}
		if asked {
			duties = append(duties, d)
		}
	}
	return duties
}

// running are a task's standards whose window holds a day and is open.
func running(r *scoring.Result, t task, day calendar.Date) []scoring.Standard {
	window := day.String()
	switch t.span {
	case calendar.SpanWeek:
		window = day.Monday().String()
	case calendar.SpanMonth:
		window = day.Month().String()
	}
	var those []scoring.Standard
	for _, s := range r.Standards {
		if s.Clause == t.clause && s.Open && s.Span == t.span && s.Window == window {
			those = append(those, s)
		}
	}
	return those
}

// costNow is what is at risk of a clause today. Kilometres are charged by the
// day and by the week, and both may be at risk: one case is meant. Of the others
// only one window is at risk at a time: all cases are its.
func costNow(r *scoring.Result, c scoring.Clause) decimal.Decimal {
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

func (g gridWork) short() bool { return slices.ContainsFunc(g.duties, duty.short) }

// missing is how much of the work is not done: the share of each task, added up.
func (g gridWork) missing() decimal.Decimal {
	share := decimal.Zero
	for _, d := range g.duties {
		if d.Required.IsPositive() {
			share = share.Add(d.Missing().DivRound(d.Required, 4))
		}
	}
	return share
}

// shortOnes picks the grids that are short of something, worst first.
func shortOnes(grids []gridWork) []gridWork {
	short := slices.DeleteFunc(slices.Clone(grids), func(g gridWork) bool { return !g.short() })
	slices.SortFunc(short, func(a, b gridWork) int {
		return cmp.Or(b.missing().Cmp(a.missing()), cmp.Compare(a.ID, b.ID))
	})
	return short
}

// street is how the grids stand that are on duty today, as far as the data can
// say.
type street struct {
	*scene
	reach reach
	known []task     // of today's, those whose data of today have come
	work  []gridWork // with today's duties of the known tasks
}

func (s *scene) street(ctx context.Context) (*street, error) {
	results, err := s.results(ctx, s.day.Month())
	if err != nil {
		return nil, err
	}
	sheets, err := s.Records.Reach(ctx, s.now)
	if err != nil {
		return nil, err
	}
	street := &street{scene: s, reach: reach{s.day, sheets}}
	for _, t := range tasks {
		if street.reach.hasToday(t.sheet) {
			street.known = append(street.known, t)
		}
	}
	for _, g := range s.grids {
		if r := results[g.ID]; r != nil {
			street.work = append(street.work, gridWork{g, r, dutiesOf(r, street.known, s.day, "")})
		}
	}
	return street, nil
}

// of is how the grids stand in other tasks, those of a role where the Measure
// asks them of the roles.
func (s *street) of(tasks []task, role store.Role) []gridWork {
	work := slices.Clone(s.work)
	for i, g := range work {
		work[i].duties = dutiesOf(g.result, tasks, s.day, role)
	}
	return work
}

// in picks the grids of a community, or all of them ("").
func in(work []gridWork, community string) []gridWork {
	if community == "" {
		return work
	}
	var there []gridWork
	for _, g := range work {
		if g.Community == community {
			there = append(there, g)
		}
	}
	return there
}

// eachWorker calls tell with everybody who works in some of the grids, and these
// in their order.
func (s *street) eachWorker(work func(role store.Role) []gridWork, tell func(who store.Person, work []gridWork)) {
	byRole := map[store.Role][]gridWork{store.Chief: work(store.Chief), store.Member: work(store.Member)}
	places := map[store.Role]map[string]int{}
	for role, grids := range byRole {
		places[role] = make(map[string]int, len(grids))
		for i, g := range grids {
			places[role][g.ID] = i
		}
	}
	for _, who := range s.people {
		var mine []int
		for _, id := range who.Grids {
			if i, ok := places[who.Role][id]; ok {
				mine = append(mine, i)
			}
		}
		if len(mine) == 0 {
			continue
		}
		slices.Sort(mine)
		theirs := make([]gridWork, len(mine))
		for i, place := range mine {
			theirs[i] = byRole[who.Role][place]
		}
		tell(who, theirs)
	}
}
