package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Reach says how far the records of a sheet reach that arrives day by day.
type Reach struct {
	Sheet sheet.Name
	// Through is the last day whose records are all there; the zero Date if that
	// can be said of no day.
	Through calendar.Date
	// Latest is the latest record up to the moment asked for, zero if there is
	// none. A day's kilometres are a record of the day's first instant. Of 里程 it
	// may be a track point.
	Latest time.Time
}

// Reach returns the reach of 走访, 里程 and 事项 in the whole street. 里程 reaches as
// far as the kilometres do, by its own rows or by those of 轨迹点. It costs a few
// look-ups in indexes.
func (s *Store) Reach(ctx context.Context, at time.Time) (map[sheet.Name]Reach, error) {
	const doing = "reach of the records"
	arrived, err := readArrivals(ctx, s.pool, at)
	if err != nil {
		return nil, failed(doing, err)
	}
	through, err := throughOf(ctx, s.pool, arrived, calendar.DateOf(at), s.options)
	if err != nil {
		return nil, failed(doing, err)
	}
	walked := arrived[sheet.Patrols].latest
	if point := arrived[sheet.TrackPoints].latest; point.After(walked) {
		walked = point
	}
	return map[sheet.Name]Reach{
		sheet.Visits:  {sheet.Visits, through.visits, arrived[sheet.Visits].latest},
		sheet.Patrols: {sheet.Patrols, through.patrols, walked},
		sheet.Items:   {sheet.Items, through.items, arrived[sheet.Items].latest},
	}, nil
}

// through is the last complete day of the records that arrive day by day; zero
// where nothing came.
type through struct{ visits, patrols, items calendar.Date }

// readThrough asks the database for it, as seen on the day given.
func readThrough(ctx context.Context, q querier, asOf calendar.Date, o Options) (through, error) {
	arrived, err := readArrivals(ctx, q, asOf.Start())
	if err != nil {
		return through{}, err
	}
	return throughOf(ctx, q, arrived, asOf, o)
}

func throughOf(ctx context.Context, q querier, arrived map[sheet.Name]arrival, asOf calendar.Date, o Options) (through, error) {
	exempt, err := streetExemptions(ctx, q)
	if err != nil {
		return through{}, err
	}
	extended := func(name sheet.Name) calendar.Date {
		a := arrived[name]
		return max(a.declared, o.overFreeDays(a.observed, asOf, exempt))
	}
	return through{
		visits:  extended(sheet.Visits),
		patrols: max(extended(sheet.Patrols), extended(sheet.TrackPoints)),
		items:   extended(sheet.Items),
	}, nil
}

// overFreeDays carries a day through which records are complete over the days
// that follow it on which nobody was on duty, but not into the future. A year
// without data may hold duty days.
func (o Options) overFreeDays(d, asOf calendar.Date, exempt []span) calendar.Date {
	for !d.IsZero() && d < asOf {
		if duty, err := o.isDutyDay(d + 1); (duty || err != nil) && !contains(exempt, d+1) {
			break
		}
		d++
	}
	return d
}

// arrival is what is known of a sheet's coming in.
type arrival struct {
	// observed is the day of the latest record, as far as it came in on a later
	// day: the day on which records come in is still running.
	observed calendar.Date
	declared calendar.Date // by the centre
	latest   time.Time     // the latest record up to the moment asked for
}

func readArrivals(ctx context.Context, q querier, at time.Time) (map[sheet.Name]arrival, error) {
	rows, err := q.Query(ctx, `
		with observed as (select sheet, max(least(latest, came_in - 1)) as day from arrivals group by sheet),
		present (sheet, day, latest) as (values
			('走访', (select max(visited_at) at time zone 'Asia/Shanghai' from visits)::date,
				(select max(visited_at) from visits where visited_at <= @at)),
			('里程', (select max(day) from patrols),
				(select max(day) from patrols where day <= @as_of)::timestamp at time zone 'Asia/Shanghai'),
			('轨迹点', (select max(at) at time zone 'Asia/Shanghai' from track_points)::date,
				(select max(at) from track_points where at <= @at)),
			('事项', (select max(reported_at) at time zone 'Asia/Shanghai' from items)::date,
				(select max(reported_at) from items where reported_at <= @at))
		)
		select sheet, case when present.day < observed.day then present.day when present.day is not null then observed.day end,
			declared.day, latest
		from present left join observed using (sheet) left join declared_through declared using (sheet)`,
		pgx.NamedArgs{"at": at, "as_of": calendar.DateOf(at).UTC()})
	if err != nil {
		return nil, err
	}
	arrived := map[sheet.Name]arrival{}
	var name sheet.Name
	var observed, declared, latest *time.Time
	_, err = pgx.ForEachRow(rows, []any{&name, &observed, &declared, &latest}, func() error {
		a := arrival{observed: dateOrNone(observed), declared: dateOrNone(declared)}
		if latest != nil {
			a.latest = *latest
		}
		arrived[name] = a
		return nil
	})
	return arrived, err
}

// streetExemptions returns the days on which the whole street is exempt.
func streetExemptions(ctx context.Context, q querier) ([]span, error) {
	rows, err := q.Query(ctx, `select starts_on, ends_on from exemptions where grid_id is null`)
	if err != nil {
		return nil, err
	}
	var exempt []span
	var first, last time.Time
	_, err = pgx.ForEachRow(rows, []any{&first, &last}, func() error {
		exempt = append(exempt, span{calendar.DateOf(first), calendar.DateOf(last)})
		return nil
	})
	return exempt, err
}

func dateOrNone(t *time.Time) calendar.Date {
	if t == nil {
		return 0
	}
	return calendar.DateOf(*t)
}

// querier is a pool of connections or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}
