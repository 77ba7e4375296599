package store

import (
	"cmp"
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

// row is a record on its way into its table.
type row struct {
	line   sheet.Line
	values []any     // of the table's columns
	moment time.Time // when it happened; zero where nobody asks
}

// load is a sheet on its way into its table. The rows themselves are in the
// database; here is what is known of them as a whole.
type load struct {
	source
	today    calendar.Date // on which the rows come in
	lastYear int           // that a moment may lie in
	progress func()
	personal *personal // seals personal data; nil = the sheet has none

	files     []string // of the parts of the sheet, as they were read
	lastRow   int      // of the last of them
	months    map[calendar.Month]bool
	latest    calendar.Date // the last day of the rows; zero = there is none
	withdrawn int           // rows that take a record back
	rising    rising        // their keys

	broken   [][]any        // the first rows with bad cells, as they would be staged
	report   sheet.Report   // what reading found
	twinsBad sheet.BadCells // what is wrong with rows of one key
	checkBad sheet.BadCells // and with what rows refer to
}

// firstYear and yearsAhead bound the moments of records in partitioned tables:
// beyond them is a slip of the pen, for which no month is created.
const (
	firstYear  = 2000
	yearsAhead = 2
)

func newLoad(s source, options ImportOptions) *load {
	return &load{
		source: s, report: sheet.Report{Name: s.sheet}, months: map[calendar.Month]bool{},
		today:    calendar.DateOf(options.Now),
		lastYear: calendar.DateOf(options.Now).Month().Year() + yearsAhead,
		progress: options.progressOf(s.sheet),
		rising:   s.table.rising(),
	}
}

// maxBroken is of how many rows with bad cells the good ones are checked too:
// more than anybody is shown.
const maxBroken = 10 * sheet.MaxBadCells

// pass notes what must be known of all rows, and returns what is staged of this one.
func (l *load) pass(r row) []any {
	l.progress()
	if l.personal != nil {
		l.seal(r.values)
	}
	if r.line.Broken {
		if number := l.number(r.line); len(l.broken) < maxBroken {
			l.broken = append(l.broken, append([]any{number, r.line.Withdrawn}, r.values...))
		}
		return nil
	}
	switch {
	case r.line.Withdrawn:
		l.withdrawn++
	case !r.moment.IsZero():
		l.note(r)
	}
	l.rising.add(r.values)
	return append([]any{l.number(r.line), r.line.Withdrawn}, r.values...)
}

// note notes the day of a row, and refuses a year that nobody can mean.
func (l *load) note(r row) {
	day := calendar.DateOf(r.moment)
	month := day.Month()
	if year := month.Year(); l.partitioned != "" && (year < firstYear || year > l.lastYear) {
		l.report.Refuse(r.line, l.partitioned, strconv.Itoa(year), "年份好像不对，请核对一下")
		return
	}
	if day <= l.today { // what is dated later, by a slip of the pen, says nothing of the days between
		l.latest = max(l.latest, day)
	}
	l.months[month] = true
}

// ensureMonths creates the months that the rows lie in.
func (l *load) ensureMonths(ctx context.Context, db database) error {
	if l.partitioned == "" || l.report.Bad.Count+l.twinsBad.Count > 0 {
		return nil
	}
	for month := range l.months {
		if _, err := db.Exec(ctx, `select ensure_month($1, $2)`, l.name, month.First().UTC()); err != nil {
			return err
		}
	}
	return nil
}

// check finds the rows that cannot be stored, in one pass for all checks.
func (l *load) check(ctx context.Context, tx pgx.Tx) error {
	if err := execAll(ctx, tx, l.prepare); err != nil {
		return err
	}
	if l.sealed.name != "" {
		if err := l.keepSameNames(ctx, tx); err != nil {
			return err
		}
	}
	if err := l.find(ctx, tx, l.allChecks()); err != nil || len(l.broken) == 0 {
		return err
	}
	return l.checkBroken(ctx, tx)
}

// checkBroken checks what rows with bad cells refer to in their good ones, so
// that everything that is wrong with a row is told at once. The sheet is
// refused anyhow: nobody needs the stage any more.
func (l *load) checkBroken(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `truncate stage`); err != nil {
		return err
	}
	columns := slices.Concat([]string{"row", "withdrawn"}, l.columns)
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"stage"}, columns, pgx.CopyFromRows(l.broken)); err != nil {
		return err
	}
	var checks []check
	for _, r := range l.references {
		checks = append(checks, r.check())
	}
	return l.find(ctx, tx, checks)
}

// find adds the rows that the checks find to what is bad.
func (l *load) find(ctx context.Context, tx pgx.Tx, checks []check) error {
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
	var which int
	var number int64
	var value string
	_, err = pgx.ForEachRow(rows, []any{&which, &number, &value}, func() error {
		at := l.line(number)
		l.checkBad.Add(sheet.BadCell{
			Sheet: l.sheet, File: at.File, Row: at.Row,
			Column: checks[which].header, Value: l.shown(value), Problem: checks[which].problem,
		})
		return nil
	})
	return err
}

// bad is all that is wrong with the sheet, in the order of the rows.
func (l *load) bad() sheet.BadCells {
	all := []sheet.BadCells{l.report.Bad, l.twinsBad, l.checkBad}
	var bad sheet.BadCells
	for _, some := range all {
		bad.Cells = append(bad.Cells, some.Cells...)
		bad.Count += some.Count
	}
	slices.SortStableFunc(bad.Cells, func(a, b sheet.BadCell) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
	})
	bad.Cells = bad.Cells[:min(len(bad.Cells), sheet.MaxBadCells)]
	return bad
}

func execAll(ctx context.Context, db database, statements []string) error {
	for _, statement := range statements {
		if _, err := db.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// execCount returns how many rows the statement touched.
func execCount(ctx context.Context, db database, statement string, args ...any) (int, error) {
	tag, err := db.Exec(ctx, statement, args...)
	return int(tag.RowsAffected()), err
}
