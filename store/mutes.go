package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Mute keeps a kind of reminder from a person for a day. To do so twice is fine.
func (s *Store) Mute(ctx context.Context, mobile, kind string, day calendar.Date) error {
	_, err := s.pool.Exec(ctx, `
		insert into reminder_mutes (mobile, kind, day) values ($1, $2, $3) on conflict do nothing`,
		mobile, kind, day.UTC())
	return failed("mute a reminder", err)
}

// Muted returns the mobile numbers of those who do not want a kind of reminder
// on a day.
func (s *Store) Muted(ctx context.Context, kind string, day calendar.Date) (map[string]bool, error) {
	const doing = "muted reminders"
	rows, err := s.pool.Query(ctx, `select mobile from reminder_mutes where kind = $1 and day = $2`, kind, day.UTC())
	if err != nil {
		return nil, failed(doing, err)
	}
	muted := map[string]bool{}
	var mobile string
	_, err = pgx.ForEachRow(rows, []any{&mobile}, func() error { muted[mobile] = true; return nil })
	return muted, failed(doing, err)
}

// Silence is the centre's word that nobody is reminded of a grid for a while.
type Silence struct {
	GridID string
	Until  calendar.Date // the last day
	Reason string
	SetAt  time.Time
}

// Silence leaves a grid in peace, in place of what was said of it before;
// [ErrNotFound] if there is no such grid.
func (s *Store) Silence(ctx context.Context, silence Silence) error {
	_, err := s.pool.Exec(ctx, `
		insert into silences (grid_id, until, reason, set_at) values ($1, $2, $3, $4)
		on conflict (grid_id) do update set until = excluded.until, reason = excluded.reason, set_at = excluded.set_at`,
		silence.GridID, silence.Until.UTC(), silence.Reason, silence.SetAt)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == "23503" { // foreign_key_violation
		err = ErrNotFound
	}
	return failed("silence a grid", err)
}

// LiftSilence ends the silence of a grid; [ErrNotFound] if there is none.
func (s *Store) LiftSilence(ctx context.Context, grid string) error {
	done, err := s.pool.Exec(ctx, `delete from silences where grid_id = $1`, grid)
	if err == nil && done.RowsAffected() == 0 {
		err = ErrNotFound
	}
	return failed("lift a silence", err)
}

// Silences returns the silences that hold on a day, ordered by grid.
func (s *Store) Silences(ctx context.Context, day calendar.Date) ([]Silence, error) {
	const doing = "silences"
	rows, err := s.pool.Query(ctx, `
		select grid_id, until, reason, set_at from silences where until >= $1 order by grid_id collate "C"`, day.UTC())
	if err != nil {
		return nil, failed(doing, err)
	}
	var silences []Silence
	var one Silence
	var until time.Time
	_, err = pgx.ForEachRow(rows, []any{&one.GridID, &until, &one.Reason, &one.SetAt}, func() error {
		one.Until = calendar.NewDate(until.Date())
		silences = append(silences, one)
		return nil
	})
	return silences, failed(doing, err)
}

// ExemptGrids returns the ids of the grids of which nothing is asked on a day.
func (s *Store) ExemptGrids(ctx context.Context, day calendar.Date) (map[string]bool, error) {
	const doing = "exempt grids"
	rows, err := s.pool.Query(ctx, `
		select distinct grids.id from grids join exemptions on grid_id is null or grid_id = grids.id
		where $1 between starts_on and ends_on`, day.UTC())
	if err != nil {
		return nil, failed(doing, err)
	}
	exempt := map[string]bool{}
	var grid string
	_, err = pgx.ForEachRow(rows, []any{&grid}, func() error { exempt[grid] = true; return nil })
	return exempt, failed(doing, err)
}
