package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// load is what was read of a sheet, on its way into its table.
type load struct {
	*table
	rows   int
	line   func(i int) sheet.Line
	values func(i int) []any     // of the table's columns
	moment func(i int) time.Time // when it happened; nil where nobody asks
	report sheet.Report          // what reading found, and what storing finds
}

// firstYear and yearsAhead bound the moments of records in partitioned tables:
// beyond them is a slip of the pen, for which no month is created.
const (
	firstYear  = 2000
	yearsAhead = 2
)

// checkYears refuses rows of impossible years.
func (l *load) checkYears(now time.Time) {
	if l.partitioned == "" {
		return
	}
	last := calendar.DateOf(now).Month().Year() + yearsAhead
	for i := range l.rows {
		at := l.moment(i).In(calendar.Shanghai)
		if line := l.line(i); !line.Withdrawn && (at.Year() < firstYear || at.Year() > last) {
			l.report.Refuse(line, l.partitioned, strconv.Itoa(at.Year()), "年份好像不对，请核对一下")
		}
	}
}

// ensureMonths creates the months that the rows lie in.
func (l *load) ensureMonths(ctx context.Context, db database) error {
	if l.partitioned == "" || l.report.Bad.Count > 0 {
		return nil
	}
	months := map[calendar.Month]bool{}
	for i := range l.rows {
		if !l.line(i).Withdrawn {
			months[calendar.MonthOf(l.moment(i))] = true
		}
	}
	for month := range months {
		if _, err := db.Exec(ctx, `select ensure_month($1, $2)`, l.name, month.First().UTC()); err != nil {
			return err
		}
	}
	return nil
}

// latest is the last day of the rows, zero if there is none.
func (l *load) latest() calendar.Date {
	var latest calendar.Date
	for i := range l.rows {
		if !l.line(i).Withdrawn {
			latest = max(latest, calendar.DateOf(l.moment(i)))
		}
	}
	return latest
}

// stage copies the rows into the temporary table and fills in what they leave open.
func (l *load) stage(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`
		create temp table stage on commit drop as
		select 0 as row, false as withdrawn, %s from %s with no data`, list("", l.columns), l.name))
	if err != nil {
		return err
	}
	columns := slices.Concat([]string{"row", "withdrawn"}, l.columns)
	source := pgx.CopyFromSlice(l.rows, func(i int) ([]any, error) {
		return append([]any{i, l.line(i).Withdrawn}, l.values(i)...), nil
	})
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"stage"}, columns, source); err != nil {
		return err
	}
	return execAll(ctx, tx, append([]string{"analyze stage"}, l.prepare...))
}

// check finds the rows that cannot be stored, in one pass for all checks.
func (l *load) check(ctx context.Context, tx pgx.Tx) error {
	checks := l.allChecks()
	if len(checks) == 0 {
		return nil
	}
	queries := make([]string, len(checks))
	for i, c := range checks {
		queries[i] = fmt.Sprintf("select %d, bad.* from (%s) bad (row, value)", i, c.query)
	}
	rows, err := tx.Query(ctx, strings.Join(queries, " union all ")+" order by 2, 1")
	if err != nil {
		return err
	}
	var which, row int
	var value string
	_, err = pgx.ForEachRow(rows, []any{&which, &row, &value}, func() error {
		l.report.Refuse(l.line(row), checks[which].header, value, checks[which].problem)
		return nil
	})
	return err
}

// changes counts rows by what they did.
type changes struct{ inserted, updated, same, withdrawn int }

// replace puts the staged rows in the place of those with the same key.
func (l *load) replace(ctx context.Context, tx pgx.Tx) (changes, error) {
	var c changes
	staged := 0
	for i := range l.rows {
		if !l.line(i).Withdrawn {
			staged++
		}
	}
	var err error
	if c.withdrawn, err = execCount(ctx, tx, l.withdrawal()); err != nil {
		return c, err
	}
	if err := execAll(ctx, tx, l.before); err != nil {
		return c, err
	}
	if len(l.others()) > 0 {
		if c.updated, err = execCount(ctx, tx, l.update()); err != nil {
			return c, err
		}
	}
	if c.inserted, err = execCount(ctx, tx, l.insert()); err != nil {
		return c, err
	}
	c.same = staged - c.updated - c.inserted
	return c, execAll(ctx, tx, l.after)
}

func (t *table) withdrawal() string {
	return fmt.Sprintf(`delete from %s t using stage s where s.withdrawn and %s`, t.name, t.match())
}

// update leaves rows alone that would not change.
func (t *table) update() string {
	others := t.others()
	assignments := make([]string, len(others))
	for i, column := range others {
		assignments[i] = fmt.Sprintf("%[1]s = s.%[1]s", column)
	}
	return fmt.Sprintf(`
		update %s t set %s from stage s
		where not s.withdrawn and %s and (%s) is distinct from (%s)`,
		t.name, strings.Join(assignments, ", "), t.match(), list("t.", others), list("s.", others))
}

func (t *table) insert() string {
	return fmt.Sprintf(`
		insert into %[1]s (%[2]s) select %[3]s from stage s
		where not s.withdrawn and not exists (select from %[1]s t where %[4]s)`,
		t.name, list("", t.columns), list("s.", t.columns), t.match())
}

func execAll(ctx context.Context, tx pgx.Tx, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// execCount returns how many rows the statement touched.
func execCount(ctx context.Context, tx pgx.Tx, statement string, args ...any) (int, error) {
	tag, err := tx.Exec(ctx, statement, args...)
	return int(tag.RowsAffected()), err
}
