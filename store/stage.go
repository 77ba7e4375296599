package store

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// stage copies the rows into a temporary table while they are read: what is
// held of them does not grow with the sheet.
func (l *load) stage(ctx context.Context, db database, rows iter.Seq[row]) error {
	for _, statement := range []string{
		`drop table if exists pg_temp.stage`,
		fmt.Sprintf(`create temp table stage as select 0::bigint as row, false as withdrawn, %s from %s with no data`,
			list("", l.columns), l.name),
	} {
		if _, err := db.Exec(ctx, statement); err != nil {
			return err
		}
	}
	feed := startFeed(rows, l.pass)
	defer feed.stop()
	columns := slices.Concat([]string{"row", "withdrawn"}, l.columns)
	if _, err := db.CopyFrom(ctx, pgx.Identifier{"stage"}, columns, feed); err != nil {
		return err
	}
	_, err := db.Exec(ctx, `analyze stage`)
	return err
}

// moreMemory lets the database work on a whole sheet without spilling to disk,
// and look at fewer of its rows for a plan: a pushed sheet is small, and to look
// at each of them would take as long as to store them.
const moreMemory = `set work_mem = '64MB'; set default_statistics_target = 10`

// leave leaves the connection as others expect it. Where it cannot, the
// connection is broken and nobody will use it.
func leave(ctx context.Context, db database) {
	_, _ = db.Exec(context.WithoutCancel(ctx), `drop table if exists pg_temp.stage, pg_temp.known; reset work_mem; reset default_statistics_target`)
}

// A row's number in the stage holds the part of the sheet, a file or a
// worksheet, and the number of the row in it: their order is that of the rows.
const rowBits = 32

// number gives a row its number in the stage.
func (l *load) number(at sheet.Line) int64 {
	if n := len(l.files); n == 0 || l.files[n-1] != at.File || at.Row <= l.lastRow {
		l.files = append(l.files, at.File)
	}
	l.lastRow = at.Row
	return int64(len(l.files)-1)<<rowBits | int64(at.Row)
}

// line is where the row of that number stood.
func (l *load) line(number int64) sheet.Line {
	return sheet.Line{File: l.files[number>>rowBits], Row: int(number & (1<<rowBits - 1))}
}

// feed reads rows in a goroutine of its own, a few ahead of the database.
type feed struct {
	batches chan [][]any
	stopped chan struct{}
	batch   [][]any
	at      int
}

const (
	batchRows    = 128
	batchesAhead = 4
)

// startFeed begins to read. Each row passes through pass, which returns what to
// copy of it; nil is nothing.
func startFeed(rows iter.Seq[row], pass func(row) []any) *feed {
	f := &feed{batches: make(chan [][]any, batchesAhead), stopped: make(chan struct{})}
	go func() {
		defer close(f.batches)
		batch := make([][]any, 0, batchRows)
		for r := range rows {
			if values := pass(r); values != nil {
				batch = append(batch, values)
			}
			if len(batch) < batchRows {
				continue
			}
			if !f.send(batch) {
				return
			}
			batch = make([][]any, 0, batchRows)
		}
		f.send(batch)
	}()
	return f
}

func (f *feed) send(batch [][]any) bool {
	select {
	case f.batches <- batch:
		return true
	case <-f.stopped:
		return false
	}
}

// stop ends the reading, if it has not ended, and waits for it.
func (f *feed) stop() {
	close(f.stopped)
	for range f.batches {
	}
}

// Next is [pgx.CopyFromSource].
func (f *feed) Next() bool {
	f.at++
	for f.at >= len(f.batch) {
		batch, more := <-f.batches
		if !more {
			return false
		}
		f.batch, f.at = batch, 0
	}
	return true
}

// Values returns the row.
func (f *feed) Values() ([]any, error) { return f.batch[f.at], nil }

// Err returns nil: what is wrong with rows is counted, not an error.
func (f *feed) Err() error { return nil }
