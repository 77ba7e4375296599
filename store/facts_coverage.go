package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
)

// coveredIn is in how many duty days the tracks have to cover the grid.
const coveredIn = 5

// coverage measures, on every duty day, the share of the grid's cells that the
// tracks of that and the four duty days before it touched, where each of the
// five has track points.
func (c *collector) coverage(ctx context.Context, options Options) error {
	first, before := c.from, make([][]calendar.Date, len(c.drafts))
	for i, d := range c.drafts {
		before[i] = c.dutyDaysBefore(d, options)
		if len(before[i]) > 0 {
			first = min(first, before[i][0])
		}
	}
	touched, err := c.touched(ctx, first)
	if err != nil {
		return err
	}
	for i, d := range c.drafts {
		if cells := touched[d.facts.GridID]; cells != nil {
			c.cover(d, slices.Concat(before[i], d.facts.DutyDays), cells)
		}
	}
	return nil
}

// dutyDaysBefore returns the last duty days of the grid before the first day
// collected, as many as its coverage looks back on; fewer where it is not known
// which they are.
func (c *collector) dutyDaysBefore(d *draft, options Options) []calendar.Date {
	var days []calendar.Date
	for day := c.from - 1; len(days) < coveredIn-1; day-- {
		duty, err := options.isDutyDay(day)
		if err != nil {
			break
		}
		if duty && !contains(c.exempt.street, day) && !contains(c.exempt.ofGrid[d.facts.GridID], day) {
			days = append(days, day)
		}
	}
	slices.Reverse(days)
	return days
}

// cover writes the coverage of the duty days that have come.
func (c *collector) cover(d *draft, dutyDays []calendar.Date, touched map[calendar.Date]track.Cells) {
	for i := coveredIn; i <= len(dutyDays); i++ {
		day := dutyDays[i-1]
		if day < c.from || day > c.asOf {
			continue
		}
		if share, ok := shareOf(touched, dutyDays[i-coveredIn:i]); ok {
			c.day(d, day).Coverage = &share
		}
	}
}

// shareOf returns the share of the cells touched on the days; none where one of
// the days has no track points.
func shareOf(touched map[calendar.Date]track.Cells, days []calendar.Date) (decimal.Decimal, bool) {
	var all track.Cells
	for _, day := range days {
		cells, ok := touched[day]
		if !ok {
			return decimal.Decimal{}, false
		}
		all, _ = all.Union(cells) // no error: they are of one ground
	}
	return all.Share()
}

// coverings are the cells of each grid that were touched on each day.
type coverings map[string]map[calendar.Date]track.Cells

func (t coverings) add(grid string, day calendar.Date, cells track.Cells) (err error) {
	if t[grid] == nil {
		t[grid] = map[calendar.Date]track.Cells{}
	}
	if t[grid][day], err = t[grid][day].Union(cells); err != nil {
		return fmt.Errorf("coverage of %s: %w", grid, err)
	}
	return nil
}

// touched returns the cells of each grid with a boundary that its people
// touched, on the days on which there are track points of theirs.
func (c *collector) touched(ctx context.Context, first calendar.Date) (coverings, error) {
	traces, err := c.traces(ctx, first)
	if err != nil {
		return nil, err
	}
	boundaries := map[string]string{}
	for _, t := range traces {
		boundaries[t.grid] = t.boundary
	}
	grounds, err := c.grounds.look(ctx, c.tx, boundaries)
	if err != nil {
		return nil, err
	}
	all := coverings{}
	for _, t := range traces {
		cells, err := cellsOn(grounds[t.boundary], t.cells)
		if err == nil {
			err = all.add(t.grid, t.day, cells)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, o := range c.soFar {
		if o.boundary == "" {
			continue
		}
		if err := all.add(o.grid, o.day, o.Cells); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func cellsOn(g *track.Ground, text []byte) (track.Cells, error) {
	if g == nil {
		return track.Cells{}, track.ErrCells
	}
	return g.UnmarshalCells(text)
}

// trace is what somebody touched of a grid on a day.
type trace struct {
	grid     string
	boundary string // its md5
	day      calendar.Date
	cells    []byte
}

func (c *collector) traces(ctx context.Context, first calendar.Date) (traces []trace, err error) {
	var t trace
	var day time.Time
	c.args["covered_from"] = first.UTC()
	err = c.each(ctx, "coverage", `
		select grid_id, ground, day, cells from track_days
		where day between @covered_from and @to and ground is not null
			and not (day = @as_of and mobile = any(@underway))
			and (@grids::text[] is null or grid_id = any(@grids))`,
		[]any{&t.grid, &t.boundary, &day, &t.cells}, func() {
			t.day = calendar.DateOf(day)
			traces = append(traces, t)
		})
	return traces, err
}
