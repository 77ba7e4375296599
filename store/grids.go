package store

import "context"

// Grid is a row of 网格.
type Grid struct {
	ID         string // 网格编号
	Name       string
	Community  string
	Households int // 总户数
}

// Grids returns every grid, ordered by id.
func (s *Store) Grids(ctx context.Context) ([]Grid, error) {
	rows, err := s.queries.Grids(ctx)
	if err != nil {
		return nil, failed("grids", err)
	}
	grids := make([]Grid, len(rows))
	for i, row := range rows {
		grids[i] = Grid{ID: row.ID, Name: row.Name, Community: row.Community, Households: int(row.Households)}
	}
	return grids, nil
}

// Communities returns the names of the communities that have or had a grid, in order.
func (s *Store) Communities(ctx context.Context) ([]string, error) {
	names, err := s.queries.Communities(ctx)
	return names, failed("communities", err)
}
