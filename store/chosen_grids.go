package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// ChooseGrid remembers which of their grids somebody means when they name none.
func (s *Store) ChooseGrid(ctx context.Context, mobile, grid string) error {
	_, err := s.pool.Exec(ctx, `
		insert into chosen_grids (mobile, grid_id) values ($1, $2)
		on conflict (mobile) do update set grid_id = excluded.grid_id`, mobile, grid)
	return failed("choose a grid", err)
}

// ChosenGrid returns the grid that somebody chose last, "" for none. It may be
// theirs no longer.
func (s *Store) ChosenGrid(ctx context.Context, mobile string) (grid string, err error) {
	err = s.pool.QueryRow(ctx, `select grid_id from chosen_grids where mobile = $1`, mobile).Scan(&grid)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return grid, failed("the grid that somebody chose", err)
}
