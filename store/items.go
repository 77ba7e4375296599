package store

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/store/db"
)

// Item is an item (事项) that is still to be disposed of.
type Item struct {
	ID         string // 事项编号
	GridID     string
	Mobile     string // who reported it
	ReportedAt time.Time
	Category   string // 类别
	Kind       string // 小类, "" = none
	Title      string
	DueAt      time.Time // the effective deadline: extended where it was extended
}

// DueItems returns the items of the grids (nil = all) whose effective deadline
// is from ≤ deadline < until, and that are open at the moment at: reported, not
// yet disposed of, without an approved limitation, and not found to be false.
// They are ordered by deadline.
func (s *Store) DueItems(ctx context.Context, grids []string, from, until, at time.Time) ([]Item, error) {
	rows, err := s.queries.DueItems(ctx, db.DueItemsParams{DueFrom: from, DueUntil: until, Grids: grids, At: at})
	if err != nil {
		return nil, failed("due items", err)
	}
	items := make([]Item, len(rows))
	for i, row := range rows {
		items[i] = Item(row)
	}
	return items, nil
}
