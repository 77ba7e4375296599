package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Track points are not measured anew with every question: a day's points are
// many, what they come to is a row. Days whose points have changed are due, and
// measured when somebody asks next (see [Store.measureDueOf]). Where a boundary or
// somebody's grids change, it is done in the transaction that changes them, so
// that no reader sees the figures of the one beside the other.

// outing is a person's day of track points.
type outing struct {
	mobile string
	day    calendar.Date
}

// measureOutdated measures the days that were measured by another boundary, or
// for another grid, than is now the person's.
func measureOutdated(ctx context.Context, tx pgx.Tx, _ changes) error {
	days, err := outings(ctx, tx, `
		with wanted as materialized (
			select mobile, coalesce(g.id, '') as grid_id, coalesce(md5(g.boundary), '') as ground,
				count(*) over (partition by mobile) as grids
			from people left join grids g on g.id = any(grids)
		)
		select t.mobile, day from track_days t left join wanted w
			on w.mobile = t.mobile and w.grid_id = t.grid_id and w.ground = coalesce(t.ground, '')
		group by 1, 2
		having count(*) <> count(w.mobile) or count(*) <> max(w.grids)
		order by 1, 2`)
	if err != nil || len(days) == 0 {
		return err
	}
	if err := measureAgain(ctx, tx, days); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update records_version set version = version + 1, street = version + 1`)
	return err
}

// touchedByPoints is for the months in which points count: their day's, and that
// of the coverage of the duty days that follow, which are further away the more
// days are exempt.
const touchedByPoints = `
	select g, day, day + 21 + 2 * least(180, (
		select coalesce(sum(ends_on - starts_on + 1), 0)
		from exemptions where ends_on >= day and (grid_id is null or grid_id = g)))::int
	from (select distinct mobile, (at at time zone 'Asia/Shanghai')::date as day from %s r) outing
		join people using (mobile) cross join unnest(grids) g`

// outingsAtOnce is how many days are measured between two writes.
const outingsAtOnce = 500

// measureAgain measures the days and puts the figures in the place of the old
// ones. It holds the points of one day in memory at a time.
func measureAgain(ctx context.Context, tx pgx.Tx, days []outing) error {
	s := newSurveyor(tx, newGroundBook())
	for len(days) > 0 {
		some := days[:min(len(days), outingsAtOnce)]
		days = days[len(some):]
		measured, err := s.measure(ctx, some, forever)
		if err != nil {
			return err
		}
		if err := replaceTrackDays(ctx, tx, some, measured); err != nil {
			return err
		}
	}
	return nil
}

func replaceTrackDays(ctx context.Context, tx pgx.Tx, days []outing, measured []trackDay) error {
	mobiles, dates := columnsOf(days)
	if _, err := tx.Exec(ctx, `
		delete from track_days t using unnest($1::text[], $2::date[]) old (mobile, day)
		where t.mobile = old.mobile and t.day = old.day`, mobiles, dates); err != nil {
		return err
	}
	columns := []string{"mobile", "day", "grid_id", "km", "hours", "cells", "ground"}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"track_days"}, columns,
		pgx.CopyFromSlice(len(measured), func(i int) ([]any, error) {
			m := measured[i]
			cells, err := m.Cells.MarshalBinary()
			return []any{m.mobile, m.day.UTC(), m.grid, m.Km, m.Hours, cells, orNull(m.boundary)}, err
		}))
	return err
}
