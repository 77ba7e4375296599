package store

import (
	"context"
	"time"
)

// waitsAtMost is longer than any delivery waits: it is sent, given up or
// skipped before.
const waitsAtMost = 4 * time.Hour

// WaitsForEarlier reports whether a delivery to the same receiver that was
// planned earlier is still waiting. Of those planned at the same moment it is
// the key that decides, so that the parts of a message go in their order.
func (s *Store) WaitsForEarlier(ctx context.Context, d Delivery) (bool, error) {
	var waits bool
	err := s.pool.QueryRow(ctx, `
		select exists (
			select from deliveries
			where receiver = $1 and state = 'waiting' and planned_at between $2 and $3
				and day between $6::date - 1 and $6::date + 1
				and (planned_at, length(key), key) < ($3, $4, $5))`,
		d.Receiver, d.PlannedAt.Add(-waitsAtMost), d.PlannedAt, len([]rune(d.Key)), d.Key, d.Day.UTC()).Scan(&waits)
	return waits, failed("earlier deliveries to a receiver", err)
}
