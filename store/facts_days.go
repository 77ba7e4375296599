package store

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// patrols takes kilometres and hours, for a person and day from 里程, else from
// the track points: everybody's kilometres and the chiefs' hours are summed, of
// the members' hours the largest count.
func (c *collector) patrols(ctx context.Context) error {
	var date time.Time
	var km, chief, member decimal.Decimal
	return c.eachGrid(ctx, "patrols", `
		with walked as (
			select mobile, day, grid_id, km, hours from track_days
			where day between @from and @to and not (day = @as_of and mobile = any(@underway))
				and (@grids::text[] is null or grid_id = any(@grids))
			union all
			select * from jsonb_to_recordset(@so_far) so_far (mobile text, day date, grid_id text, km numeric, hours numeric)
		), given as (
			select mobile, day, grid_id, km, hours from patrols
			where day between @from and @to
				and (@grids::text[] is null or grid_id = any(@grids))
			union all
			select * from walked w
			where not exists (select from patrols p where p.mobile = w.mobile and p.day = w.day)
		)
		select grid_id, day, sum(km),
			coalesce(sum(hours) filter (where role = '网格长'), 0),
			coalesce(max(hours) filter (where role = '网格员'), 0)
		from given join people using (mobile)
		group by grid_id, day`,
		[]any{&date, &km, &chief, &member}, func(d *draft) {
			day := c.day(d, calendar.DateOf(date))
			day.Km, day.ChiefHours, day.MemberHours = km, chief, member
		})
}

// visits counts the visits with a photo by chiefs and members.
func (c *collector) visits(ctx context.Context) error {
	var date time.Time
	var chief, member int
	return c.eachGrid(ctx, "visits", `
		select grid_id, (visited_at at time zone 'Asia/Shanghai')::date,
			count(*) filter (where role = '网格长'), count(*) filter (where role = '网格员')
		from visits join people using (mobile)
		where visited_at >= @start and visited_at < @end and visited_at <= @at
			and photos >= 1 and role in ('网格长', '网格员')
			and (@grids::text[] is null or grid_id = any(@grids))
		group by 1, 2`,
		[]any{&date, &chief, &member}, func(d *draft) {
			day := c.day(d, calendar.DateOf(date))
			day.ChiefVisits, day.MemberVisits = chief, member
		})
}

// reports counts the valid reports of each category.
func (c *collector) reports(ctx context.Context) error {
	var date time.Time
	var category scoring.Category
	var n int
	return c.eachGrid(ctx, "reports", `
		select grid_id, (reported_at at time zone 'Asia/Shanghai')::date, category, count(*)
		from items
		where reported_at >= @start and reported_at < @end and reported_at <= @at
			and status = '有效'
			and (@grids::text[] is null or grid_id = any(@grids))
		group by 1, 2, 3`,
		[]any{&date, &category, &n}, func(d *draft) {
			day := c.day(d, calendar.DateOf(date))
			if day.Reports == nil {
				day.Reports = map[scoring.Category]int{}
			}
			day.Reports[category] = n
		})
}

// hazardSites counts, for each day of the month, the sites on the list.
func (c *collector) hazardSites(ctx context.Context) error {
	var first, last time.Time
	return c.eachGrid(ctx, "hazard sites", `
		select grid_id, greatest(listed_on, @first), least(unlisted_on - 1, @last, @as_of)
		from hazard_sites
		where (listed_on is null or listed_on <= least(@last::date, @as_of::date))
			and (unlisted_on is null or unlisted_on > @first)
			and (@grids::text[] is null or grid_id = any(@grids))`,
		[]any{&first, &last}, func(d *draft) {
			for date := calendar.DateOf(first); date <= calendar.DateOf(last); date++ {
				c.day(d, date).HazardSitesDue++
			}
		})
}

// hazardSitesVisited counts those of them that somebody visited on the day.
func (c *collector) hazardSitesVisited(ctx context.Context) error {
	var date time.Time
	var n int
	return c.eachGrid(ctx, "hazard sites visited", `
		with seen as (
			select distinct watched, grid_id, (visited_at at time zone 'Asia/Shanghai')::date as day
			from visits
			where visited_at >= @month_start and visited_at < @month_end and visited_at <= @at
				and photos >= 1 and watched is not null
				and (@grids::text[] is null or grid_id = any(@grids))
		)
		select site.grid_id, day, count(*)
		from seen join hazard_sites site on site.number = watched and site.grid_id = seen.grid_id
		where (listed_on is null or listed_on <= day) and (unlisted_on is null or day < unlisted_on)
		group by 1, 2`,
		[]any{&date, &n}, func(d *draft) {
			c.day(d, calendar.DateOf(date)).HazardSitesVisited = n
		})
}
