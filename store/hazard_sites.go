package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// HazardSites counts the sites on each grid's list on a day, by grid id; a grid
// without any is left out.
func (s *Store) HazardSites(ctx context.Context, day calendar.Date) (map[string]int, error) {
	const doing = "hazard sites"
	rows, err := s.pool.Query(ctx, `
		select grid_id, count(*) from hazard_sites
		where (listed_on is null or listed_on <= $1) and (unlisted_on is null or unlisted_on > $1)
		group by 1`, day.UTC())
	if err != nil {
		return nil, failed(doing, err)
	}
	sites := map[string]int{}
	var grid string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&grid, &n}, func() error { sites[grid] = n; return nil })
	return sites, failed(doing, err)
}
