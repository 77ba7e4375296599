package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/nanxiashu/gridbot/scoring/track"
)

func numberText(n decimal.Decimal) string { return n.String() }

func numberOf[N int | float64](n N) string { return fmt.Sprint(n) }

// write puts a file into a folder of the test and returns its path.
func write(t testing.TB, folder, name, content string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// open opens a book that is closed when the test ends.
func open(t testing.TB, paths ...string) *Book {
	t.Helper()
	b, err := Open(paths...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// found is what was read from a sheet.
type found[R any] struct {
	Report
	Rows []R // without those with bad cells
}

// readAll reads a sheet of the book to its end.
func readAll[R any](table *Table[R], b *Book) *found[R] {
	records := &found[R]{Report: Report{Name: table.Name()}}
	for r := range table.Each(b, &records.Report) {
		if !table.line(&r).Broken {
			records.Rows = append(records.Rows, r)
		}
	}
	return records
}

// givenRow is a row as it would stand in a sheet.
type givenRow struct {
	Number int
	Cells  map[string]string // by column; an absent cell is empty
}

// decodeAll reads the rows as the sheet of the table.
func decodeAll[R any](table *Table[R], rows iter.Seq[givenRow]) *found[R] {
	lines := func(columns []Column, yield func(int, []string) bool) error {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = c.Name
		}
		yield(0, cells)
		for row := range rows {
			for i, c := range columns {
				cells[i] = row.Cells[c.Name]
			}
			yield(row.Number, cells)
		}
		return nil
	}
	return readAll(table, &Book{parts: map[Name][]part{table.Name(): {{file: "表", dense: true, lines: lines}}}})
}

// fromCSV reads one CSV file as the sheet of the table.
func fromCSV[R any](t testing.TB, table *Table[R], content string) *found[R] {
	t.Helper()
	return readAll(table, open(t, write(t, t.TempDir(), string(table.Name())+".csv", content)))
}

// worksheetOf is a worksheet of a workbook that a test makes.
type worksheetOf struct {
	title string
	rows  [][]any
}

// workbookOf writes a workbook and returns its path. What a cell alone does not
// say – formulas, merged cells – is for more to add.
func workbookOf(t testing.TB, folder, name string, sheets []worksheetOf, more ...func(*excelize.File) error) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for _, s := range sheets {
		if _, err := book.NewSheet(s.title); err != nil {
			t.Fatal(err)
		}
		for i, row := range s.rows {
			if err := book.SetSheetRow(s.title, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !slices.ContainsFunc(sheets, func(s worksheetOf) bool { return s.title == "Sheet1" }) {
		more = append(more, func(f *excelize.File) error { return f.DeleteSheet("Sheet1") })
	}
	for _, change := range more {
		if err := change(book); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(folder, name)
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// fromWorkbook reads one worksheet as the sheet of the table.
func fromWorkbook[R any](t testing.TB, table *Table[R], rows [][]any, more ...func(*excelize.File) error) *found[R] {
	t.Helper()
	sheets := []worksheetOf{{string(table.Name()), rows}}
	return readAll(table, open(t, workbookOf(t, t.TempDir(), "导出.xlsx", sheets, more...)))
}

// rewritten returns the workbook with its parts passed through change.
func rewritten(t testing.TB, workbook []byte, change func(part, content string) string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, entry := range archive.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		part, err := w.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, change(entry.Name, string(content))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// complaints lists bad cells as "row column: problem".
func complaints(bad BadCells) []string {
	var list []string
	for _, c := range bad.Cells {
		list = append(list, fmt.Sprintf("%d %s: %s", c.Row, c.Column, c.Problem))
	}
	return list
}

// sameList fails unless the lists are alike.
func sameList[E any](t testing.TB, got, want []E) {
	t.Helper()
	if diff := cmp.Diff(want, got, alike); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// alike compares what cmp cannot look into.
var alike = cmp.Options{
	cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) }),
	cmp.Comparer(func(a, b *track.Boundary) bool {
		return (a == nil) == (b == nil) && (a == nil || a.GeoJSON() == b.GeoJSON())
	}),
}

// ids lists what each record is known by.
func ids[R any](rows []R, id func(R) string) []string {
	var list []string
	for _, r := range rows {
		list = append(list, id(r))
	}
	return list
}

// lines joins the lines of a CSV file.
func lines(line ...string) string { return strings.Join(line, "\n") + "\n" }
