package bot

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// patience bounds the computation of a whole street, whoever waits for it.
const patience = 30 * time.Second

// Scores gives results: facts from the records, judged by the rulebook, and kept
// in this process and, for others, in the cache. Nothing depends on what is still
// kept.
type Scores struct {
	records  Records
	cache    Cache
	rules    *scoring.Rulebook
	rulebook string // its version
	flight   singleflight.Group

	books   *kept[*book]      // by month
	results *kept[pageResult] // by month and grid
}

const (
	keptMonths  = 24
	keptResults = 500 // of some 20 KiB
)

func newScores(records Records, cache Cache, rules *scoring.Rulebook) *Scores {
	return &Scores{
		records: records, cache: cache, rules: rules, rulebook: rules.Version(),
		books: newKept[*book](keptMonths), results: newKept[pageResult](keptResults),
	}
}

// View is the scores as they are at a moment, of one state of the records or of a
// newer one: what one question is answered from.
type View struct {
	scores  *Scores
	version store.Version
	now     time.Time
}

// View looks at the records as they are.
func (s *Scores) View(ctx context.Context, now time.Time) (View, error) {
	version, err := s.records.Version(ctx)
	return View{s, version, now}, err
}

// All returns the results of all grids in a month as they are at now, ordered by
// grid id. It is an error to ask for a month that has not begun.
func (s *Scores) All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error) {
	v, err := s.View(ctx, now)
	if err != nil {
		return nil, err
	}
	street, err := v.wholeStreet(ctx, month, true)
	if err != nil {
		return nil, err
	}
	return street.results, nil
}

// Standings returns how all grids stand in a month. They are shared: nobody may
// change them.
func (v View) Standings(ctx context.Context, month calendar.Month) (*Standings, error) {
	b, err := v.book(ctx, month)
	if err != nil {
		return nil, err
	}
	return b.standings, nil
}

// Of returns the result of one grid in a month, or [store.ErrNotFound]. It is
// shared: nobody may change it.
func (v View) Of(ctx context.Context, grid string, month calendar.Month) (*scoring.Result, error) {
	b, err := v.book(ctx, month)
	if err != nil {
		return nil, err
	}
	p, ok := b.pages[grid]
	if !ok {
		return nil, fmt.Errorf("bot: score of %s in %s: %w", grid, month, store.ErrNotFound)
	}
	slot := month.String() + ":" + grid
	if kept, ok := v.scores.results.get(slot); ok && kept.of == p {
		return kept.Result, nil
	}
	result, err := v.turnTo(ctx, b, p, grid, month)
	if err == nil {
		v.scores.results.put(slot, pageResult{p, result})
	}
	return result, err
}

// pageResult is the result of what a page says.
type pageResult struct {
	of *page
	*scoring.Result
}

// turnTo reads one page of a book.
func (v View) turnTo(ctx context.Context, b *book, p *page, grid string, month calendar.Month) (*scoring.Result, error) {
	if p.facts != nil {
		facts, err := scoring.ParseFacts(p.facts)
		if err != nil {
			return nil, fmt.Errorf("bot: facts of %s in %s: %w", grid, month, err)
		}
		return v.scores.judge(facts)
	}
	facts, err := v.scores.records.GridFacts(ctx, grid, month, v.now)
	if err != nil {
		return nil, err
	}
	withhold([]*scoring.Facts{facts}, b.standings.Unrecorded)
	return v.scores.judge(facts)
}

func (s *Scores) judge(facts *scoring.Facts) (*scoring.Result, error) {
	result, err := scoring.Evaluate(s.rules, facts)
	if err != nil {
		return nil, fmt.Errorf("bot: score of %s in %s: %w", facts.GridID, facts.Month, err)
	}
	return result, nil
}

// keep is how long what was computed for the month is worth keeping: records
// change all day, and what nobody asks for any more should not pile up.
func keep(month calendar.Month, now time.Time) time.Duration {
	if isOver(month, now) {
		return time.Hour
	}
	return time.Minute
}

func isOver(month calendar.Month, now time.Time) bool { return calendar.MonthOf(now) > month }
