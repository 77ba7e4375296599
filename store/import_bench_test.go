package store_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/xuri/excelize/v2"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// benchedVisits is how many rows the benchmarks of the import bring in.
const benchedVisits = 200_000

var visitHeader = []string{"记录编号", "网格编号", "手机号", "走访时间", "图片数", "对象编号", "管控信息", "内容"}

// BenchmarkImport brings in visits, from a CSV file and from a workbook, first
// into an empty table and then again. The metric ratio is how many times faster
// a bare COPY of the same rows into the same empty table is in the same run.
func BenchmarkImport(b *testing.B) {
	for _, file := range []struct {
		name  string
		write func(*testing.B, string)
	}{{"走访.csv", writeVisitsCSV}, {"导出.xlsx", writeVisitsWorkbook}} {
		path := filepath.Join(b.TempDir(), file.name)
		file.write(b, path)
		b.Run(filepath.Ext(path), func(b *testing.B) {
			s := benchedStreet(b)
			var copying time.Duration
			for b.Loop() {
				b.StopTimer()
				copying += copyVisits(b, s)
				exec(b, s, `truncate visits`)
				b.StartTimer()
				importVisits(b, s, path, store.SheetReport{New: benchedVisits})
			}
			b.ReportMetric(float64(benchedVisits)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(benchedVisits)*float64(b.N)/copying.Seconds(), "copied-rows/s")
			b.ReportMetric(b.Elapsed().Seconds()/copying.Seconds(), "ratio")
			again := time.Now()
			importVisits(b, s, path, store.SheetReport{Same: benchedVisits})
			b.ReportMetric(time.Since(again).Seconds()/copying.Seconds()*float64(b.N), "again-ratio")
		})
	}
}

func benchedStreet(b *testing.B) *store.Store {
	s := open(b)
	exec(b, s, `insert into communities values ('东社区')`)
	exec(b, s, `insert into grids select 'NXS-' || n, n, '东社区', 800 from generate_series(0, 39) n`)
	exec(b, s, `insert into people select (13800000000 + n)::text, '某人', '网格员', array['NXS-' || n % 40] from generate_series(0, 59) n`)
	exec(b, s, `insert into watched_numbers select 'D-' || n, true from generate_series(0, 899) n`)
	exec(b, s, `select ensure_month('visits', '2026-10-01')`)
	return s
}

func importVisits(b *testing.B, s *store.Store, path string, want store.SheetReport) {
	book, err := sheet.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(b.Context(), book, store.ImportOptions{Now: noon})
	if err != nil {
		b.Fatal(err)
	}
	if got := report.Sheets[0]; got.New != want.New || got.Same != want.Same {
		b.Fatalf("%s, want %s", counts(got), counts(want))
	}
}

// benchedVisit is a row of the benchmark.
func benchedVisit(i int) (id, grid, mobile string, at time.Time, photos int, watched string) {
	at = time.Date(2026, time.October, 1+i%28, 8+i%10, i%60, 0, 0, calendar.Shanghai)
	return fmt.Sprintf("V-%07d", i), fmt.Sprintf("NXS-%d", i%40), fmt.Sprintf("138%08d", i%60), at, i % 3, fmt.Sprintf("D-%d", i%900)
}

// copyVisits returns how long the yardstick takes.
func copyVisits(b *testing.B, s *store.Store) time.Duration {
	exec(b, s, `truncate visits`)
	rows := make([][]any, benchedVisits)
	for i := range rows {
		id, grid, mobile, at, photos, watched := benchedVisit(i)
		rows[i] = []any{id, grid, mobile, at, photos, watched, false, "入户走访，一切正常"}
	}
	columns := []string{"id", "grid_id", "mobile", "visited_at", "photos", "watched", "control", "note"}
	start := time.Now()
	if _, err := s.Pool().CopyFrom(b.Context(), pgx.Identifier{"visits"}, columns, pgx.CopyFromRows(rows)); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func writeVisitsCSV(b *testing.B, path string) {
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	for i, name := range visitHeader {
		fmt.Fprint(w, map[bool]string{true: ","}[i > 0], name)
	}
	for i := range benchedVisits {
		id, grid, mobile, at, photos, watched := benchedVisit(i)
		fmt.Fprintf(w, "\n%s,%s,%s,%s,%d,%s,否,入户走访，一切正常", id, grid, mobile, at.Format(time.DateTime), photos, watched)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
}

func writeVisitsWorkbook(b *testing.B, path string) {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", string(sheet.Visits)); err != nil {
		b.Fatal(err)
	}
	w, err := book.NewStreamWriter(string(sheet.Visits))
	if err != nil {
		b.Fatal(err)
	}
	header := make([]any, len(visitHeader))
	for i, name := range visitHeader {
		header[i] = name
	}
	if err := w.SetRow("A1", header); err != nil {
		b.Fatal(err)
	}
	for i := range benchedVisits {
		id, grid, mobile, at, photos, watched := benchedVisit(i)
		row := []any{id, grid, mobile, at.Format(time.DateTime), photos, watched, "否", "入户走访，一切正常"}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := book.SaveAs(path); err != nil {
		b.Fatal(err)
	}
}
