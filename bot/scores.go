package bot

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
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
	versions *versions
	flight   singleflight.Group

	standings *kept[standingsAt]     // by month
	results   *kept[*scoring.Result] // by month and grid
}

const (
	keptMonths  = 24
	keptResults = 2000 // of some 20 KiB
)

func newScores(records Records, cache Cache, rules *scoring.Rulebook) *Scores {
	return &Scores{
		records: records, cache: cache, rules: rules, rulebook: rules.Version(), versions: newVersions(records),
		standings: newKept[standingsAt](keptMonths), results: newKept[*scoring.Result](keptResults),
	}
}

// All returns the results of all grids in a month as they are at now, ordered by
// grid id. They are shared: nobody may change them. It is an error to ask for a
// month that has not begun.
func (s *Scores) All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error) {
	version, err := s.versions.of(ctx, portion{month: month})
	if err != nil {
		return nil, err
	}
	street, err := s.wholeStreet(ctx, version, month, now)
	if err != nil {
		return nil, err
	}
	return street.results, nil
}

// keyOf names what is known of a month at now: the records as they are, the
// rulebook, the month, and the moment. Records that come in raise the version, so
// the moment matters only for deadlines that pass, and they are looked at once a
// minute. Of a closed month nothing passes but days, by which late data are told.
func (s *Scores) keyOf(version int64, month calendar.Month, now time.Time) string {
	moment := calendar.DateOf(now).String()
	if calendar.MonthOf(now) <= month {
		moment = now.In(calendar.Shanghai).Format("2006-01-02T15:04")
	}
	return fmt.Sprintf("%d:%s:%s:%s", version, s.rulebook, month, moment)
}

// keep is how long what was computed for the month is worth keeping: records
// change all day, and what nobody asks for any more should not pile up.
func keep(month calendar.Month, now time.Time) time.Duration {
	if calendar.MonthOf(now) > month {
		return time.Hour
	}
	return time.Minute
}

// streetMonth is a month of all grids.
type streetMonth struct {
	results  []*scoring.Result
	standing *Standings
}

// wholeStreet computes a month of all grids, once for all who wait for it.
func (s *Scores) wholeStreet(ctx context.Context, version int64, month calendar.Month, now time.Time) (*streetMonth, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case computed := <-s.begin(ctx, version, month, now):
		if computed.Err != nil {
			return nil, computed.Err
		}
		return computed.Val.(*streetMonth), nil
	}
}

// begin begins to compute a month of all grids, if nobody has begun, and keeps how
// the grids stand. The results themselves are too many to carry.
func (s *Scores) begin(ctx context.Context, version int64, month calendar.Month, now time.Time) <-chan singleflight.Result {
	key := s.keyOf(version, month, now)
	return s.flight.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		began := time.Now()
		street, err := s.compute(ctx, month, now)
		if err == nil {
			s.standings.put(month.String(), key, standingsAt{street.standing, version, now, time.Since(began)})
			s.shareStandings(ctx, key, street.standing, keep(month, now))
		}
		return street, err
	})
}

func (s *Scores) compute(ctx context.Context, month calendar.Month, now time.Time) (*streetMonth, error) {
	facts, err := s.records.Facts(ctx, store.FactsQuery{Month: month, At: now})
	if err != nil {
		return nil, err
	}
	street := &streetMonth{standing: &Standings{Unrecorded: unrecorded(facts)}}
	withhold(facts, street.standing.Unrecorded)
	for _, f := range facts {
		result, err := s.judge(f)
		if err != nil {
			return nil, err
		}
		street.results = append(street.results, result)
		street.standing.add(result)
	}
	return street, nil
}

func (s *Scores) judge(facts *scoring.Facts) (*scoring.Result, error) {
	result, err := scoring.Evaluate(s.rules, facts)
	if err != nil {
		return nil, fmt.Errorf("bot: score of %s in %s: %w", facts.GridID, facts.Month, err)
	}
	return result, nil
}

// Standings returns how all grids stand in a month at now. They are shared: nobody
// may change them. Records that have come in are always in them. Where a street is
// so large that computing it takes long, it is not waited for because of a minute
// that has passed: deadlines of the last minutes may be missing.
func (s *Scores) Standings(ctx context.Context, month calendar.Month, now time.Time) (*Standings, error) {
	version, err := s.versions.of(ctx, portion{month: month})
	if err != nil {
		return nil, err
	}
	slot, key := month.String(), s.keyOf(version, month, now)
	last, ok := s.standings.last(slot)
	switch {
	case ok && last.key == key:
		return last.value.Standings, nil
	case ok && last.value.serve(version, now):
		s.begin(ctx, version, month, now)
		return last.value.Standings, nil
	}
	if shared, ok := s.sharedStandings(ctx, key); ok {
		s.standings.put(slot, key, standingsAt{shared, version, now, 0})
		return shared, nil
	}
	street, err := s.wholeStreet(ctx, version, month, now)
	if err != nil {
		return nil, err
	}
	return street.standing, nil
}

// standingsAt are standings with what they were computed from.
type standingsAt struct {
	*Standings
	version int64
	at      time.Time
	took    time.Duration // to compute
}

const (
	longTime  = 200 * time.Millisecond // that nobody should wait for a minute's sake
	staleTime = 5 * time.Minute
)

// serve reports whether they are good enough while newer ones are computed.
func (s standingsAt) serve(version int64, now time.Time) bool {
	age := now.Sub(s.at)
	return s.version == version && s.took >= longTime && age >= 0 && age < staleTime && calendar.DateOf(s.at) == calendar.DateOf(now)
}

// Of returns the result of one grid in a month at now, or [store.ErrNotFound].
// It is shared: nobody may change it.
func (s *Scores) Of(ctx context.Context, grid string, month calendar.Month, now time.Time) (*scoring.Result, error) {
	version, err := s.versions.of(ctx, portion{grid, month})
	if err != nil {
		return nil, err
	}
	slot, key := month.String()+":"+grid, "result:"+s.keyOf(version, month, now)+":"+grid
	if result, ok := s.results.get(slot, key); ok {
		return result, nil
	}
	if shared, ok := s.sharedResult(ctx, key); ok {
		s.results.put(slot, key, shared)
		return shared, nil
	}
	facts, err := s.records.GridFacts(ctx, grid, month, now)
	if err != nil {
		return nil, err
	}
	missing, err := s.unrecorded(ctx, month, now)
	if err != nil {
		return nil, err
	}
	withhold([]*scoring.Facts{facts}, missing)
	result, err := s.judge(facts)
	if err == nil && len(missing) == 0 { // another grid's record may end that they are missing
		s.results.put(slot, key, result)
		s.shareResult(ctx, key, result, keep(month, now))
	}
	return result, err
}

// unrecorded lists the daily sheets that have nothing of a month that is over.
func (s *Scores) unrecorded(ctx context.Context, month calendar.Month, now time.Time) ([]sheet.Name, error) {
	if calendar.MonthOf(now) <= month {
		return nil, nil
	}
	standings, err := s.Standings(ctx, month, now)
	if err != nil {
		return nil, err
	}
	return standings.Unrecorded, nil
}
