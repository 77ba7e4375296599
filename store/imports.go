package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// ImportRecord is an import that was made, in earnest.
type ImportRecord struct {
	ID     int64
	By     string // a user of the machine, or the name of a token; "" = not known
	At     time.Time
	Files  []ImportedFile // none of records that were pushed
	Sheets []ImportedSheet
}

// ImportedFile is a file of an import.
type ImportedFile struct {
	Path   string // as it was given
	SHA256 string // in hex
}

// ImportedSheet counts what a sheet of an import did.
type ImportedSheet struct {
	Sheet                         sheet.Name
	New, Changed, Same, Withdrawn int
	Bad                           int           // bad cells; with any, nothing was stored
	Through                       calendar.Date // declared complete with it; zero = nothing was
}

// recordImport notes who brings which files, and returns the number of the import.
func recordImport(ctx context.Context, db database, book *sheet.Book, options ImportOptions) (id int64, err error) {
	files := book.Files()
	sums := make([]string, len(files))
	for i, file := range files {
		if sums[i], err = sumOf(file); err != nil {
			return 0, err
		}
	}
	rows, err := db.Query(ctx, `
		insert into imports (by_whom, at, files, sha256) values ($1, $2, $3, $4) returning id`,
		options.By, options.Now, orEmpty(files), sums)
	if err != nil {
		return 0, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowTo[int64])
}

func sumOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// recordSheet notes what became of a sheet.
func recordSheet(ctx context.Context, db database, importID int64, r SheetReport, options ImportOptions) error {
	_, err := db.Exec(ctx, `
		insert into import_sheets (import_id, sheet, added, changed, same, withdrawn, bad, through)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		importID, r.Sheet, r.New, r.Changed, r.Same, r.Withdrawn, r.Bad.Count, dateOrNull(options.Through[r.Sheet]))
	return err
}

// Imports returns the last imports, at most limit, the latest first.
func (s *Store) Imports(ctx context.Context, limit int) ([]ImportRecord, error) {
	imports, err := readImports(ctx, s.pool, limit)
	return imports, failed("imports", err)
}

func readImports(ctx context.Context, q querier, limit int) ([]ImportRecord, error) {
	rows, err := q.Query(ctx, `
		with last as (select * from imports order by id desc limit $1)
		select id, by_whom, at, files, sha256, sheet, added, changed, same, withdrawn, bad, through
		from last left join import_sheets on import_id = id
		order by id desc, array_position($2, sheet)`, limit, sheet.Names)
	if err != nil {
		return nil, err
	}
	var imports []ImportRecord
	var r ImportRecord
	var files, sums []string
	var name *sheet.Name
	var added, changed, same, withdrawn, bad *int
	var through *time.Time
	targets := []any{&r.ID, &r.By, &r.At, &files, &sums, &name, &added, &changed, &same, &withdrawn, &bad, &through}
	_, err = pgx.ForEachRow(rows, targets, func() error {
		if n := len(imports); n == 0 || imports[n-1].ID != r.ID {
			r.Files = filesOf(files, sums)
			imports = append(imports, r)
		}
		if name == nil { // the database failed before its first sheet
			return nil
		}
		last := &imports[len(imports)-1]
		last.Sheets = append(last.Sheets,
			ImportedSheet{*name, *added, *changed, *same, *withdrawn, *bad, dateOrNone(through)})
		return nil
	})
	return imports, err
}

func filesOf(paths, sums []string) []ImportedFile {
	files := make([]ImportedFile, len(paths))
	for i, path := range paths {
		files[i] = ImportedFile{path, sums[i]}
	}
	return files
}
