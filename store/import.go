package store

import (
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
	By     string    // who brings them: a user of the machine, or the name of a token
	DryRun bool      // do all the work and store nothing
	// Through says up to which day a sheet of this import is complete. It counts
	// for the sheets whose completeness is observed (走访, 里程, 轨迹点, 事项); a declared day
	// never moves back.
	Through map[sheet.Name]calendar.Date
	// Progress is told, now and then, how many rows of a sheet have been read;
	// nil = nobody asks. It is called from another goroutine.
	Progress func(sheet.Name, int)
}

// progressEvery is how many rows are read between two words about it.
const progressEvery = 1000

// progressOf returns what to call with every row of the sheet.
func (o ImportOptions) progressOf(name sheet.Name) func() {
	rows := 0
	return func() {
		if rows++; o.Progress != nil && rows%progressEvery == 0 {
			o.Progress(name, rows)
		}
	}
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

// database is a connection or a transaction: an import in earnest gives each
// sheet a transaction of its own, a dry run does all of them inside one.
type database interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error)
}

// Import takes the sheets of the book, in the order of [sheet.Names]: each goes
// in whole or not at all, and a refused one does not hold back the others. A row
// replaces the stored row of the same key, so the same import again changes
// nothing. A sheet with bad cells is no error; that the database failed is, and
// the report says what was stored before. Files of the book that could not be
// read are an error too, after all the rest was taken: see [sheet.Book.Unread].
// The rows are never in memory together.
func (s *Store) Import(ctx context.Context, book *sheet.Book, options ImportOptions) (ImportReport, error) {
	report, err := s.importBook(ctx, book, options)
	if unread := book.Unread(); err == nil && unread != nil {
		err = fmt.Errorf("import: nothing of these files was stored:\n%w", unread)
	}
	return report, err
}

func (s *Store) importBook(ctx context.Context, book *sheet.Book, options ImportOptions) (ImportReport, error) {
	var present []source
	for _, source := range sources {
		if book.Has(source.sheet) {
			present = append(present, source)
		}
	}
	sealed := slices.ContainsFunc(present, source.isSealed)
	if sealed && s.options.Keys == nil {
		return ImportReport{}, ErrNoPersonalKeys
	}
	if options.DryRun {
		return s.dryRun(ctx, book, present, options)
	}
	var p *personal
	if sealed {
		var err error
		if p, err = s.personal(ctx); err != nil {
			return ImportReport{}, err
		}
	}
	conn, err := s.pool.Acquire(ctx) // the stage is one session's
	if err != nil {
		return ImportReport{}, failed("begin an import", err)
	}
	defer conn.Release()
	defer leave(ctx, conn)
	id, err := recordImport(ctx, conn, book, options)
	if err != nil {
		return ImportReport{}, failed("record an import", err)
	}
	return importAll(ctx, conn, book, present, p, options, &id)
}

// dryRun does it all in a transaction that is rolled back.
func (s *Store) dryRun(ctx context.Context, book *sheet.Book, present []source, options ImportOptions) (ImportReport, error) {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return ImportReport{}, failed("begin a dry run", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	locked, sealed := present, slices.ContainsFunc(present, source.isSealed)
	if sealed {
		locked = slices.Concat(present, sealedSources()) // all at once, in case a key has to be made
	}
	if err := lockSheets(ctx, tx, locked...); err != nil {
		return ImportReport{}, failed("begin a dry run", err)
	}
	var p *personal
	if sealed {
		if p, err = s.personalIn(ctx, tx); err != nil {
			return ImportReport{}, failed("the key of personal data", err)
		}
	}
	return importAll(ctx, tx, book, present, p, options, nil)
}

// importAll stores one sheet after the other. importID is nil in a dry run.
func importAll(ctx context.Context, db database, book *sheet.Book, sources []source, p *personal, options ImportOptions, importID *int64) (ImportReport, error) {
	var report ImportReport
	if _, err := db.Exec(ctx, moreMemory); err != nil {
		return report, failed("begin an import", err)
	}
	for _, source := range sources {
		l := newLoad(source, options)
		if source.isSealed() {
			l.personal = p
		}
		taken, err := l.take(ctx, db, book, options, importID)
		if err == nil && importID != nil {
			err = recordSheet(ctx, db, *importID, taken, options)
		}
		if err != nil {
			return report, failed(fmt.Sprintf("import of %s", source.sheet), err)
		}
		report.Sheets = append(report.Sheets, taken)
	}
	return report, nil
}

// errRefused rolls back the transaction of a sheet with bad cells.
var errRefused = errors.New("the sheet has bad cells")

// take takes one sheet, whole or not at all. What can be done before the locks
// are taken is: reading is slow, and a new month would be locked until the end
// of a transaction.
func (l *load) take(ctx context.Context, db database, book *sheet.Book, options ImportOptions, importID *int64) (SheetReport, error) {
	if err := l.stage(ctx, db, l.read(book, &l.report)); err != nil {
		return SheetReport{}, err
	}
	if err := l.twins(ctx, db); err != nil {
		return SheetReport{}, err
	}
	if err := l.ensureMonths(ctx, db); err != nil {
		return SheetReport{}, err
	}
	report := SheetReport{Sheet: l.sheet, Notices: l.report.Notices}
	err := pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		done, err := l.store(ctx, tx, options, importID)
		report.New, report.Changed, report.Same, report.Withdrawn = done.inserted, done.updated, done.same, done.withdrawn
		return err
	})
	if errors.Is(err, errRefused) {
		report.Bad, err = l.bad(), nil
	}
	return report, err
}

// store checks the staged rows and puts them where they belong.
func (l *load) store(ctx context.Context, tx pgx.Tx, options ImportOptions, importID *int64) (changes, error) {
	if err := lockSheets(ctx, tx, l.source); err != nil {
		return changes{}, err
	}
	if err := l.check(ctx, tx); err != nil {
		return changes{}, err
	}
	if l.bad().Count > 0 {
		return changes{}, errRefused
	}
	reached, err := l.reaches(ctx, tx, options)
	if err != nil {
		return changes{}, err
	}
	done, err := l.replace(ctx, tx, importID)
	if err != nil {
		return changes{}, err
	}
	if l.follow != nil && !options.DryRun {
		if err := l.follow(ctx, tx, done); err != nil {
			return changes{}, err
		}
	}
	further, err := l.recordReach(ctx, tx, options)
	if err != nil {
		return done, err
	}
	reaches, err := l.reaches(ctx, tx, options)
	further = further || reaches != reached // not further but back, if the latest rows were taken back
	if err != nil || !done.any() && !further || options.DryRun {
		return done, err // a dry run does not make everybody's imports wait for its end
	}
	return done, l.touch(ctx, tx, done, further)
}

// reachColumns say when a row happened of a sheet whose reach is observed.
var reachColumns = map[sheet.Name]string{
	sheet.Visits: "visited_at", sheet.Patrols: "day", sheet.TrackPoints: "at", sheet.Items: "reported_at",
}

// reaches is the day of the latest row, as far as it counts: the day on which
// rows come in is still running.
func (l *load) reaches(ctx context.Context, tx pgx.Tx, options ImportOptions) (calendar.Date, error) {
	if !l.observed {
		return 0, nil
	}
	var latest *time.Time
	err := tx.QueryRow(ctx, fmt.Sprintf(`select max(%s) from %s`, reachColumns[l.sheet], l.name)).Scan(&latest)
	return min(dateOrNone(latest), calendar.DateOf(options.Now)-1), err
}

// recordReach notes the latest day of the rows and when they came in, and the
// day through which the centre declares the sheet complete. Both only move on.
func (l *load) recordReach(ctx context.Context, tx pgx.Tx, options ImportOptions) (further bool, err error) {
	if !l.observed {
		return false, nil
	}
	moved := 0
	if latest := l.latest; !latest.IsZero() {
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
