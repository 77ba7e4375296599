package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// What was computed from records is good until they change. How far a change
// reaches is known from the rows that an import writes and from those that they
// replace: some months of some grids, or all of them.

// Version is a state of the records.
type Version struct {
	Records int64 // grows with every change
	Street  int64 // what Records was after the last change that counts for every grid in every month
}

// Version returns the state of the records. What is read after it is not older.
func (s *Store) Version(ctx context.Context) (Version, error) {
	asked, err := s.rounds.askers.ask(ctx, "")
	return asked.Version, failed("version of the records", err)
}

// MonthChanges are what has changed in a month.
type MonthChanges struct {
	Version          // of the records, with these changes
	Month   int64    // what Records was after the last change that counts for the month
	Grids   []string // ids: whose records of the month have changed; all others' too if Street has
}

// MonthChanges returns what has changed in a month since the records were of a
// version; [math.MaxInt64] asks for the versions alone.
func (s *Store) MonthChanges(ctx context.Context, month calendar.Month, since int64) (MonthChanges, error) {
	c, err := readMonthChanges(ctx, s.pool, month, since)
	return c, failed("changes of "+month.String(), err)
}

func readMonthChanges(ctx context.Context, q querier, month calendar.Month, since int64) (c MonthChanges, err error) {
	rows, err := q.Query(ctx, `
		select version, street,
			greatest(street, (select max(version) from grid_versions where month in ($1, '-infinity'))),
			array(select distinct grid_id from grid_versions where month in ($1, '-infinity') and version > $2)
		from records_version`, month.First().UTC(), since)
	if err != nil {
		return c, err
	}
	_, err = pgx.ForEachRow(rows, []any{&c.Records, &c.Street, &c.Month, &c.Grids}, func() error { return nil })
	return c, err
}

// touched says in which days of which grid the rows of a table count: a query
// over rows %s that selects the grid's id and the first and last day. A grid
// without days is touched in every month; nil = rows of the table count for
// every grid.
type touched []string

const shanghaiDay = `(%s at time zone 'Asia/Shanghai')::date`

// touchedOn is for rows of a grid that count on a day.
func touchedOn(grid, day string) string {
	return fmt.Sprintf(`select %s, %s, %s from %%s r`, grid, day, day)
}

func touchedAt(grid, moment string) string {
	return touchedOn(grid, fmt.Sprintf(shanghaiDay, moment))
}

// withinMonth is a day of the same month whose week lies in it, for what counts
// by the month alone.
func withinMonth(day string) string { return fmt.Sprintf(`date_trunc('month', %s)::date + 14`, day) }

// touchedWith is for rows of a person that count on a day in each of the
// person's grids.
func touchedWith(day string) string {
	return fmt.Sprintf(`select g, %s, %s from %%s r join people using (mobile) cross join unnest(grids) g`, day, day)
}

// touchedAlways is for rows of a grid that may count in any month.
const touchedAlways = `select grid_id, null::date, null::date from %s r`

// touch raises the versions of what the changes touched: all of the street if
// one of its sheets now reaches further.
func (l *load) touch(ctx context.Context, tx pgx.Tx, c changes, further bool) error {
	everything := further || l.touches == nil
	if _, err := tx.Exec(ctx, `
		update records_version set version = version + 1, street = case when $1 then version + 1 else street end`,
		everything); err != nil {
		return err
	}
	if everything || !c.any() {
		return nil
	}
	_, err := tx.Exec(ctx, l.touching())
	return err
}

// touching is the statement that raises the versions of months of grids, by the
// rows that were written and those that they replaced. Weeks count whole: a day
// touches the months of its Monday and its Sunday.
func (t *table) touching() string {
	written := `(
		select s.* from stage s left join known k using (row)
		where not s.withdrawn and (k.row is null or k.before is not null))`
	replaced := fmt.Sprintf(`(
		select r.* from known k, jsonb_populate_record(null::%s, k.before) r where k.before is not null)`, t.name)
	var parts []string
	for _, query := range t.touches {
		parts = append(parts, fmt.Sprintf(query, written), fmt.Sprintf(query, replaced))
	}
	return fmt.Sprintf(`
		with touched (grid_id, first, last) as (%s),
		months as (
			select distinct grid_id, coalesce(month::date, '-infinity') as month
			from touched left join lateral generate_series(
				date_trunc('month', date_trunc('week', first)),
				date_trunc('week', last) + interval '6 days', interval '1 month') month on true
			where grid_id is not null
		), street as (
			update records_version set street = version where exists (select from touched where grid_id is null)
		)
		insert into grid_versions (grid_id, month, version)
		select grid_id, month, version from months, records_version
		on conflict (month, grid_id) do update set version = excluded.version`,
		strings.Join(parts, " union "))
}
