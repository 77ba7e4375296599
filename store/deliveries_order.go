package store

import (
	"context"
	"time"
)

// waitsAtMost is longer than any delivery waits: it is sent, given up or
// skipped before.
const waitsAtMost = 8 * time.Hour

// WaitingBefore returns how many deliveries to the same receiver that were
// planned before this one are still waiting. Of those planned at the same moment
// the key decides, so that the parts of a message go in their order.
func (s *Store) WaitingBefore(ctx context.Context, d Delivery) (n int, err error) {
	err = s.pool.QueryRow(ctx, `
		select count(*) from deliveries
		where receiver = $1 and state = 'waiting' and planned_at between $2 and $3
			and day between $6::date - 1 and $6::date + 1
			and (planned_at, length(key), key) < ($3, $4, $5)`,
		d.Receiver, d.PlannedAt.Add(-waitsAtMost), d.PlannedAt, len([]rune(d.Key)), d.Key, d.Day.UTC()).Scan(&n)
	return n, failed("earlier deliveries to a receiver", err)
}
