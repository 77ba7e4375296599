package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/db"
)

// TakeEvent remembers an event of the chat platform by its keys (its event_id,
// and its message_id where it has one), and reports whether it is fresh: none
// of them was known. The caller does what the event causes in the same
// transaction, and nothing if it is not fresh. Of several that take the same
// event at once, the others wait for the first one's transaction.
func (s *Store) TakeEvent(ctx context.Context, tx pgx.Tx, now time.Time, keys ...string) (fresh bool, err error) {
	slices.Sort(keys) // the same order everywhere, so that two waiting for each other cannot happen
	keys = slices.Compact(keys)
	added, err := s.queries.WithTx(tx).TakeEvent(ctx, db.TakeEventParams{TakenAt: now, Keys: keys})
	return added == int64(len(keys)), failed("take an event", err)
}

// ForgetEvents forgets the events taken before that moment, and returns how
// many keys that were. It must lie further back than the platform redelivers.
func (s *Store) ForgetEvents(ctx context.Context, before time.Time) (int, error) {
	forgotten, err := s.queries.ForgetEvents(ctx, before)
	return int(forgotten), failed("forget old events", err)
}
