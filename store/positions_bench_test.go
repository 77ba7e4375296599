package store_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// A million points: a hundred people of twenty grids for ten days, each with
// 1000 points, one in ten seconds.
const (
	benchedWalkers   = 100
	benchedOutings   = 10
	benchedFixes     = 1000
	benchedPositions = benchedWalkers * benchedOutings * benchedFixes
)

// BenchmarkImportPositions brings in a million track points and measures them.
// Beside points/s it reports how many times as long a bare COPY of the same rows
// into the same table takes (ratio), and how many times that it takes to measure
// the points again after all boundaries have changed (measure-ratio).
func BenchmarkImportPositions(b *testing.B) {
	path := filepath.Join(b.TempDir(), "轨迹点.csv")
	writePositions(b, path)
	s := open(b)
	exec(b, s, `insert into communities values ('东社区')`)
	boundaries(b, s, 1000)
	exec(b, s, `insert into people select (13800000000 + n)::text, '某人', '网格员', array['G' || n % 20] from generate_series(0, $1) n`, benchedWalkers-1)
	exec(b, s, `select ensure_month('track_points', '2026-10-01')`)
	var copying, measuring time.Duration
	for b.Loop() {
		b.StopTimer()
		exec(b, s, `truncate track_points, track_days`)
		copying += copyPositions(b, s)
		exec(b, s, `truncate track_points`)
		b.StartTimer()
		importPositions(b, s, path)
		b.StopTimer()
		start := time.Now()
		boundaries(b, s, 500)
		measuring += time.Since(start)
		boundaries(b, s, 1000)
		b.StartTimer()
	}
	b.ReportMetric(benchedPositions*float64(b.N)/b.Elapsed().Seconds(), "points/s")
	b.ReportMetric(b.Elapsed().Seconds()/copying.Seconds(), "ratio")
	b.ReportMetric(measuring.Seconds()/copying.Seconds(), "measure-ratio")
}

// boundaries imports the grids as squares.
func boundaries(b *testing.B, s *store.Store, side float64) {
	rows := "网格编号,网格名称,社区,总户数,边界"
	for i := range 20 {
		rows += fmt.Sprintf("\nG%d,网格,东社区,800,%s", i, square(side))
	}
	load(b, s, sheets{sheet.Grids: rows}, store.ImportOptions{})
}

func importPositions(b *testing.B, s *store.Store, path string) {
	book, err := sheet.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(b.Context(), book, store.ImportOptions{Now: noon})
	if err != nil {
		b.Fatal(err)
	}
	if report.Sheets[0].New != benchedPositions {
		b.Fatal(counts(report.Sheets[0]))
	}
}

// benchedPosition is a row of the benchmark: everybody walks to and fro.
func benchedPosition(i int) (mobile string, at time.Time, lon, lat float64) {
	n, day, walker := i%benchedFixes, i/benchedFixes%benchedOutings, i/benchedFixes/benchedOutings
	at = (calendar.NewDate(2026, time.October, 8) + calendar.Date(day)).Start().Add(8*time.Hour + time.Duration(n)*10*time.Second)
	lon, lat = place(float64(10*(n%200)-500), float64(50*(n/200)+20*walker%900))
	return fmt.Sprintf("138%08d", walker), at, lon, lat
}

func copyPositions(b *testing.B, s *store.Store) time.Duration {
	start := time.Now()
	_, err := s.Pool().CopyFrom(b.Context(), pgx.Identifier{"track_points"}, []string{"mobile", "at", "longitude", "latitude"},
		pgx.CopyFromSlice(benchedPositions, func(i int) ([]any, error) {
			mobile, at, lon, lat := benchedPosition(i)
			return []any{mobile, at, lon, lat}, nil
		}))
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func writePositions(b *testing.B, path string) {
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	fmt.Fprint(w, "手机号,时间,经度,纬度")
	for i := range benchedPositions {
		mobile, at, lon, lat := benchedPosition(i)
		fmt.Fprintf(w, "\n%s,%s,%.7f,%.7f", mobile, at.Format(time.DateTime), lon, lat)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
}
