package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Stirred returns the grids whose facts of a month may not be the same at two
// moments of one day, although no record changed: the time of an item ran out in
// between, or a record says that it is of then. It may name more grids than that.
func (s *Store) Stirred(ctx context.Context, month calendar.Month, one, other time.Time) ([]string, error) {
	from, to := one, other
	if to.Before(from) {
		from, to = to, from
	}
	rows, err := s.pool.Query(ctx, `
		select grid_id from items where due_at between @from and @to
		union
		select grid_id from items where reported_at between @from and @to
		union
		select grid_id from items
		where due_at >= @month_start and due_at < @month_end
			and (disposed_at between @from and @to or constrained_at between @from and @to)
		union
		select grid_id from visits where visited_at between @from and @to
		union
		select grid_id from collections
		where month = @first and (collected_at between @from and @to or entered_at between @from and @to)
		union
		select grid_id from track_points join people using (mobile) cross join unnest(grids) grid_id
		where at between @from and @to`,
		pgx.NamedArgs{
			"from": from, "to": to, "first": month.First().UTC(),
			"month_start": month.First().Start(), "month_end": (month + 1).First().Start(),
		})
	if err != nil {
		return nil, failed("what stirs in "+month.String(), err)
	}
	grids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return grids, failed("what stirs in "+month.String(), err)
}
