package sheet

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"
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

// fromCSV reads one CSV file as the sheet of the table.
func fromCSV[R any](t testing.TB, table *Table[R], content string) *Records[R] {
	t.Helper()
	return table.Read(open(t, write(t, t.TempDir(), string(table.Name())+".csv", content)))
}

// complaints lists bad cells as "row column: problem".
func complaints(bad BadCells) []string {
	var list []string
	for _, c := range bad.Cells {
		list = append(list, fmt.Sprintf("%d %s: %s", c.Row, c.Column, c.Problem))
	}
	return list
}
