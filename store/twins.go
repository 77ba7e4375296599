package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// twins makes identical rows one, and refuses rows of one key that say
// different things: the later one always, the first one once.
func (l *load) twins(ctx context.Context, db database) error {
	if l.rising.all {
		return nil
	}
	rows, err := db.Query(ctx, fmt.Sprintf(
		`select exists (select from stage group by %s having count(*) > 1)`, list("", l.key)))
	if err != nil {
		return err
	}
	if any, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[bool]); err != nil || !any {
		return err
	}
	return l.sortTwins(ctx, db)
}

func (l *load) sortTwins(ctx context.Context, db database) error {
	repeated := fmt.Sprintf(`select min(row) as row from stage group by %s having count(*) > 1`, list("", l.key))
	rows, err := db.Query(ctx, fmt.Sprintf(`
		select t.row, s.row, %s from (%s) first join stage t using (row) join stage s on %s and s.row > t.row
		where (t.withdrawn, %s) is distinct from (s.withdrawn, %s)
		order by s.row`,
		l.keyText("s"), repeated, l.match(), list("t.", l.columns), list("s.", l.columns)))
	if err != nil {
		return err
	}
	reported := map[int64]bool{}
	var first, later int64
	var key string
	_, err = pgx.ForEachRow(rows, []any{&first, &later, &key}, func() error {
		if !reported[first] && len(reported) < sheet.MaxBadCells { // beyond these nothing is shown
			reported[first] = true
			l.contradicted(first, later, key)
		}
		l.contradicted(later, first, key)
		return nil
	})
	if err != nil || l.twinsBad.Count > 0 {
		return err
	}
	_, err = execCount(ctx, db, fmt.Sprintf(`
		delete from stage s using (%s) first join stage t using (row) where %s and s.row > t.row`, repeated, l.match()))
	return err
}

// contradicted refuses a row that another of its key contradicts.
func (l *load) contradicted(row, by int64, key string) {
	at, other := l.line(row), l.line(by)
	where := fmt.Sprintf("和第 %d 行是同一条记录，内容却不一样", other.Row)
	if other.File != at.File {
		where = fmt.Sprintf("和 %s 第 %d 行是同一条记录，内容却不一样", other.File, other.Row)
	}
	l.twinsBad.Add(sheet.BadCell{
		Sheet: l.sheet, File: at.File, Row: at.Row, Column: l.keyColumns(), Value: l.shown(key), Problem: where,
	})
}

// keyColumns are the sheet's columns of the key.
func (t *table) keyColumns() string {
	var names []string
	for _, c := range sheet.Columns(t.sheet) {
		if c.Key {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, "+")
}

// keyText is the SQL of the key of a row for people to read.
func (t *table) keyText(row string) string {
	parts := make([]string, len(t.key))
	for i, column := range t.key {
		value := row + "." + column
		switch column {
		case "at":
			value = "to_char(" + value + " at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')"
		case "month":
			value = "to_char(" + value + ", 'YYYY-MM')"
		}
		parts[i] = "coalesce(" + value + "::text, '全部')" // no column but an exemption's grid may be null
	}
	return strings.Join(parts, " || '+' || ")
}

// rising reports whether the keys of rows rise from each to the next, as exports
// often are sorted: then there are no two of one key, and nobody needs to look.
type rising struct {
	all  bool  // so far
	at   []int // where the key stands among the columns
	last []any // the key of the last row; nil = there is none yet
}

func (t *table) rising() rising {
	r := rising{all: true}
	for _, column := range t.key {
		r.at = append(r.at, t.at(column))
	}
	return r
}

// add takes the next row.
func (r *rising) add(values []any) {
	if !r.all {
		return
	}
	if r.last == nil {
		r.last = make([]any, len(r.at))
	} else {
		r.all = r.isBelow(values)
	}
	for i, at := range r.at {
		r.last[i] = values[at]
	}
}

// isBelow reports whether the last key is less than that of the values.
func (r *rising) isBelow(values []any) bool {
	for i, at := range r.at {
		order := 1 // of other types nothing is known
		switch last := r.last[i].(type) {
		case string:
			if now, ok := values[at].(string); ok {
				order = strings.Compare(last, now)
			}
		case time.Time:
			if now, ok := values[at].(time.Time); ok {
				order = last.Compare(now)
			}
		}
		if order != 0 {
			return order < 0
		}
	}
	return false
}
