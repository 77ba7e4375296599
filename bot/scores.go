package bot

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
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
// in the cache. Nothing depends on what the cache still knows.
type Scores struct {
	records  Records
	cache    Cache
	rules    *scoring.Rulebook
	rulebook string // its version
	flight   singleflight.Group
}

func newScores(records Records, cache Cache, rules *scoring.Rulebook) *Scores {
	return &Scores{records: records, cache: cache, rules: rules, rulebook: rules.Version()}
}

// All returns the results of all grids in a month as they are at now, ordered by
// grid id. They are shared: nobody may change them. It is an error to ask for a
// month that has not begun.
func (s *Scores) All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error) {
	key, err := s.key(ctx, month, now)
	if err != nil {
		return nil, err
	}
	street, err := s.wholeStreet(ctx, key, month, now)
	if err != nil {
		return nil, err
	}
	return street.results, nil
}

// key names what is known of a month at now: the records as they are, the
// rulebook, the month, and the moment. Records that come in raise the version, so
// the moment matters only for deadlines that pass, and they are looked at once a
// minute. Of a closed month nothing passes but days, by which late data are told.
func (s *Scores) key(ctx context.Context, month calendar.Month, now time.Time) (string, error) {
	version, err := s.records.MonthVersion(ctx, month)
	return s.keyOf(version, month, now), err
}

// keyOf is key with the version of what is asked for.
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

// wholeStreet computes a month of all grids, once for all who wait for it, and
// keeps how the grids stand. The results themselves are too many to carry.
func (s *Scores) wholeStreet(ctx context.Context, key string, month calendar.Month, now time.Time) (*streetMonth, error) {
	done := s.flight.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		street, err := s.compute(ctx, month, now)
		if err == nil {
			s.keepStandings(ctx, key, street.standing, keep(month, now))
		}
		return street, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case computed := <-done:
		if computed.Err != nil {
			return nil, computed.Err
		}
		return computed.Val.(*streetMonth), nil
	}
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

// Standings returns how all grids stand in a month at now.
func (s *Scores) Standings(ctx context.Context, month calendar.Month, now time.Time) (*Standings, error) {
	key, err := s.key(ctx, month, now)
	if err != nil {
		return nil, err
	}
	if kept := new(Standings); s.cache != nil {
		if text, ok := s.cache.Get(ctx, "standings:"+key); ok && json.Unmarshal(text, kept) == nil {
			return kept, nil
		}
	}
	street, err := s.wholeStreet(ctx, key, month, now)
	if err != nil {
		return nil, err
	}
	return street.standing, nil
}

func (s *Scores) keepStandings(ctx context.Context, key string, standings *Standings, ttl time.Duration) {
	if s.cache == nil {
		return
	}
	if text, err := json.Marshal(standings); err == nil {
		s.cache.Set(ctx, "standings:"+key, text, ttl)
	}
}

// Of returns the result of one grid in a month at now, or [store.ErrNotFound].
func (s *Scores) Of(ctx context.Context, grid string, month calendar.Month, now time.Time) (*scoring.Result, error) {
	version, err := s.records.GridVersion(ctx, grid, month)
	if err != nil {
		return nil, err
	}
	key := "result:" + s.keyOf(version, month, now) + ":" + grid
	if kept, ok := s.keptResult(ctx, key); ok {
		return kept, nil
	}
	facts, err := s.records.Facts(ctx, store.FactsQuery{Month: month, At: now, Grids: []string{grid}})
	if err != nil {
		return nil, err
	}
	if len(facts) == 0 {
		return nil, fmt.Errorf("bot: score of a grid: %w", store.ErrNotFound)
	}
	missing, err := s.unrecorded(ctx, month, now)
	if err != nil {
		return nil, err
	}
	withhold(facts, missing)
	result, err := s.judge(facts[0])
	if err == nil && len(missing) == 0 { // another grid's record may end that they are missing
		s.keepResult(ctx, key, result, keep(month, now))
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

// Results are kept as gob: their JSON is a document for others and leaves out
// the standards' spans.

func (s *Scores) keptResult(ctx context.Context, key string) (*scoring.Result, bool) {
	if s.cache == nil {
		return nil, false
	}
	content, ok := s.cache.Get(ctx, key)
	result := new(scoring.Result)
	return result, ok && gob.NewDecoder(bytes.NewReader(content)).Decode(result) == nil
}

func (s *Scores) keepResult(ctx context.Context, key string, result *scoring.Result, ttl time.Duration) {
	if s.cache == nil {
		return
	}
	var content bytes.Buffer
	if gob.NewEncoder(&content).Encode(result) == nil {
		s.cache.Set(ctx, key, content.Bytes(), ttl)
	}
}
