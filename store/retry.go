package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// PersonKey is what stands for a person in keys: a digest, from which nobody reads
// the mobile number. In the key of a delivery to a person it follows "person:".
func PersonKey(mobile string) string {
	sum := sha256.Sum256([]byte(mobile))
	return hex.EncodeToString(sum[:16])
}

// RetryDelivery makes a failed delivery wait again, for 3 hours, in the transaction
// that also inserts its job; [ErrNotFound] if no such delivery has failed, or nobody
// can receive it yet. It keeps its idempotency key: what the platform took within
// the last hour is not sent twice. To a person it goes by the identity that they
// have by now: its key holds their [PersonKey].
func (s *Store) RetryDelivery(ctx context.Context, tx pgx.Tx, key string, day calendar.Date, now time.Time) error {
	tag, err := tx.Exec(ctx, `
		update deliveries
		set receiver = receiver_now, state = 'waiting', planned_at = $3, until = null, first_try_at = null, tried_clock = null,
			finished_at = null, code = null, reason = ''
		from (
			select key, day, coalesce(open_id, receiver) as receiver_now
			from deliveries left join people on receiver_type = 'person'
				and split_part(split_part(key, 'person:', 2), ':', 1) = encode(substring(sha256(mobile::bytea) for 16), 'hex')
			where key = $1 and day = $2 and state = 'failed'
		) failed
		where deliveries.key = failed.key and deliveries.day = failed.day and receiver_now <> ''`, key, day.UTC(), now)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	return failed("retry a delivery", err)
}
