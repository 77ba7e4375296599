package store

import (
	"context"

	"github.com/nanxiashu/gridbot/scoring"
)

// meetings counts absences and late arrivals of the grid's chief and members,
// the only people who have grids; leave (请假) costs nothing.
func (c *collector) meetings(ctx context.Context) error {
	var m scoring.Meetings
	return c.eachGrid(ctx, "meetings", `
		select grid_id, count(*) filter (where status = '缺席'), count(*) filter (where status = '迟到')
		from meetings join people using (mobile) cross join unnest(grids) grid_id
		where held_on between @first and least(@last::date, @as_of::date)
			and status in ('缺席', '迟到')
			and (@grids::text[] is null or grid_id = any(@grids))
		group by 1`,
		[]any{&m.Absent, &m.Late}, func(d *draft) { d.facts.Meetings = m })
}

// households counts what was collected in the month, what of it was entered
// before the month's end, and what of that is complete.
func (c *collector) households(ctx context.Context) error {
	var h scoring.Households
	return c.eachGrid(ctx, "households", `
		with seen as (
			select grid_id, complete, entered_at < @month_end and entered_at <= @at as entered
			from collections
			where month = @first and collected_at <= @at
				and (@grids::text[] is null or grid_id = any(@grids))
		)
		select grid_id, count(*), count(*) filter (where entered), count(*) filter (where entered and complete)
		from seen
		group by 1`,
		[]any{&h.Collected, &h.Entered, &h.Complete}, func(d *draft) {
			h.Total = d.facts.Households.Total
			d.facts.Households = h
		})
}

// findings counts the centre's findings of the month.
func (c *collector) findings(ctx context.Context) error {
	var kind string
	var n int
	return c.eachGrid(ctx, "findings", `
		select grid_id, kind, count(*)
		from findings
		where found_on between @first and least(@last::date, @as_of::date)
			and (@grids::text[] is null or grid_id = any(@grids))
		group by 1, 2`,
		[]any{&kind, &n}, func(d *draft) { addFindings(d.facts, kind, n) })
}

func addFindings(f *scoring.Facts, kind string, n int) {
	switch kind {
	case "脱管漏管":
		f.Findings.LostControl += n
	case "人员缺漏":
		f.Control.Unlisted += n
	case "不主动报送":
		f.Findings.NotProactive += n
	case "应急迟报", "应急瞒报", "应急漏报":
		f.Findings.Emergency += n
	case "严重后果":
		f.Findings.EmergencySerious += n
	case "弄虚作假":
		f.Findings.Falsified += n
	case "相互推诿":
		f.Findings.Shirking += n
	case "推诿上交":
		f.Findings.ImproperEscalation += n
	case "区级录用":
		f.Adopted += n
	}
}
