package remind

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// scene is what the reminders of one occurrence are made of: where nobody is to
// be reminded, there is no grid and no person.
type scene struct {
	*Planner
	occurrence
	now    time.Time
	grids  []store.Grid   // but those that are exempt or silenced
	people []store.Person // on duty, of the occurrence's scope, whom its rule tells, who have not muted the kind
	groups []store.Group  // of the occurrence's scope
}

func (p *Planner) scene(ctx context.Context, o occurrence, now time.Time) (*scene, error) {
	s := &scene{Planner: p, occurrence: o, now: now}
	grids, err := p.Records.Grids(ctx)
	if err != nil {
		return nil, err
	}
	community := make(map[string]string, len(grids))
	for _, g := range grids {
		community[g.ID] = g.Community
	}
	if err := s.addGrids(ctx, grids); err != nil {
		return nil, err
	}
	if err := s.addGroups(ctx); err != nil {
		return nil, err
	}
	return s, s.addPeople(ctx, community)
}

func (s *scene) addGrids(ctx context.Context, grids []store.Grid) error {
	left, err := s.Records.ExemptGrids(ctx, s.day)
	if err != nil {
		return err
	}
	silences, err := s.Records.Silences(ctx, s.day)
	for _, one := range silences {
		left[one.GridID] = true
	}
	s.grids = slices.DeleteFunc(grids, func(g store.Grid) bool { return left[g.ID] })
	return err
}

func (s *scene) addGroups(ctx context.Context) error {
	if !s.rule.tells(Groups) {
		return nil
	}
	groups, err := s.Records.Groups(ctx)
	s.groups = slices.DeleteFunc(groups, func(g store.Group) bool { return !s.scope.has(g.Community) })
	return err
}

func (s *scene) addPeople(ctx context.Context, community map[string]string) error {
	people, err := s.Records.People(ctx)
	if err != nil {
		return err
	}
	muted, err := s.Records.Muted(ctx, string(s.kind), s.day)
	s.people = slices.DeleteFunc(people, func(p store.Person) bool {
		return !p.OnDuty || muted[p.Mobile] || !s.rule.tells(Audience(p.Role)) || !s.scope.has(home(p, community))
	})
	return err
}

// home is the community whose times hold for a person, "" for the street's own.
func home(p store.Person, community map[string]string) string {
	switch {
	case len(p.Grids) > 0:
		return community[p.Grids[0]]
	case len(p.Communities) > 0:
		return p.Communities[0]
	}
	return ""
}

// works reports whether somebody does the daily work of a grid.
func works(p store.Person) bool { return p.Role == store.Chief || p.Role == store.Member }

// results are the results of a month by grid. A month that has not begun is
// looked at as on its first day.
func (s *scene) results(ctx context.Context, month calendar.Month) (map[string]*scoring.Result, error) {
	at := s.now
	if first := month.First().Start(); at.Before(first) {
		at = first
	}
	all, err := s.Results.All(ctx, month, at)
	if err != nil {
		return nil, err
	}
	byGrid := make(map[string]*scoring.Result, len(all))
	for _, r := range all {
		byGrid[r.GridID] = r
	}
	return byGrid, nil
}

// before are the results of last month, none where its year's workdays are not
// known.
func (s *scene) before(ctx context.Context) (map[string]*scoring.Result, error) {
	results, err := s.results(ctx, s.day.Month()-1)
	if unknown := (*calendar.NoDataError)(nil); errors.As(err, &unknown) {
		return nil, nil
	}
	return results, err
}
