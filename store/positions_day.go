package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
)

// Outing is a person's day as far as it is known where they were.
type Outing struct {
	Walks   []Walk   // one for each of the person's grids, or one for a person without
	Patrols []Patrol // the rows of 里程; if there are any, they count and not the walks
}

// Walk is what a day's track points come to on the ground of one grid.
type Walk struct {
	GridID string // "" = the person has no grid
	*track.Explanation
}

// Patrol is a row of 里程 of a person and day.
type Patrol struct {
	GridID string
	Km     decimal.Decimal
	Hours  *decimal.Decimal // nil = not given
}

// Outing explains a person's day: their track points up to the moment at, of
// which there may be none, and what 里程 says of it.
func (s *Store) Outing(ctx context.Context, mobile string, day calendar.Date, at time.Time) (Outing, error) {
	const doing = "outing of a person"
	var o Outing
	var err error
	if o.Walks, err = s.walks(ctx, outing{mobile, day}, at); err != nil {
		return o, failed(doing, err)
	}
	rows, err := s.pool.Query(ctx, `
		select grid_id, km, hours from patrols where mobile = $1 and day = $2 order by 1`, mobile, day.UTC())
	if err != nil {
		return o, failed(doing, err)
	}
	o.Patrols, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Patrol])
	return o, failed(doing, err)
}

func (s *Store) walks(ctx context.Context, day outing, at time.Time) ([]Walk, error) {
	days := []outing{day}
	grounds, err := newSurveyor(s.pool, s.grounds).groundsOf(ctx, days)
	if err != nil {
		return nil, err
	}
	var fixes []track.Fix
	if err := eachTrack(ctx, s.pool, days, at.Add(time.Microsecond), func(_ outing, f []track.Fix) { fixes = f }); err != nil {
		return nil, err
	}
	var walks []Walk
	for _, g := range grounds[day.mobile] {
		walks = append(walks, Walk{g.id, g.Explain(fixes, track.DefaultPolicy())})
	}
	return walks, nil
}
