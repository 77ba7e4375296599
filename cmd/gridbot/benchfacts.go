package main

import (
	"context"
	"fmt"
	"os"
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
		"Both are run in turns, and the median of each counts. " +
		"Aims: at most " + aimFacts + " of plain SQL, in at most " + aimFactsMemory + "; a grid of the largest street at most " +
		aimGrowth + " of one of a street of 100; one grid at most " + aimOneGrid + "."
}

const (
	aimFacts       = "3×"
	aimFactsMemory = "512 MiB"
	aimGrowth      = "1.25×"
	aimOneGrid     = "20 ms"
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
		took, plain, err := ground.compareFacts(ctx, house, grids)
		if err != nil {
			return err
		}
		aim := unmeasured // of a small street: it is done in a blink anyhow
		if grids == c.Grids {
			aim = "≤ " + aimFacts
		}
		figures = append(figures, figure{fmt.Sprintf("facts and scores of %d grids", grids), short(took), short(plain), times(took, plain), aim})
		if large = took / time.Duration(grids); small == 0 {
			small = large
		}
	}
	one, err := ground.compareOneGrid(ctx, house, settled)
	if err != nil {
		return err
	}
	return printFigures(g.out, append(figures,
		figure{"  peak memory", ownPeak(), unmeasured, unmeasured, "≤ " + aimFactsMemory},
		figure{"  cost of a grid, largest street : smallest", short(large), short(small), times(large, small), "≤ " + aimGrowth},
		one)...)
}

func (c *benchFacts) sizes() (sizes []int) {
	for n := 100; n < c.Grids; n *= 10 {
		sizes = append(sizes, n)
	}
	return append(sizes, c.Grids)
}

// ownPeak is the most memory that this process ever had.
func ownPeak() string {
	if kib := highWater(os.Getpid()); kib > 0 {
		return fmt.Sprintf("%d MiB", kib>>10)
	}
	return unmeasured // where there is no /proc
}

// scored returns how long it takes to make facts and scores, of all grids if
// none is given.
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

// compareFacts runs both often enough that the first run, which fills the
// database's own caches, does not count.
func (b *benchGround) compareFacts(ctx context.Context, h *house, grids int) (ours, plain time.Duration, err error) {
	tries := 5
	if grids <= 1000 {
		tries = 15 // of a small street they are short, and differ more
	}
	return medians(tries, func(int) (ours, plain time.Duration, err error) {
		if ours, err = h.scored(ctx, grids); err == nil {
			plain, err = b.countPlainly(ctx, "true")
		}
		return ours, plain, err
	})
}

// compareOneGrid takes grids all over the street.
func (b *benchGround) compareOneGrid(ctx context.Context, h *house, grids int) (figure, error) {
	const tries = 25
	took, plain, err := medians(tries, func(try int) (ours, plain time.Duration, err error) {
		id := benchGrid(1 + try*(grids-1)/tries)
		if ours, err = h.scored(ctx, 1, id); err == nil {
			plain, err = b.countPlainly(ctx, "grid_id = '"+id+"'")
		}
		return ours, plain, err
	})
	return figure{fmt.Sprintf("one grid of %d, median", grids), short(took), short(plain), times(took, plain), "≤ " + aimOneGrid}, err
}

// medians returns the median of what each of the two took.
func medians(tries int, once func(try int) (ours, plain time.Duration, err error)) (ours, plain time.Duration, err error) {
	all, yardsticks := make([]time.Duration, tries), make([]time.Duration, tries)
	for try := range tries {
		if all[try], yardsticks[try], err = once(try); err != nil {
			return 0, 0, err
		}
	}
	slices.Sort(all)
	slices.Sort(yardsticks)
	return all[tries/2], yardsticks[tries/2], nil
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
