package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/store"
)

type benchFacts struct {
	Grids int `default:"10000" help:"How many grids the street has."`
}

// Help is shown by --help.
func (c *benchFacts) Help() string {
	return "A month of the whole street, from the records to facts and scores, with 90 visits, 90 items and a patrol a day for " +
		"each grid; then what a grid costs as the street grows, and what one grid alone costs, as for an answer that no cache " +
		"holds. The yardstick is one plain SQL statement that counts the same records by grid and day, without any rule. " +
		"Aims: at most " + aimFacts + " of plain SQL; a grid of the largest street at most " + aimGrowth +
		" of one of a street of 100; one grid at most " + aimOneGrid + "."
}

const (
	aimFacts   = "3×"
	aimGrowth  = "1.5×"
	aimOneGrid = "30 ms"
)

// Run measures streets that grow tenfold from 100 grids.
func (c *benchFacts) Run(ctx context.Context, g *globals) error {
	ground, err := openBenchGround(ctx)
	if err != nil {
		return err
	}
	defer ground.close()
	house, err := furnish(ctx, &config.Config{DatabaseURL: ground.url})
	if err != nil {
		return err
	}
	defer house.close()
	var figures []figure
	var small, large time.Duration // what a grid costs
	settled := 0
	for _, grids := range c.sizes() {
		if err := ground.settle(ctx, settled+1, grids); err != nil {
			return err
		}
		if err := ground.month(ctx, benchMonth, settled+1, grids); err != nil {
			return err
		}
		settled = grids
		f, took, err := ground.compareFacts(ctx, house, grids)
		if err != nil {
			return err
		}
		figures = append(figures, f)
		if large = took / time.Duration(grids); small == 0 {
			small = large
		}
	}
	growth := figure{"  cost of a grid, largest street : smallest", short(large), short(small), times(large, small), "≤ " + aimGrowth}
	one, err := ground.compareOneGrid(ctx, house, settled)
	if err != nil {
		return err
	}
	return printFigures(g.out, append(figures, growth, one)...)
}

func (c *benchFacts) sizes() (sizes []int) {
	for n := 100; n < c.Grids; n *= 10 {
		sizes = append(sizes, n)
	}
	return append(sizes, c.Grids)
}

// scored returns how long it takes to make facts and scores.
func (h *house) scored(ctx context.Context, want int, grids ...string) (time.Duration, error) {
	began := time.Now()
	facts, err := h.store.Facts(ctx, store.FactsQuery{Month: benchMonth, At: benchNow, Grids: grids})
	if err != nil {
		return 0, err
	}
	for _, f := range facts {
		if _, err := scoring.Evaluate(h.rules, f); err != nil {
			return 0, err
		}
	}
	if len(facts) != want {
		return 0, fmt.Errorf("bench: facts of %d grids, not of %d", len(facts), want)
	}
	return time.Since(began), nil
}

// compareFacts takes the second of two runs of both: the first fills the
// database's own caches.
func (b *benchGround) compareFacts(ctx context.Context, h *house, grids int) (f figure, took time.Duration, err error) {
	var bare time.Duration
	for range 2 {
		if took, err = h.scored(ctx, grids); err != nil {
			return f, 0, err
		}
		if bare, err = b.countPlainly(ctx, "true"); err != nil {
			return f, 0, err
		}
	}
	return figure{fmt.Sprintf("facts and scores of %d grids", grids), short(took), short(bare), times(took, bare), "≤ " + aimFacts}, took, nil
}

// compareOneGrid takes the median of grids all over the street.
func (b *benchGround) compareOneGrid(ctx context.Context, h *house, grids int) (figure, error) {
	const tries = 25
	var ours, bare []time.Duration
	for i := range tries {
		id := benchGrid(1 + i*(grids-1)/tries)
		took, err := h.scored(ctx, 1, id)
		if err != nil {
			return figure{}, err
		}
		plain, err := b.countPlainly(ctx, "grid_id = '"+id+"'")
		if err != nil {
			return figure{}, err
		}
		ours, bare = append(ours, took), append(bare, plain)
	}
	slices.Sort(ours)
	slices.Sort(bare)
	took, plain := ours[tries/2], bare[tries/2]
	return figure{fmt.Sprintf("one grid of %d, median", grids), short(took), short(plain), times(took, plain), "≤ " + aimOneGrid}, nil
}

// plainCount counts the month's records by grid and day; :only says of which grids.
const plainCount = `
	select grid_id, (visited_at at time zone 'Asia/Shanghai')::date, count(*)::numeric from visits
		where visited_at >= '2026-09-28 00:00+08' and visited_at < '2026-11-02 00:00+08' and :only group by 1, 2
	union all select grid_id, (reported_at at time zone 'Asia/Shanghai')::date, count(*) from items
		where reported_at >= '2026-09-28 00:00+08' and reported_at < '2026-11-02 00:00+08' and :only group by 1, 2
	union all select grid_id, day, sum(km) from patrols where day between '2026-09-28' and '2026-11-01' and :only group by 1, 2
	union all select grid_id, null, count(*) from persons_of_concern where :only group by 1
	union all select grid_id, null, count(*) from hazard_sites where :only group by 1`

// countPlainly is the yardstick of facts, with its rows taken over.
func (b *benchGround) countPlainly(ctx context.Context, only string) (time.Duration, error) {
	began := time.Now()
	rows, err := b.pool.Query(ctx, strings.ReplaceAll(plainCount, ":only", only))
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	for rows.Next() {
		if _, err := rows.Values(); err != nil {
			return 0, fmt.Errorf("bench: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	return time.Since(began), nil
}
