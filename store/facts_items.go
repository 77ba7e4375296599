package store

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// disposal counts the items due in the month by how they stand at the cut.
// Falsified ones are none; rejected ones must be disposed of all the same.
func (c *collector) disposal(ctx context.Context, through calendar.Date) error {
	c.args["cut"] = c.cut(through)
	var i scoring.Disposal
	return c.eachGrid(ctx, "items due", `
		with due as (
			select grid_id, reworks, by_grid, disposed_at < @cut is true as disposed, case
				when disposed_at < @cut and disposed_at <= deadline then 'on time'
				when disposed_at < @cut and disposed_at <= extended_deadline then 'extended'
				when disposed_at < @cut then 'overdue'
				when constrained and (constrained_at is null or constrained_at < @cut) then 'constrained'
				when due_at < @cut then 'overdue open'
				else 'open' end as state
			from items
			where due_at >= @month_start and due_at < @month_end
				and reported_at <= @at
				and status <> '虚假'
				and (@grids::text[] is null or grid_id = any(@grids))
		)
		select grid_id,
			count(*) filter (where state = 'on time'), count(*) filter (where state = 'extended'),
			count(*) filter (where state = 'overdue'), count(*) filter (where state = 'constrained'),
			coalesce(sum(reworks), 0), count(*) filter (where state = 'overdue open'),
			count(*) filter (where state = 'open'), count(*) filter (where disposed and by_grid)
		from due
		group by 1`,
		[]any{&i.OnTime, &i.Extended, &i.Overdue, &i.Constrained, &i.Rework, &i.OverdueOpen, &i.Open, &i.InGrid},
		func(d *draft) { d.facts.Disposal = i })
}

// cut is the moment at which items are judged: now, or the end of the month, or
// the end of the day through which items are complete, whichever is first.
func (c *collector) cut(through calendar.Date) time.Time {
	ends := []calendar.Date{c.month.Last(), through}
	if through.IsZero() {
		ends[1] = c.month.First() - 1
	}
	cut := c.at
	for _, end := range ends {
		if next := (end + 1).Start(); next.Before(cut) {
			cut = next
		}
	}
	return cut
}
