package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// PastFacts returns the facts of a grid in a month as they were at a moment, from
// the records as they stood then: rows that came in later are left out, those
// that were changed or taken back say what they said. It is [ErrNotFound] if
// there was no such grid. What imports did before they were recorded is not known.
func (s *Store) PastFacts(ctx context.Context, grid string, month calendar.Month, then time.Time) (*scoring.Facts, error) {
	doing := fmt.Sprintf("facts of %s as of %s", month, then.Format(time.RFC3339))
	if asOf := calendar.DateOf(then); asOf < month.First() {
		return nil, fmt.Errorf("store: %s: the month had not begun", doing)
	}
	if err := s.measureDueOf(ctx, []string{grid}); err != nil {
		return nil, failed(doing, err)
	}
	// A connection of its own: one that has prepared the queries of facts would
	// not look for tables of the same names again.
	conn, err := pgx.ConnectConfig(ctx, s.pool.Config().ConnConfig)
	if err != nil {
		return nil, failed(doing, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		return nil, failed(doing, err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // nothing is to stay
	facts, err := s.pastFacts(ctx, tx, FactsQuery{Month: month, At: then, Grids: []string{grid}})
	return facts, failed(doing, err)
}

func (s *Store) pastFacts(ctx context.Context, tx pgx.Tx, q FactsQuery) (*scoring.Facts, error) {
	if err := turnBack(ctx, tx, q); err != nil {
		return nil, err
	}
	c := newCollector(tx, q)
	c.grounds = s.grounds
	if err := c.collect(ctx, s.options); err != nil {
		return nil, err
	}
	if documents := c.documents(); len(documents) == 1 {
		return documents[0], nil
	}
	return nil, ErrNotFound
}

// turnBack lays temporary tables over the stored ones, of the same names, which
// the transaction then sees in their place: with what they held at the moment, as
// far as it concerns the grid. Nothing stored is touched and nobody has to wait.
func turnBack(ctx context.Context, tx pgx.Tx, q FactsQuery) error {
	_, err := tx.Exec(ctx, `create temp table later on commit drop as select id from imports where at > $1`, q.At)
	if err != nil {
		return err
	}
	for _, source := range sources {
		if _, err := tx.Exec(ctx, source.pastTable(), q.Grids[0]); err != nil {
			return fmt.Errorf("%s: %w", source.name, err)
		}
		if column := reachColumns[source.sheet]; column != "" {
			// How far a sheet reaches is told by the latest row of the street, whosever.
			if _, err := tx.Exec(ctx, fmt.Sprintf(`
				insert into pg_temp.%[1]s
				select r.* from (
					select * from public.%[1]s where import_id is null or import_id not in (select id from later)
					order by %[2]s desc limit 1
				) latest, jsonb_populate_record(null::public.%[1]s, to_jsonb(latest) || '{"grid_id": "", "mobile": ""}') r`,
				source.name, column)); err != nil {
				return fmt.Errorf("%s: %w", source.name, err)
			}
		}
	}
	if err := turnBackReach(ctx, tx, q.At); err != nil {
		return err
	}
	return turnBackTracks(ctx, tx, q.Grids[0])
}

// pastTable is the statement that makes the temporary table of a sheet: the
// rows that no later import has written, and those that later ones have ended
// and did not write themselves.
func (t *table) pastTable() string {
	return fmt.Sprintf(`
		create temp table %[1]s on commit drop as
		with ended as (
			select distinct on (key) before, written_by from row_history
			where sheet = '%[2]s' and ended_by in (select id from later)
			order by key, id
		)
		select r.* from public.%[1]s r
		where (import_id is null or import_id not in (select id from later)) and (%[3]s)
		union all
		select r.* from ended, jsonb_populate_record(null::public.%[1]s, before) r
		where (written_by is null or written_by not in (select id from later)) and (%[3]s)`,
		t.name, t.sheet, t.concerning())
}

// crew are the mobile numbers of those who have the grid $1.
const crew = `(select mobile from people where $1 = any(grids))`

// concerning is the condition under which a row r concerns the grid $1. Anybody
// may have visited it, and anybody's grids may be measured on.
func (t *table) concerning() string {
	switch t.name {
	case grids.name, people.name, catalogue.name, specialPeriods.name:
		return "$1::text is not null"
	case attendances.name, trackPoints.name:
		return "r.mobile in " + crew
	case patrols.name:
		return "r.grid_id = $1 or r.mobile in " + crew
	case exemptions.name:
		return "r.grid_id is null or r.grid_id = $1"
	}
	return "r.grid_id = $1"
}

// turnBackReach does the same for what is known of the sheets' coming in.
func turnBackReach(ctx context.Context, tx pgx.Tx, then time.Time) error {
	if _, err := tx.Exec(ctx, `
		create temp table arrivals on commit drop as select * from public.arrivals where came_in <= $1`,
		calendar.DateOf(then).UTC()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		create temp table declared_through on commit drop as
		select sheet, d.day from public.declared_through d
		where not exists (
			select from import_sheets i where i.sheet = d.sheet and i.through = d.day and i.bad = 0
				and import_id in (select id from later))
		union all
		select sheet, max(i.through) from import_sheets i join public.declared_through d using (sheet)
		where i.bad = 0 and i.through is not null and i.through < d.day and import_id not in (select id from later)
			and exists (
				select from import_sheets l where l.sheet = d.sheet and l.through = d.day and l.bad = 0
					and l.import_id in (select id from later))
		group by sheet`)
	return err
}

// turnBackTracks measures the days anew of which there were other points, or
// another ground.
func turnBackTracks(ctx context.Context, tx pgx.Tx, grid string) error {
	for _, statement := range []string{
		`create temp table records_version on commit drop as select * from public.records_version`,
		`create temp table track_days on commit drop as
			select r.* from public.track_days r where r.grid_id = $1 or r.mobile in ` + crew,
	} {
		args := []any{grid}
		if statement[len("create temp table ")] == 'r' {
			args = nil
		}
		if _, err := tx.Exec(ctx, statement, args...); err != nil {
			return err
		}
	}
	days, err := outings(ctx, tx, `
		select mobile, (at at time zone 'Asia/Shanghai')::date from public.track_points
			where import_id in (select id from later) and mobile in (select mobile from track_days)
		union
		select before ->> 'mobile', ((before ->> 'at')::timestamptz at time zone 'Asia/Shanghai')::date from row_history
			where sheet = '轨迹点' and ended_by in (select id from later)
				and before ->> 'mobile' in (select mobile from track_days)
		order by 1, 2`)
	if err != nil {
		return err
	}
	if err := measureAgain(ctx, tx, days); err != nil {
		return err
	}
	return measureOutdated(ctx, tx, changes{updated: 1})
}
