package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Systems push a day's points in many calls, and each call has points of many
// people: to measure every day with every call would read the same points again
// and again. So an import only notes which days are due, in its own transaction,
// and they are measured before anybody is told what they come to.

// noteDue notes the days of the staged track points. That a day is due once more
// is noted too: whoever is just measuring it may have missed these points.
func noteDue(ctx context.Context, tx pgx.Tx, c changes) error {
	if !c.any() {
		return nil
	}
	_, err := tx.Exec(ctx, `
		insert into track_days_due (mobile, day)
		select distinct mobile, (at at time zone 'Asia/Shanghai')::date from stage order by 1, 2
		on conflict (mobile, day) do update set times = track_days_due.times + 1`)
	return err
}

// MeasureTracks measures the days that have been due for so long, so that whoever
// asks first need not wait for all of them. Two that do so at once take turns.
func (s *Store) MeasureTracks(ctx context.Context, since time.Duration) error {
	return failed("measure track points", s.measureDue(ctx, `since <= now() - $1::interval`, since))
}

// measureDueOf measures the days that are due of the people of the grids, nil =
// of everybody: before facts are read.
func (s *Store) measureDueOf(ctx context.Context, grids []string) error {
	return s.measureDue(ctx, `$1::text[] is null or mobile in (select mobile from people where grids && $1)`, grids)
}

func (s *Store) measureDue(ctx context.Context, which string, args ...any) error {
	days, err := outings(ctx, s.pool, `select mobile, day from track_days_due where `+which+` order by 1, 2`, args...)
	if err != nil {
		return err
	}
	for len(days) > 0 {
		some := days[:min(len(days), outingsAtOnce)]
		days = days[len(some):]
		if err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return settleDue(ctx, tx, some) }); err != nil {
			return err
		}
	}
	return nil
}

// settleDue measures those of the days that are still due. New points may come
// in meanwhile: then the day stays due. Boundaries and people's grids may not
// change.
func settleDue(ctx context.Context, tx pgx.Tx, days []outing) error {
	if err := lockMeasuring(ctx, tx); err != nil {
		return err
	}
	mobiles, dates := columnsOf(days)
	if _, err := tx.Exec(ctx, `
		create temp table due on commit drop as
		select d.* from track_days_due d join unnest($1::text[], $2::date[]) day (mobile, day) using (mobile, day)`,
		mobiles, dates); err != nil {
		return err
	}
	days, err := outings(ctx, tx, `select mobile, day from due order by 1, 2`)
	if err != nil || len(days) == 0 {
		return err
	}
	if err := measureAgain(ctx, tx, days); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		delete from track_days_due d using due
		where d.mobile = due.mobile and d.day = due.day and d.times = due.times`)
	return err
}

// measuring is the lock of who measures; those of sheets are their places.
const measuring = -1

// lockMeasuring keeps others from measuring, and from changing what is measured
// by, until the transaction ends. Imports do not take the lock of measuring, so
// nobody waits in a circle.
func lockMeasuring(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock($1, $2)`, lockClass, measuring); err != nil {
		return err
	}
	for _, name := range []sheet.Name{sheet.Grids, sheet.People} {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock_shared($1, $2)`, lockClass, lockOf(name)); err != nil {
			return err
		}
	}
	return nil
}

// columnsOf takes the days apart for unnest.
func columnsOf(days []outing) (mobiles []string, dates []time.Time) {
	for _, d := range days {
		mobiles, dates = append(mobiles, d.mobile), append(dates, d.day.UTC())
	}
	return mobiles, dates
}

// outings selects mobile numbers and days.
func outings(ctx context.Context, q querier, sql string, args ...any) ([]outing, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	var days []outing
	var mobile string
	var day time.Time
	_, err = pgx.ForEachRow(rows, []any{&mobile, &day}, func() error {
		days = append(days, outing{mobile, calendar.DateOf(day)})
		return nil
	})
	return days, err
}
