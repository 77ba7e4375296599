package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// PeriodPerson is a stability person (稳控对象) of a special period, and how often
// somebody called on them on a day.
type PeriodPerson struct {
	Period string // 时段编号
	GridID string
	Number string // 对象编号
	Name   string // personal, and never for a group, a log or an error; "" where there is no key to it
	Visits int    // with a photo, of the person's own grid
}

// PeriodPersons returns the stability persons of the special periods that run on
// the day of a moment, with that day's visits up to it; by period, grid and number.
// Who is a period's is decided as for the facts.
func (s *Store) PeriodPersons(ctx context.Context, at time.Time) ([]PeriodPerson, error) {
	const doing = "visits in a special period"
	day := calendar.DateOf(at)
	rows, err := s.pool.Query(ctx, `
		with `+persons+`, seen as (
			select watched, grid_id, count(*) as visits
			from visits
			where visited_at >= @start and visited_at <= @at and photos >= 1 and watched is not null
			group by 1, 2
		)
		select period.id, person.grid_id, person.number, concern.name, coalesce(seen.visits, 0)
		from special_periods period
			join persons person on person.category in (`+stabilityCategories+`)
				and listed_on <= ends_on and unlisted_on > starts_on
			join persons_of_concern concern on concern.number = person.number
			left join seen on seen.watched = person.number and seen.grid_id = person.grid_id
		where @as_of between starts_on and ends_on
		order by period.starts_on, period.id collate "C", 2, person.number collate "C"`,
		pgx.NamedArgs{"at": at, "start": day.Start(), "as_of": day.UTC(), "grids": []string(nil)})
	if err != nil {
		return nil, failed(doing, err)
	}
	var those []PeriodPerson
	var one PeriodPerson
	var sealed []byte
	_, err = pgx.ForEachRow(rows, []any{&one.Period, &one.GridID, &one.Number, &sealed, &one.Visits}, func() error {
		one.Name = s.openName(one.Number, sealed)
		those = append(those, one)
		return nil
	})
	return those, failed(doing, err)
}

// openName is the name of a person of concern, "" where it cannot be read: the
// number says who is meant, and a reminder must not fail for a name.
func (s *Store) openName(number string, sealed []byte) string {
	names := s.sealedNames()
	if names == nil || len(sealed) == 0 {
		return ""
	}
	name, _ := names.Open(number, sealed)
	return name
}
