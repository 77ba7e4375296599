package store

import (
	"context"
	"maps"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// gridMonth is a month of one grid as it is at a moment.
type gridMonth struct {
	grid  string
	month calendar.Month
	at    time.Time
}

// GridFacts returns the facts of one grid's month as they are at a moment, or
// [ErrNotFound]. Those asked for at the same time are collected in one pass, which
// costs little more than one of them: so the moment may be the latest of its minute.
func (s *Store) GridFacts(ctx context.Context, grid string, month calendar.Month, at time.Time) (*scoring.Facts, error) {
	found, err := s.rounds.facts.ask(ctx, gridMonth{grid, month, at})
	switch {
	case err == nil && found.err != nil:
		return nil, found.err
	case err == nil && found.facts == nil:
		err = ErrNotFound
	}
	return found.facts, failed("facts of a grid in "+month.String(), err)
}

// gridFacts is what came of a grid's month; another month may have failed alone.
type gridFacts struct {
	facts *scoring.Facts // nil = no such grid
	err   error
}

// factsOfGrids makes a pass for each month and minute.
func (s *Store) factsOfGrids(ctx context.Context, wanted []gridMonth) ([]gridFacts, error) {
	type pass struct {
		month  calendar.Month
		minute int64
	}
	passes := map[pass]*FactsQuery{}
	passOf := func(w gridMonth) pass { return pass{w.month, w.at.Unix() / 60} }
	for _, w := range wanted {
		q := passes[passOf(w)]
		if q == nil {
			q = &FactsQuery{Month: w.month, At: w.at}
			passes[passOf(w)] = q
		}
		q.Grids = append(q.Grids, w.grid)
		if w.at.After(q.At) {
			q.At = w.at
		}
	}
	collected := map[pass]map[string]*scoring.Facts{}
	failures := map[pass]error{}
	for p, q := range passes {
		facts, err := s.Facts(ctx, *q)
		collected[p], failures[p] = map[string]*scoring.Facts{}, err
		for _, f := range facts {
			collected[p][f.GridID] = f
		}
	}
	answers := make([]gridFacts, len(wanted))
	for i, w := range wanted {
		answers[i].err = failures[passOf(w)]
		if f := collected[passOf(w)][w.grid]; f != nil {
			own := *f // two may have asked for the same
			own.Through = maps.Clone(f.Through)
			answers[i].facts = &own
		}
	}
	return answers, nil
}
