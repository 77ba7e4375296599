package store

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// persons are the persons of concern as the moment of the facts knows them: on
// the list from listed_on on, before unlisted_on. A listing or an unlisting of a
// later day is a record of a later moment.
//
// A person counts as visited, by whomever, through a visit with a photo of the
// person's own grid.
const persons = `
	persons as (
		select number, grid_id, category, key, archived,
			coalesce(listed_on, '-infinity') as listed_on,
			case when unlisted_on <= @as_of then unlisted_on else 'infinity' end as unlisted_on
		from persons_of_concern
		where (listed_on is null or listed_on <= @as_of)
			and (unlisted_on > listed_on) is not false -- else on the list for no day
			and (@grids::text[] is null or grid_id = any(@grids))
	)`

// stabilityCategories are those of the stability persons of a special period.
const stabilityCategories = `'邪教人员', '社区矫正人员', '涉毒人员', '重点上访人员'`

// keyPersons counts the key persons due in each week of the month that has
// begun, and those visited. Due is who is on the list for the whole week.
func (c *collector) keyPersons(ctx context.Context) error {
	var week, due, visited int
	return c.eachGrid(ctx, "key persons", `
		with `+persons+`, weeks as (
			select n as week, @from::date + 7 * n as monday, @from::date + 7 * n + 6 as sunday
			from generate_series(0, 5) n
			where @from::date + 7 * n + 6 <= @last and @from::date + 7 * n <= @as_of
		), seen as (
			select distinct watched, grid_id, (visited_at::date - @from::date) / 7 as week
			from visits
			where visited_at >= @start and visited_at < @month_end and visited_at <= @at
				and photos >= 1 and watched in (select number from persons where key)
				and (@grids::text[] is null or grid_id = any(@grids))
		)
		select person.grid_id, weeks.week, count(*), count(seen.watched)
		from persons person
			join weeks on listed_on <= weeks.monday and unlisted_on > weeks.sunday
			left join seen on seen.week = weeks.week and seen.watched = person.number and seen.grid_id = person.grid_id
		where key
		group by 1, 2
		order by 1, 2`,
		[]any{&week, &due, &visited}, func(d *draft) {
			d.facts.KeyPersons = append(d.facts.KeyPersons,
				scoring.KeyWeek{Week: c.from + calendar.Date(7*week), Due: due, Visited: visited})
		})
}

// monthlyPersons counts who is due once a month: special and care persons on the
// list for at least 15 days of it (which the whole month always is), and the
// controlled persons on it on any day, with what they lack.
func (c *collector) monthlyPersons(ctx context.Context) error {
	var f scoring.Facts
	return c.eachGrid(ctx, "persons of concern", `
		with `+persons+`, seen as (
			select watched, grid_id, bool_or(control) as recorded
			from visits
			where visited_at >= @month_start and visited_at < @month_end and visited_at <= @at
				and photos >= 1 and watched is not null
				and (@grids::text[] is null or grid_id = any(@grids))
			group by 1, 2
		), listed as (
			select number, grid_id, archived,
				category = '关爱对象' as care,
				not key or category = '关爱对象' as special,
				least(unlisted_on - 1, @last) - greatest(listed_on, @first) + 1 as days
			from persons
			where listed_on <= @last and unlisted_on > @first
		)
		select listed.grid_id,
			count(*) filter (where special and days >= 15),
			count(seen.watched) filter (where special and days >= 15),
			count(*) filter (where not care),
			count(*) filter (where not care and not archived),
			count(*) filter (where not care and recorded is not true)
		from listed left join seen on seen.watched = listed.number and seen.grid_id = listed.grid_id
		group by 1`,
		[]any{&f.SpecialPersons.Due, &f.SpecialPersons.Visited,
			&f.Control.Persons, &f.Control.WithoutArchive, &f.Control.WithoutRecord}, func(d *draft) {
			d.facts.SpecialPersons, d.facts.Control = f.SpecialPersons, f.Control
		})
}

// specialPeriods takes the special periods that start in the month, also later
// in it, with what each grid has prepared. Without a row of 稳控 that is nothing.
func (c *collector) specialPeriods(ctx context.Context) error {
	var p scoring.SpecialPeriod
	var start, end time.Time
	return c.eachGrid(ctx, "special periods", `
		with `+persons+`, stability as (
			select period.id, person.grid_id, count(*) as persons
			from special_periods period join persons person
				on category in (`+stabilityCategories+`)
				and listed_on <= ends_on and unlisted_on > starts_on
			where starts_on between @first and @last
			group by 1, 2
		)
		select grids.id, period.name, starts_on, ends_on, coalesce(stability.persons, 0),
			coalesce(roster, false), coalesce(plan, false), coalesce(responsible, false)
		from special_periods period cross join grids
			left join stability on stability.id = period.id and stability.grid_id = grids.id
			left join readiness on readiness.period_id = period.id and readiness.grid_id = grids.id
		where starts_on between @first and @last
			and (@grids::text[] is null or grids.id = any(@grids))
		order by starts_on, period.id collate "C"`,
		[]any{&p.Name, &start, &end, &p.StabilityPersons, &p.Roster, &p.Plan, &p.Responsible}, func(d *draft) {
			p.Start, p.End = calendar.DateOf(start), calendar.DateOf(end)
			d.facts.SpecialPeriods = append(d.facts.SpecialPeriods, p)
		})
}
