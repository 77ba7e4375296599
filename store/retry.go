package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// RetryDelivery makes a failed delivery wait again, for 3 hours, in the transaction
// that also inserts its job; [ErrNotFound] if no such delivery has failed. It keeps
// its idempotency key: what the platform took within the last hour is not sent twice.
func (s *Store) RetryDelivery(ctx context.Context, tx pgx.Tx, key string, day calendar.Date, now time.Time) error {
	tag, err := tx.Exec(ctx, `
		update deliveries
		set state = 'waiting', planned_at = $3, until = null, first_try_at = null, tried_clock = null,
			finished_at = null, code = null, reason = ''
		where key = $1 and day = $2 and state = 'failed' and receiver <> ''`, key, day.UTC(), now)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	return failed("retry a delivery", err)
}
