package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// patrols takes kilometres and hours, for a person and day from 里程, else from
// the track points: everybody's kilometres and the chiefs' hours are summed, of
// the members' hours the largest count.
func (c *collector) patrols(ctx context.Context) error {
	var isChief, isMember bool
	var km, hours exact
	return c.eachDay(ctx, "patrols", `
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
		select grid_id, day - @from::date, role = '网格长', role = '网格员', km, coalesce(hours, 0)
		from given join people using (mobile)`,
		[]any{&isChief, &isMember, &km, &hours}, func(day *scoring.Day) {
			day.Km = day.Km.Add(km.Decimal())
			switch {
			case isChief:
				day.ChiefHours = day.ChiefHours.Add(hours.Decimal())
			case isMember:
				day.MemberHours = decimal.Max(day.MemberHours, hours.Decimal())
			}
		})
}

// exact is a numeric as it comes from the database. A decimal.Decimal takes it
// only as text, which costs three times as long.
type exact pgtype.Numeric

func (e *exact) ScanNumeric(n pgtype.Numeric) error {
	if !n.Valid || n.NaN || n.InfinityModifier != pgtype.Finite {
		return errors.New("a figure that is no number")
	}
	*e = exact(n)
	return nil
}

func (e *exact) Decimal() decimal.Decimal { return decimal.NewFromBigInt(e.Int, e.Exp) }

// visits counts the visits with a photo by chiefs and members.
func (c *collector) visits(ctx context.Context) error {
	var chief, member int
	return c.eachDay(ctx, "visits", `
		select grid_id, visited_at::date - @from::date,
			count(*) filter (where role = '网格长'), count(*) filter (where role = '网格员')
		from visits join people using (mobile)
		where visited_at >= @start and visited_at < @end and visited_at <= @at
			and photos >= 1 and role in ('网格长', '网格员')
			and (@grids::text[] is null or grid_id = any(@grids))
		group by 1, 2`,
		[]any{&chief, &member}, func(day *scoring.Day) {
			day.ChiefVisits, day.MemberVisits = chief, member
		})
}

// reports counts the valid reports of each category. A grid has few of one
// category on a day: counting them in the database would not save rows.
func (c *collector) reports(ctx context.Context) error {
	var category string
	return c.eachDay(ctx, "reports", `
		select grid_id, reported_at::date - @from::date, category
		from items
		where reported_at >= @start and reported_at < @end and reported_at <= @at
			and status = '有效'
			and (@grids::text[] is null or grid_id = any(@grids))`,
		[]any{&category}, func(day *scoring.Day) {
			if day.Reports == nil {
				day.Reports = map[scoring.Category]int{}
			}
			day.Reports[scoring.Category(category)]++
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
	var n int
	return c.eachDay(ctx, "hazard sites visited", `
		select site.grid_id, visited_at::date - @from::date, count(distinct site.number)
		from visits join hazard_sites site on site.number = watched and site.grid_id = visits.grid_id
		where visited_at >= @month_start and visited_at < @month_end and visited_at <= @at
			and photos >= 1
			and (listed_on is null or listed_on <= visited_at::date)
			and (unlisted_on is null or visited_at::date < unlisted_on)
			and (@grids::text[] is null or site.grid_id = any(@grids))
		group by 1, 2`,
		[]any{&n}, func(day *scoring.Day) { day.HazardSitesVisited = n })
}
