package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// PeriodPerson is a stability person (稳控对象) of a special period, and how often
// somebody called on them on a day.
type PeriodPerson struct {
	Period string // 时段编号
	GridID string
	Number string // 对象编号; "" where there is no key to it
	Name   string // personal, and never for a group, a log or an error; "" where there is no key to it
	Visits int    // with a photo, of the person's own grid
}

// PeriodPersons returns the stability persons of the special periods that run on
// the day of a moment, with that day's visits up to it; by period, grid and number.
// Who is a period's is decided as for the facts.
func (s *Store) PeriodPersons(ctx context.Context, at time.Time) ([]PeriodPerson, error) {
	const doing = "visits in a special period"
	p, err := s.readable(ctx)
	if err != nil {
		return nil, err
	}
	day := calendar.DateOf(at)
	rows, err := s.pool.Query(ctx, `
		with `+persons+`, seen as (
			select watched, grid_id, count(*) as visits
			from visits
			where visited_at >= @start and visited_at <= @at and photos >= 1 and watched is not null
			group by 1, 2
		)
		select period.id, period.starts_on, person.grid_id, person.number, concern.name, coalesce(seen.visits, 0)
		from special_periods period
			join persons person on person.category in (`+stabilityCategories+`)
				and listed_on <= ends_on and unlisted_on > starts_on
			join persons_of_concern concern on concern.number = person.number
			left join seen on seen.watched = person.number and seen.grid_id = person.grid_id
		where @as_of between starts_on and ends_on`,
		pgx.NamedArgs{"at": at, "start": day.Start(), "as_of": day.UTC(), "grids": []string(nil)})
	if err != nil {
		return nil, failed(doing, err)
	}
	var those []PeriodPerson
	var one PeriodPerson
	var start time.Time
	var number string
	var name []byte
	starts := map[string]time.Time{}
	_, err = pgx.ForEachRow(rows, []any{&one.Period, &start, &one.GridID, &number, &name, &one.Visits}, func() error {
		starts[one.Period] = start
		one.Number, one.Name = p.who(number, name)
		those = append(those, one)
		return nil
	})
	slices.SortFunc(those, func(a, b PeriodPerson) int { // the database knows no order of numbers
		return cmp.Or(starts[a.Period].Compare(starts[b.Period]), cmp.Compare(a.Period, b.Period),
			cmp.Compare(a.GridID, b.GridID), cmp.Compare(a.Number, b.Number))
	})
	return those, failed(doing, err)
}
