package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// book is a month of all grids as it is at a moment. It does not change: the next
// one takes over the pages of the grids of which nothing is new.
type book struct {
	version   int64 // of the records: every change up to it is in the book
	moment    string
	at        time.Time
	standings *Standings
	pages     map[string]*page // by grid
}

// page is one grid's in a month. Two of the same address are of the same facts.
type page struct {
	// facts are those of a month that is not over, as JSON: a fifth of what they or
	// their result take in memory, and read within a tenth of a millisecond. nil
	// says that they are to be asked for.
	facts []byte
}

// momentOf is when a month is looked at. Records that come in raise their version,
// so the moment matters only for deadlines that pass, and they are looked at once
// a minute. Of a closed month nothing passes but days, by which late data are told.
func momentOf(month calendar.Month, now time.Time) string {
	if isOver(month, now) {
		return calendar.DateOf(now).String()
	}
	return now.In(calendar.Shanghai).Format("2006-01-02T15:04")
}

// book opens the month as it is at the view's moment.
func (v View) book(ctx context.Context, month calendar.Month) (*book, error) {
	moment := momentOf(month, v.now)
	if last, ok := v.scores.books.get(month.String()); ok && last.version >= v.version.Records && last.moment == moment {
		return last, nil
	}
	flight := fmt.Sprintf("book:%s:%d:%s", month, v.version.Records, moment)
	return once(ctx, &v.scores.flight, flight, func(ctx context.Context) (*book, error) {
		next, err := v.nextBook(ctx, month)
		if err == nil {
			v.scores.books.put(month.String(), next)
		}
		return next, err
	})
}

// nextBook is the last one with what is new in it, or a new one.
func (v View) nextBook(ctx context.Context, month calendar.Month) (*book, error) {
	s := v.scores
	since := int64(math.MaxInt64)
	last, ok := s.books.get(month.String())
	if ok {
		since = last.version
	}
	changes, err := s.records.MonthChanges(ctx, month, since)
	if err != nil {
		return nil, err
	}
	if ok && calendar.DateOf(last.at) == calendar.DateOf(v.now) && changes.Street <= last.version {
		next, err := v.amended(ctx, last, month, changes)
		if next != nil || err != nil {
			return next, err
		}
	}
	key := s.keyOf(changes.Month, month, v.now)
	if standings, ok := s.sharedStandings(ctx, key); ok {
		return v.bookOf(month, changes.Version, standings), nil
	}
	street, err := v.wholeStreet(ctx, month, false)
	if err != nil {
		return nil, err
	}
	s.shareStandings(ctx, key, street.book.standings, keep(month, v.now))
	return street.book, nil
}

// bookOf is a book whose pages are still blank: the facts are to be asked for.
func (v View) bookOf(month calendar.Month, version store.Version, standings *Standings) *book {
	b := &book{
		version: version.Records, moment: momentOf(month, v.now), at: v.now,
		standings: standings, pages: make(map[string]*page, len(standings.Grids)),
	}
	for _, standing := range standings.Grids {
		b.pages[standing.Grid] = &page{}
	}
	return b
}

// amended is the book with new pages for those grids that changed since, or that
// time alone has changed; nil where that is no less work than a new book.
func (v View) amended(ctx context.Context, last *book, month calendar.Month, changes store.MonthChanges) (*book, error) {
	next := *last
	next.version, next.moment, next.at = changes.Records, momentOf(month, v.now), v.now
	grids := changes.Grids
	if next.moment != last.moment {
		stirred, err := v.scores.records.Stirred(ctx, month, last.at, v.now)
		if err != nil {
			return nil, err
		}
		grids = append(grids, stirred...)
	}
	slices.Sort(grids)
	grids = slices.Compact(grids)
	switch {
	case len(grids) == 0:
		return &next, nil
	case len(grids) > max(10, len(last.pages)/4), isOver(month, v.now): // what a sheet has of a month that is over counts for all
		return nil, nil
	}
	facts, err := v.scores.records.Facts(ctx, store.FactsQuery{Month: month, At: v.now, Grids: grids})
	if err != nil {
		return nil, err
	}
	next.pages = maps.Clone(last.pages)
	changed := make([]Standing, len(facts))
	for i, f := range facts {
		written, result, err := v.scores.write(f)
		if err != nil {
			return nil, err
		}
		next.pages[f.GridID], changed[i] = written, standingOf(result)
	}
	next.standings = last.standings.with(changed)
	return &next, nil
}

// write makes the page of a grid, and judges it.
func (s *Scores) write(f *scoring.Facts) (*page, *scoring.Result, error) {
	result, err := s.judge(f)
	if err != nil || f.AsOf > f.Month.Last() {
		return &page{}, result, err
	}
	text, err := json.Marshal(f)
	if err != nil {
		return nil, nil, fmt.Errorf("bot: facts of %s in %s: %w", f.GridID, f.Month, err)
	}
	return &page{text}, result, nil
}

// streetMonth is a month of all grids.
type streetMonth struct {
	book    *book
	results []*scoring.Result // where they are wanted: they are too many to carry
}

// wholeStreet computes a month of all grids, in one pass over the records and on
// all processors.
func (v View) wholeStreet(ctx context.Context, month calendar.Month, wantResults bool) (*streetMonth, error) {
	flight := fmt.Sprintf("street:%s:%d:%s:%v", month, v.version.Records, momentOf(month, v.now), wantResults)
	return once(ctx, &v.scores.flight, flight, func(ctx context.Context) (*streetMonth, error) {
		changes, err := v.scores.records.MonthChanges(ctx, month, math.MaxInt64)
		if err != nil {
			return nil, err
		}
		facts, err := v.scores.records.Facts(ctx, store.FactsQuery{Month: month, At: v.now})
		if err != nil {
			return nil, err
		}
		street := &streetMonth{}
		if wantResults {
			street.results = make([]*scoring.Result, len(facts))
		}
		standings := &Standings{Unrecorded: unrecorded(facts), Grids: make([]Standing, len(facts))}
		withhold(facts, standings.Unrecorded)
		pages := make([]*page, len(facts))
		err = v.scores.writeAll(facts, func(i int, p *page, r *scoring.Result) {
			pages[i], standings.Grids[i] = p, standingOf(r)
			if wantResults {
				street.results[i] = r
			}
		})
		if err != nil {
			return nil, err
		}
		street.book = v.bookOf(month, changes.Version, standings)
		for i, standing := range standings.Grids {
			street.book.pages[standing.Grid] = pages[i]
		}
		v.scores.books.put(month.String(), street.book)
		return street, nil
	})
}

// writeAll makes the pages of all grids and judges them, several at a time; facts
// are let go as soon as they are judged.
func (s *Scores) writeAll(facts []*scoring.Facts, take func(i int, p *page, r *scoring.Result)) error {
	var writers errgroup.Group
	n := runtime.GOMAXPROCS(0)
	for first := range n {
		writers.Go(func() error {
			for i := first; i < len(facts); i += n {
				p, r, err := s.write(facts[i])
				if err != nil {
					return err
				}
				facts[i] = nil
				take(i, p, r)
			}
			return nil
		})
	}
	return writers.Wait()
}
