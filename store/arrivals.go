package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// Arrivals returns who has been given a grid after having had others, by the
// imports since a moment: when they came, by mobile number and grid. 人员 names no
// date; that of the import is the only one there is.
func (s *Store) Arrivals(ctx context.Context, since time.Time) (map[string]map[string]time.Time, error) {
	const doing = "arrivals in grids"
	rows, err := s.pool.Query(ctx, `
		select p.mobile, grid, max(i.at)
		from imports i
		join row_history h on h.ended_by = i.id and h.sheet = $2
		join people p on p.mobile = h.key
		cross join unnest(p.grids) grid
		where i.at >= $1 and not h.before -> 'grids' ? grid
			and exists (select from import_sheets where import_id = i.id and sheet = $2 and changed > 0)
		group by p.mobile, grid`, since, sheet.People)
	if err != nil {
		return nil, failed(doing, err)
	}
	arrivals := map[string]map[string]time.Time{}
	var mobile, grid string
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&mobile, &grid, &at}, func() error {
		if arrivals[mobile] == nil {
			arrivals[mobile] = map[string]time.Time{}
		}
		arrivals[mobile][grid] = at
		return nil
	})
	return arrivals, failed(doing, err)
}
