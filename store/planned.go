package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// AdvancePlan moves the mark up to which reminders have been planned to now, and
// calls plan with the former mark in the same transaction: either everything
// that fell due in between is planned and the mark moves, or neither. Replicas
// take turns. A clock that stands or went back plans nothing, but the mark
// follows one that went far back: it had been ahead, and reminders would not be
// planned until it came there again. The first call of all only sets the mark.
func (s *Store) AdvancePlan(ctx context.Context, now time.Time, plan func(tx pgx.Tx, since time.Time) error) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		since, known, err := lockPlan(ctx, tx)
		stands := known && !now.After(since)
		if err != nil || stands && since.Sub(now) < farBack {
			return err
		}
		if known && !stands {
			if err := plan(tx, since); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `
			insert into planned_until (at) values ($1)
			on conflict (singleton) do update set at = excluded.at`, now)
		return err
	})
	return failed("plan reminders up to "+now.Format(time.RFC3339), err)
}

// farBack is more than the clocks of replicas are apart.
const farBack = 5 * time.Minute

// lockPlan reads the mark and keeps other replicas from planning until the
// transaction ends.
func lockPlan(ctx context.Context, tx pgx.Tx) (since time.Time, known bool, err error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('planned_until'))`); err != nil {
		return since, false, err
	}
	err = tx.QueryRow(ctx, `select at from planned_until`).Scan(&since)
	if errors.Is(err, pgx.ErrNoRows) {
		return since, false, nil
	}
	return since, err == nil, err
}
