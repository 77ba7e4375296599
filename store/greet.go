package store

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/store/db"
)

// GreetOnce records that the person with that open_id is being greeted, and
// reports whether this is the first time ever.
func (s *Store) GreetOnce(ctx context.Context, openID string, now time.Time) (first bool, err error) {
	added, err := s.queries.Greet(ctx, db.GreetParams{OpenID: openID, GreetedAt: now})
	return added > 0, failed("greet a person", err)
}
