package store

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// surveyor measures what people's track points come to on the grounds of their
// grids.
type surveyor struct {
	q       querier
	grounds *groundBook
}

func newSurveyor(q querier, grounds *groundBook) *surveyor { return &surveyor{q, grounds} }

// trackDay is what a day's points come to on the ground of one grid.
type trackDay struct {
	outing
	grid     string // its id, "" for a person without one
	boundary string // the md5 of its boundary, "" where there is none
	track.Day
}

// measure measures the days that have points, each on every grid of the person.
// Points from the moment until on are left out.
func (s *surveyor) measure(ctx context.Context, days []outing, until time.Time) ([]trackDay, error) {
	grounds, err := s.groundsOf(ctx, days)
	if err != nil {
		return nil, err
	}
	policy := track.DefaultPolicy()
	var measured []trackDay
	err = eachTrack(ctx, s.q, days, until, func(o outing, fixes []track.Fix) {
		for _, g := range grounds[o.mobile] {
			measured = append(measured, trackDay{o, g.id, g.boundary, g.Measure(fixes, policy)})
		}
	})
	return measured, err
}

// ground is a grid to be measured on.
type ground struct {
	id       string
	boundary string // its md5; "" = none
	*track.Ground
}

// groundsOf returns the grounds of everybody whose days they are: the whole
// world for those without a grid.
func (s *surveyor) groundsOf(ctx context.Context, days []outing) (map[string][]ground, error) {
	mobiles := make([]string, len(days))
	for i, d := range days {
		mobiles[i] = d.mobile
	}
	rows, err := s.q.Query(ctx, `
		select mobile, coalesce(g.id, ''), coalesce(md5(g.boundary), '')
		from people left join grids g on g.id = any(grids)
		where mobile = any($1) order by 1, 2`, slices.Compact(mobiles))
	if err != nil {
		return nil, err
	}
	own, boundaries := map[string][]ground{}, map[string]string{}
	var mobile string
	var g ground
	if _, err := pgx.ForEachRow(rows, []any{&mobile, &g.id, &g.boundary}, func() error {
		own[mobile] = append(own[mobile], g)
		boundaries[g.id] = g.boundary
		return nil
	}); err != nil {
		return nil, err
	}
	grounds, err := s.grounds.look(ctx, s.q, boundaries)
	for _, some := range own {
		for i := range some {
			some[i].Ground = grounds[some[i].boundary]
		}
	}
	return own, err
}

// forever is a moment after all track points.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// eachTrack calls take with the points of each of the days, those without a
// point left out, up to the moment until. The slice is used again for the next.
func eachTrack(ctx context.Context, q querier, days []outing, until time.Time, take func(outing, []track.Fix)) error {
	mobiles, starts, ends := make([]string, len(days)), make([]time.Time, len(days)), make([]time.Time, len(days))
	for i, d := range days {
		mobiles[i], starts[i], ends[i] = d.mobile, d.day.Start(), (d.day + 1).Start()
		if until.Before(ends[i]) {
			ends[i] = until
		}
	}
	// offset 0 keeps the planner from anything else than looking up day by day:
	// nothing else is right among a year's points.
	rows, err := q.Query(ctx, `
		select n, at, longitude, latitude, coalesce(accuracy, 0)
		from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) with ordinality outing (mobile, start, until, n),
			lateral (
				select at, longitude, latitude, accuracy from track_points
				where mobile = outing.mobile and at >= start and at < until offset 0
			) point
		order by n`, mobiles, starts, ends)
	if err != nil {
		return err
	}
	var fixes []track.Fix
	var n, current int
	var f track.Fix
	hand := func() {
		if len(fixes) > 0 {
			take(days[current-1], fixes)
		}
		fixes, current = fixes[:0], n
	}
	if _, err := pgx.ForEachRow(rows, []any{&n, &f.At, &f.Place.Lon, &f.Place.Lat, &f.Accuracy}, func() error {
		if n != current {
			hand()
		}
		fixes = append(fixes, f)
		return nil
	}); err != nil {
		return err
	}
	hand()
	return nil
}
