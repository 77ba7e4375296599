package store

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// table says how a sheet is kept: in which table, under which key, and what the
// rows must agree with. Everything that is done with rows is one statement for
// all of them, over the temporary table stage: the columns of the table, the
// row's number in the sheet and whether it is withdrawn.
type table struct {
	sheet      sheet.Name
	name       string
	header     string // the sheet's column of the key; of the first, of several
	key        []string
	columns    []string // all that are stored, those of the key too
	sealed     sealedColumns
	references []reference // what the rows name
	uses       []use       // what may name the rows
	prepare    []string    // statements that fill in what a row leaves open
	checks     []check     // other conditions
	before     []string    // statements before the rows are replaced, of withdrawn ones after
	after      []string    // statements after it
	// follow does what else follows from the rows, while they are still staged; nil = nothing.
	follow      func(context.Context, pgx.Tx, changes) error
	touches     touched // in which months of which grids the rows count
	partitioned string  // the sheet's column by which the table is partitioned; "" = not
	observed    bool    // how far the sheet reaches is seen from its rows
}

// source is where the rows of a table come from.
type source struct {
	*table
	read func(*sheet.Book, *sheet.Report) iter.Seq[row]
}

// from says how the records of a sheet become rows: their values in the order
// of the table's columns, and the moment by which they are partitioned or
// observed (nil = neither).
func from[R interface{ Place() sheet.Line }](
	t *table, records *sheet.Table[R], values func(R) []any, moment func(R) time.Time,
) source {
	return source{t, func(book *sheet.Book, report *sheet.Report) iter.Seq[row] {
		return func(yield func(row) bool) {
			for r := range records.Each(book, report) {
				record := row{line: r.Place(), values: values(r)}
				if moment != nil && !record.line.Broken {
					record.moment = moment(r)
				}
				if !yield(record) {
					return
				}
			}
		}
	}}
}

// sources are all sheets, in the order in which they are taken.
var sources = []source{
	grids, people, catalogue, concerns, hazardSites, visits, patrols, trackPoints, items,
	attendances, collections, specialPeriods, readinesses, findings, exemptions,
}

// reference is a column that must name a record of another sheet.
type reference struct {
	column  string
	list    bool   // the column is an array
	header  string // the sheet's column
	sheet   sheet.Name
	table   string
	key     string
	problem string
}

// use is a column of another sheet by which a record of this one is named.
type use struct {
	sheet  sheet.Name
	table  string
	column string // of that table
	list   bool   // the column is an array
}

// check finds rows that cannot be stored: its query selects the row's number and the value.
type check struct {
	header  string
	problem string
	query   string
}

// check turns the reference into the query for rows that name nothing.
func (r reference) check() check {
	from, value := "stage s", "s."+r.column
	if r.list {
		from, value = fmt.Sprintf("stage s, unnest(s.%s) named", r.column), "named"
	}
	return check{r.header, r.problem, fmt.Sprintf(`
		select s.row, %[1]s from %[2]s
		where not s.withdrawn and %[1]s <> ''
			and not exists (select from %[3]s t where t.%[4]s = %[1]s)`, value, from, r.table, r.key)}
}

// check turns the use into the query for withdrawn rows that are still named.
func (u use) check(t *table) check {
	key := "s." + t.key[0]
	names := fmt.Sprintf("u.%s = %s", u.column, key)
	if u.list {
		names = fmt.Sprintf("u.%s @> array[%s]", u.column, key)
	}
	return check{t.header, fmt.Sprintf("“%s”里还有记录用到它，暂时不能作废", u.sheet), fmt.Sprintf(`
		select s.row, %[1]s from stage s
		where s.withdrawn and exists (select from %[2]s where %[3]s = %[1]s)
			and exists (select from %[4]s u where %[5]s)`, key, t.name, t.key[0], u.table, names)}
}

// allChecks are the checks of the table, of what its rows name and of what names them.
func (t *table) allChecks() []check {
	all := slices.Clone(t.checks)
	for _, r := range t.references {
		all = append(all, r.check())
	}
	for _, u := range t.uses {
		all = append(all, u.check(t))
	}
	return all
}

// match is the condition under which a stored row t has the key of a staged row s.
func (t *table) match() string {
	conditions := make([]string, len(t.key))
	for i, column := range t.key {
		conditions[i] = fmt.Sprintf("t.%[1]s = s.%[1]s", column)
		if t.sheet == sheet.Exemptions && column == "grid_id" {
			conditions[i] = "t.grid_id is not distinct from s.grid_id" // null = every grid
		}
	}
	return strings.Join(conditions, " and ")
}

// at is where a column stands among those of the table, -1 if it has none.
func (t *table) at(column string) int { return slices.Index(t.columns, column) }

// others are the columns that do not belong to the key.
func (t *table) others() []string {
	return slices.DeleteFunc(slices.Clone(t.columns), func(column string) bool {
		return slices.Contains(t.key, column)
	})
}

// list writes columns with a prefix: s.id, s.name, …
func list(prefix string, columns []string) string {
	return prefix + strings.Join(columns, ", "+prefix)
}
