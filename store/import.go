package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// ImportOptions say how sheets are taken.
type ImportOptions struct {
	Now    time.Time // when the rows come in
	DryRun bool      // do all the work and store nothing
	// Through says up to which day a sheet of this import is complete. It counts
	// for the sheets whose completeness is observed (走访, 里程, 事项); a declared day
	// never moves back.
	Through map[sheet.Name]calendar.Date
}

// ImportReport says what became of every sheet, in the order they were taken.
type ImportReport struct {
	Sheets []SheetReport
}

// Refused reports whether any sheet was refused.
func (r ImportReport) Refused() bool {
	return slices.ContainsFunc(r.Sheets, SheetReport.Refused)
}

// SheetReport counts the rows of a sheet by what they did.
type SheetReport struct {
	Sheet     sheet.Name
	New       int            // keys that were not there
	Changed   int            // rows that replaced a different one
	Same      int            // rows that were there already
	Withdrawn int            // records taken back; unknown keys are not counted
	Bad       sheet.BadCells // why it was refused
	Notices   []sheet.Notice // what was passed over without harm
}

// Refused reports whether nothing of the sheet was stored.
func (r SheetReport) Refused() bool { return r.Bad.Count > 0 }

// database is the pool or a transaction: an import in earnest gives each sheet a
// transaction of its own, a dry run does all of them inside one.
type database interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// Import takes the sheets of the book, in the order of [sheet.Names]: each goes
// in whole or not at all, and a refused one does not hold back the others. A row
// replaces the stored row of the same key, so the same import again changes
// nothing. A sheet with bad cells is no error; that the database failed is, and
// the report says what was stored before.
func (s *Store) Import(ctx context.Context, book *sheet.Book, options ImportOptions) (ImportReport, error) {
	var present []source
	for _, source := range sources {
		if book.Has(source.sheet) {
			present = append(present, source)
		}
	}
	if !options.DryRun {
		return importAll(ctx, s.pool, book, present, options)
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return ImportReport{}, failed("begin a dry run", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if err := lockSheets(ctx, tx, present...); err != nil {
		return ImportReport{}, failed("begin a dry run", err)
	}
	return importAll(ctx, tx, book, present, options)
}

// importAll reads and stores one sheet after the other, so that only one is in memory.
func importAll(ctx context.Context, db database, book *sheet.Book, sources []source, options ImportOptions) (ImportReport, error) {
	var report ImportReport
	for _, source := range sources {
		taken, err := source.store(ctx, db, source.read(book), options)
		if err != nil {
			return report, failed(fmt.Sprintf("import of %s", source.sheet), err)
		}
		report.Sheets = append(report.Sheets, taken)
	}
	return report, nil
}

// errRefused rolls back the transaction of a sheet with bad cells.
var errRefused = errors.New("the sheet has bad cells")

// store takes one sheet, whole or not at all.
func (s source) store(ctx context.Context, db database, l *load, options ImportOptions) (SheetReport, error) {
	l.checkYears(options.Now)
	// Outside the transaction: a new month would otherwise be locked until its end.
	if err := l.ensureMonths(ctx, db); err != nil {
		return SheetReport{}, err
	}
	report := SheetReport{Sheet: l.sheet, Notices: l.report.Notices}
	err := pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if err := lockSheets(ctx, tx, s); err != nil {
			return err
		}
		if err := l.stage(ctx, tx); err != nil {
			return err
		}
		if err := l.check(ctx, tx); err != nil {
			return err
		}
		if l.report.Bad.Count > 0 {
			return errRefused
		}
		changes, err := l.replace(ctx, tx)
		if err != nil {
			return err
		}
		report.New, report.Changed, report.Same, report.Withdrawn = changes.inserted, changes.updated, changes.same, changes.withdrawn
		return l.record(ctx, tx, changes, options)
	})
	if errors.Is(err, errRefused) {
		report.Bad, err = inOrder(l.report.Bad), nil
	}
	return report, err
}

// inOrder puts what reading found and what storing found into the order of the rows.
func inOrder(bad sheet.BadCells) sheet.BadCells {
	slices.SortStableFunc(bad.Cells, func(a, b sheet.BadCell) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
	})
	return bad
}

// record notes how far the sheet reaches now, and that records changed if they did.
func (l *load) record(ctx context.Context, tx pgx.Tx, c changes, options ImportOptions) error {
	further, err := l.recordReach(ctx, tx, options)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `drop table stage`); err != nil {
		return err // a dry run stages the next sheet in the same transaction
	}
	if c.inserted+c.updated+c.withdrawn == 0 && !further || options.DryRun {
		return nil // nor does a dry run make everybody's imports wait for its end
	}
	_, err = tx.Exec(ctx, `update records_version set version = version + 1`)
	return err
}

// recordReach notes the latest day of the rows and when they came in, and the
// day through which the centre declares the sheet complete. Both only move on.
func (l *load) recordReach(ctx context.Context, tx pgx.Tx, options ImportOptions) (further bool, err error) {
	if !l.observed {
		return false, nil
	}
	moved := 0
	if latest := l.latest(); !latest.IsZero() {
		moved, err = execCount(ctx, tx, `
			insert into arrivals (sheet, came_in, latest)
			select $1, $2, $3 where not exists (
				select from arrivals
				where sheet = $1 and least(latest, came_in - 1) >= least($3::date, $2::date - 1))
			on conflict (sheet, came_in) do update set latest = excluded.latest`,
			l.sheet, calendar.DateOf(options.Now).UTC(), latest.UTC())
		if err != nil {
			return false, err
		}
	}
	if through := options.Through[l.sheet]; !through.IsZero() {
		declared, err := execCount(ctx, tx, `
			insert into declared_through (sheet, day) values ($1, $2)
			on conflict (sheet) do update set day = excluded.day where declared_through.day < excluded.day`,
			l.sheet, through.UTC())
		if err != nil {
			return false, err
		}
		moved += declared
	}
	return moved > 0, nil
}
