package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

const benchRows = 100_000

// BenchmarkCSV reads 100,000 visits of a CSV file into records. Beside rows/s it
// reports how many times longer that takes than encoding/csv needs to split the
// same file.
func BenchmarkCSV(b *testing.B) {
	var file strings.Builder
	file.WriteString("记录编号,网格编号,手机号,走访时间,图片数,对象编号,管控信息,内容\n")
	for i := range benchRows {
		fmt.Fprintf(&file, "V-%06d,NXS-%02d,138%08d,2026-10-08 09:30,%d,D-%d,否,入户走访，一切正常\n", i, i%40, i%60, i%3, i%900)
	}
	path := write(b, b.TempDir(), "走访.csv", file.String())
	readVisits(b, path)
	report(b, "csv", func() error { return splitCSV(path) })
}

// BenchmarkWorkbook reads the same from a workbook; the yardstick is a stream
// read by excelize alone.
func BenchmarkWorkbook(b *testing.B) {
	path := filepath.Join(b.TempDir(), "导出.xlsx")
	if err := writeVisits(path); err != nil {
		b.Fatal(err)
	}
	readVisits(b, path)
	report(b, "excelize", func() error { return streamWorkbook(path) })
}

// readVisits is what the benchmarks measure.
func readVisits(b *testing.B, path string) {
	b.ReportAllocs()
	for b.Loop() {
		book, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		if visits := readAll(VisitTable, book); len(visits.Rows) != benchRows || visits.Bad.Count > 0 {
			b.Fatalf("%d rows, %v", len(visits.Rows), complaints(visits.Bad))
		}
		if err := book.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// report measures the yardstick as often, and reports the ratio.
func report(b *testing.B, yardstick string, f func() error) {
	one, begun := b.Elapsed()/time.Duration(b.N), time.Now()
	for range b.N {
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	alone := time.Since(begun) / time.Duration(b.N)
	b.ReportMetric(benchRows/one.Seconds(), "rows/s")
	b.ReportMetric(float64(one)/float64(alone), "x-"+yardstick)
}

func splitCSV(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func writeVisits(path string) error {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", string(Visits)); err != nil {
		return err
	}
	w, err := book.NewStreamWriter(string(Visits))
	if err != nil {
		return err
	}
	if err := w.SetRow("A1", visitHeader); err != nil {
		return err
	}
	for i := range benchRows {
		row := []any{fmt.Sprintf("V-%06d", i), fmt.Sprintf("NXS-%02d", i%40), fmt.Sprintf("138%08d", i%60), 46303.395833333336, i % 3, fmt.Sprintf("D-%d", i%900), "否", "入户走访，一切正常"}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			return err
		}
	}
	return errors.Join(w.Flush(), book.SaveAs(path))
}

func streamWorkbook(path string) error {
	book, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer book.Close()
	rows, err := book.Rows(string(Visits))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			return err
		}
	}
	return rows.Error()
}
