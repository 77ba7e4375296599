package remind

import (
	"context"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// evening lists the reminders of what is still missing today: to every bound
// group, and to those who work in a grid that is short.
func (p *Planner) evening(ctx context.Context, day calendar.Date, now time.Time) ([]Reminder, error) {
	street, err := p.streetToday(ctx, day, now)
	if err != nil {
		return nil, err
	}
	groups, err := p.Records.Groups(ctx)
	if err != nil {
		return nil, err
	}
	people, err := p.Records.People(ctx)
	if err != nil {
		return nil, err
	}
	var reminders []Reminder
	for _, g := range groups {
		reminders = append(reminders, toGroup(Evening, day, g, street.groupCards(g.Community))...)
	}
	for _, who := range people {
		if short := street.shortOf(who); len(short) > 0 {
			reminders = append(reminders, toPerson(Evening, day, who, street.personCard(short)))
		}
	}
	return reminders, nil
}

// streetToday is how the grids stand that are on duty today, as far as the data
// can say.
type streetToday struct {
	day   calendar.Date
	reach reach
	known []task // those whose data of today have come
	grids []gridToday
}

func (p *Planner) streetToday(ctx context.Context, day calendar.Date, now time.Time) (*streetToday, error) {
	grids, err := p.Records.Grids(ctx)
	if err != nil {
		return nil, err
	}
	results, err := p.Results.All(ctx, day.Month(), now)
	if err != nil {
		return nil, err
	}
	sheets, err := p.Records.Reach(ctx, now)
	if err != nil {
		return nil, err
	}
	s := &streetToday{day: day, reach: reach{day, sheets}}
	for _, t := range tasks {
		if s.reach.hasToday(t.sheet) {
			s.known = append(s.known, t)
		}
	}
	s.settle(grids, results)
	return s, nil
}

// settle enters the grids on duty: those of which the Measure asks something
// today. Where it asks nothing of anybody for want of data, that may be all.
func (s *streetToday) settle(grids []store.Grid, results []*scoring.Result) {
	of := make(map[string]*scoring.Result, len(results))
	anybody := false
	for _, r := range results {
		of[r.GridID] = r
		anybody = anybody || len(dutiesOf(r, tasks, s.day)) > 0
	}
	cannotTell := !anybody && len(s.known) == 0
	for _, g := range grids {
		r := of[g.ID]
		if r != nil && (cannotTell || len(dutiesOf(r, tasks, s.day)) > 0) {
			s.grids = append(s.grids, gridToday{g, dutiesOf(r, s.known, s.day)})
		}
	}
}

// in returns the grids of a community, or all of them ("").
func (s *streetToday) in(community string) []gridToday {
	return slices.DeleteFunc(slices.Clone(s.grids), func(g gridToday) bool {
		return community != "" && g.Community != community
	})
}

// shortOf returns the grids that somebody on duty works in and that are short.
func (s *streetToday) shortOf(who store.Person) []gridToday {
	if !who.OnDuty || who.Role != store.Chief && who.Role != store.Member {
		return nil
	}
	return slices.DeleteFunc(shortOnes(s.grids), func(g gridToday) bool { return !slices.Contains(who.Grids, g.ID) })
}
