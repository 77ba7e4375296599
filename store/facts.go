package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// FactsQuery says which facts are wanted.
type FactsQuery struct {
	Month calendar.Month
	At    time.Time // records of later moments are left out; the facts' AsOf is its day
	Grids []string  // ids; nil = all grids
}

// Facts returns the facts document of every grid asked for, also of one without
// any record, ordered by grid id; an unknown id has none. It is one pass over
// the database for all of them, on one state of the records.
//
// It is an error to ask before the month begins, and for a month whose official
// workdays are not known ([calendar.NoDataError]).
func (s *Store) Facts(ctx context.Context, q FactsQuery) ([]*scoring.Facts, error) {
	doing := "facts of " + q.Month.String()
	asOf := calendar.DateOf(q.At)
	if asOf < q.Month.First() {
		return nil, fmt.Errorf("store: %s: the month has not begun on %s", doing, asOf)
	}
	if err := s.measureDueOf(ctx, q.Grids); err != nil {
		return nil, failed(doing, err)
	}
	tx, err := s.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, failed(doing, err)
	}
	defer func() { _ = tx.Rollback(ctx) }() // nothing was written
	c := newCollector(tx, q)
	c.grounds = s.grounds
	if err := c.collect(ctx, s.options); err != nil {
		return nil, failed(doing, err)
	}
	return c.documents(), nil
}

// collector fills the drafts of all grids' facts, one subject after the other.
type collector struct {
	tx    pgx.Tx
	month calendar.Month
	at    time.Time
	asOf  calendar.Date
	// The days of the weeks that touch the month: their duty days are all
	// wanted, their records only up to asOf.
	from, to calendar.Date

	grounds *groundBook
	exempt  exempted   // and not only of the days collected
	soFar   []trackDay // of people who were underway at the moment

	args   pgx.NamedArgs // of every query; each takes what it needs
	drafts []*draft      // ordered by grid id
	byGrid map[string]*draft
}

// draft is the facts of a grid in the making.
type draft struct {
	facts *scoring.Facts
	days  []scoring.Day // one for each day from collector.from; zero where nothing happened
}

func newCollector(tx pgx.Tx, q FactsQuery) *collector {
	c := &collector{
		tx: tx, month: q.Month, at: q.At, asOf: calendar.DateOf(q.At),
		from: q.Month.First().Monday(), to: q.Month.Last().Sunday(),
		byGrid: map[string]*draft{},
	}
	c.args = pgx.NamedArgs{
		"grids": q.Grids, "at": q.At, "as_of": c.asOf.UTC(),
		"tomorrow": (c.asOf + 1).Start(),
		"from":     c.from.UTC(), "until": c.to.UTC(), "to": min(c.to, c.asOf).UTC(),
		"start": c.from.Start(), "end": (c.to + 1).Start(),
		"first": c.month.First().UTC(), "last": c.month.Last().UTC(),
		"month_start": c.month.First().Start(), "month_end": (c.month + 1).First().Start(),
	}
	return c
}

func (c *collector) collect(ctx context.Context, options Options) error {
	if err := c.settings(ctx); err != nil {
		return err
	}
	through, err := readThrough(ctx, c.tx, c.asOf, options)
	if err != nil {
		return err
	}
	if err := c.startDrafts(ctx); err != nil {
		return err
	}
	if err := c.dutyDays(ctx, options); err != nil {
		return err
	}
	c.lateGroups(through)
	for _, subject := range []func(context.Context) error{
		c.outingsSoFar, c.patrols,
		func(ctx context.Context) error { return c.coverage(ctx, options) },
		c.visits, c.reports, c.hazardSites, c.hazardSitesVisited,
		c.keyPersons, c.monthlyPersons, c.specialPeriods,
		c.meetings, c.households, c.findings,
		func(ctx context.Context) error { return c.disposal(ctx, through.items) },
	} {
		if err := subject(ctx); err != nil {
			return err
		}
	}
	return nil
}

// settings make the pass fast, for as long as it takes. A query is planned for
// its figures: for all grids and for one it is not the same plan that is good.
// In the time zone of Shanghai a moment::date is its day there, at a third of
// what naming the zone costs for every row. And the days of all grids fit into
// memory: on disk a grid of a large street would cost more than one of a small.
func (c *collector) settings(ctx context.Context) error {
	_, err := c.tx.Exec(ctx, `
		select set_config('plan_cache_mode', 'force_custom_plan', true),
			set_config('timezone', 'Asia/Shanghai', true), set_config('work_mem', '64MB', true)`)
	return err
}

// startDrafts begins a document for each grid asked for.
func (c *collector) startDrafts(ctx context.Context) error {
	var id string
	var households int
	return c.each(ctx, "grids", `
		select id, households from grids
		where @grids::text[] is null or id = any(@grids)
		order by id collate "C"`,
		[]any{&id, &households}, func() {
			d := &draft{facts: &scoring.Facts{GridID: id, Month: c.month, AsOf: c.asOf}}
			d.facts.Households.Total = households
			c.drafts = append(c.drafts, d)
			c.byGrid[id] = d
		})
}

// each runs a query and calls take after every row has been scanned into the
// targets.
func (c *collector) each(ctx context.Context, subject, sql string, targets []any, take func()) error {
	rows, err := c.tx.Query(ctx, sql, c.args)
	if err == nil {
		_, err = pgx.ForEachRow(rows, targets, func() error { take(); return nil })
	}
	if err != nil {
		return fmt.Errorf("%s: %w", subject, err)
	}
	return nil
}

// eachGrid is each for rows that begin with a grid's id, which it hands over as
// that grid's draft.
func (c *collector) eachGrid(ctx context.Context, subject, sql string, targets []any, take func(*draft)) error {
	var grid pgtype.DriverBytes // not copied: there are rows by the million
	return c.each(ctx, subject, sql, append([]any{&grid}, targets...), func() {
		if d := c.byGrid[string(grid)]; d != nil {
			take(d)
		}
	})
}

// eachDay is eachGrid for rows that go on with a day, as the number of days since
// @from, which it hands over as the draft's day to write to.
func (c *collector) eachDay(ctx context.Context, subject, sql string, targets []any, take func(*scoring.Day)) error {
	var since int32
	return c.eachGrid(ctx, subject, sql, append([]any{&since}, targets...), func(d *draft) {
		take(c.day(d, c.from+calendar.Date(since)))
	})
}

// day returns the draft's day to write to.
func (c *collector) day(d *draft, date calendar.Date) *scoring.Day {
	if d.days == nil {
		d.days = make([]scoring.Day, min(c.to, c.asOf)-c.from+1)
	}
	day := &d.days[date-c.from]
	day.Date = date
	return day
}

// documents returns the finished facts.
func (c *collector) documents() []*scoring.Facts {
	documents := make([]*scoring.Facts, 0, len(c.drafts))
	for _, d := range c.drafts {
		d.facts.Days = slices.DeleteFunc(d.days, func(day scoring.Day) bool { return day.Date.IsZero() })
		documents = append(documents, d.facts)
	}
	return documents
}
