package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Count is how many rows there are of a kind in a state.
type Count struct {
	Kind, State string
	N           int
}

// JobCounts counts the durable jobs in the database, done ones included until
// they are cleaned up.
func (s *Store) JobCounts(ctx context.Context) ([]Count, error) {
	return s.counts(ctx, "count jobs", `select kind, state::text, count(*) from river_job group by 1, 2 order by 1, 2`)
}

// DeliveryCounts counts the deliveries of a day.
func (s *Store) DeliveryCounts(ctx context.Context, day calendar.Date) ([]Count, error) {
	return s.counts(ctx, "count deliveries", `
		select kind, state, count(*) from deliveries where day = $1 group by 1, 2 order by 1, 2`, day.UTC())
}

func (s *Store) counts(ctx context.Context, doing, sql string, args ...any) ([]Count, error) {
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, failed(doing, err)
	}
	counts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Count])
	return counts, failed(doing, err)
}
