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

// MonthVersion returns a number that grows with every change of records that
// counts for any grid in the month: what was computed of the whole street stays
// good as long as it is the same.
func (s *Store) MonthVersion(ctx context.Context, month calendar.Month) (int64, error) {
	version, err := readVersion(ctx, s.pool, "", month)
	return version, failed("version of "+month.String(), err)
}

// GridVersion returns a number that grows with every change of records that
// counts for the grid in the month.
func (s *Store) GridVersion(ctx context.Context, grid string, month calendar.Month) (int64, error) {
	version, err := readVersion(ctx, s.pool, grid, month)
	return version, failed("version of a grid in "+month.String(), err)
}

// readVersion reads the version of one grid, or of all ("").
func readVersion(ctx context.Context, q querier, grid string, month calendar.Month) (int64, error) {
	rows, err := q.Query(ctx, `
		select greatest(street, (
			select max(version) from grid_versions
			where month in ($1, '-infinity') and ($2 = '' or grid_id = $2)))
		from records_version`, month.First().UTC(), grid)
	if err != nil {
		return 0, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[int64])
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
