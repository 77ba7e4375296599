package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/store"
)

// benchedGrids is the size of the benchmark's street: a whole district.
const benchedGrids = 500

// benchedRecords fill the street with the records of September and October, as
// many as the Measure asks for: for each grid three people, 20 persons and 2
// sites, a month's 100 visits, 120 items, 90 households and everybody's patrols.
var benchedRecords = []string{
	`select ensure_month(parent, month::date) from unnest(array['visits', 'items']) parent,
		unnest(array['2026-09-01', '2026-10-01', '2026-11-01']) month`,
	fmt.Sprintf(`create view grid as select g, to_char(g, '"G"FM000') as id from generate_series(1, %d) g`, benchedGrids),
	`insert into communities values ('东社区')`,
	`insert into grids select id, id, '东社区', 800 from grid`,
	`insert into people select (13800000000 + g * 3 + n)::text, '某人', case n when 0 then '网格长' else '网格员' end::role, array[id]
		from grid, generate_series(0, 2) n`,
	`insert into watched_numbers select id || 'D' || n, n > 20 from grid, generate_series(1, 22) n`,
	`insert into persons_of_concern (number, grid_id, name, category, key, archived)
		select id || 'D' || n, id, '某人', (array['精神病人', '涉毒人员', '关爱对象', '社区矫正人员'])[n % 4 + 1], n % 3 = 0, true
		from grid, generate_series(1, 20) n`,
	`insert into hazard_sites (number, grid_id, name) select id || 'D' || n, id, '仓库' from grid, generate_series(21, 22) n`,
	`insert into visits (id, grid_id, mobile, visited_at, photos, watched, control)
		select id || 'V' || n, id, (13800000000 + g * 3 + n % 3)::text,
			timestamptz '2026-09-01 08:00+08' + n * interval '7 hours 10 minutes', 1, id || 'D' || n % 22 + 1, n % 5 = 0
		from grid, generate_series(0, 199) n`,
	`insert into items (id, grid_id, mobile, reported_at, category, deadline, disposed_at, by_grid)
		select id || 'S' || n, id, (13800000000 + g * 3 + n % 3)::text, at,
			(array['城市管理', '社会治安', '环境保护'])[n % 3 + 1], at + interval '2 days', at + interval '1 hour' * (n % 60), true
		from grid, generate_series(0, 239) n, lateral (select timestamptz '2026-09-01 08:00+08' + n * interval '6 hours') t (at)`,
	`insert into patrols select id, (13800000000 + g * 3 + n)::text, day::date, 1.35, 3.5
		from grid, generate_series(0, 2) n, generate_series(timestamp '2026-09-01', '2026-10-31', '1 day') day`,
	`insert into collections select id, 'H' || n, '2026-10-01', '2026-10-09 09:00+08', '2026-10-10 09:00+08', n % 30 > 0
		from grid, generate_series(1, 90) n`,
	`insert into meetings select 'M' || n, '例会', date '2026-10-08' + n, mobile, case when mobile like '%7' then '迟到' else '出席' end
		from people, generate_series(1, 4) n`,
	`insert into findings select id || 'R', id, '相互推诿', '2026-10-20' from grid`,
	`drop view grid`,
	`analyze`,
}

// plain is the yardstick: the month's records of the same tables counted by grid
// and day, without any rule.
const plain = `
	select grid_id, (visited_at at time zone 'Asia/Shanghai')::date, count(*)::numeric from visits
		where visited_at >= '2026-09-28 00:00+08' and visited_at < '2026-11-02 00:00+08' group by 1, 2
	union all select grid_id, (reported_at at time zone 'Asia/Shanghai')::date, count(*) from items
		where reported_at >= '2026-09-28 00:00+08' and reported_at < '2026-11-02 00:00+08' group by 1, 2
	union all select grid_id, day, sum(km) from patrols where day between '2026-09-28' and '2026-11-01' group by 1, 2
	union all select grid_id, month, count(*) from collections where month = '2026-10-01' group by 1, 2
	union all select grid_id, null, count(*) from persons_of_concern group by 1
	union all select grid_id, null, count(*) from hazard_sites group by 1
	union all select grid_id, found_on, count(*) from findings group by 1, 2
	union all select mobile, held_on, count(*) from meetings group by 1, 2`

// BenchmarkFacts makes the facts of a month of the whole street. The metric ratio
// is how many times the plain counting of the same records it takes.
func BenchmarkFacts(b *testing.B) {
	s := benched(b)
	query := store.FactsQuery{Month: october, At: noon}
	if n := len(facts(b, s, query)); n != benchedGrids {
		b.Fatalf("%d grids", n)
	}
	var counting time.Duration
	for b.Loop() {
		if _, err := s.Facts(b.Context(), query); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		counting += countPlainly(b, s)
		b.StartTimer()
	}
	b.ReportMetric(float64(counting)/float64(b.N), "plain-ns/op")
	b.ReportMetric(float64(b.Elapsed())/float64(counting), "ratio")
}

// countPlainly returns how long the yardstick took, with its rows taken over.
func countPlainly(b *testing.B, s *store.Store) time.Duration {
	start := time.Now()
	rows, err := s.Pool().Query(b.Context(), plain)
	if err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		if _, err := rows.Values(); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkFactsOfOneGrid is what an answer costs that no cache holds. The metric
// ratio is what it takes of the whole street's plain counting.
func BenchmarkFactsOfOneGrid(b *testing.B) {
	s := benched(b)
	query := store.FactsQuery{Month: october, At: noon, Grids: []string{"G250"}}
	counting := countPlainly(b, s)
	for b.Loop() {
		if _, err := s.Facts(b.Context(), query); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(counting), "ratio")
}

// benched returns a store with the street of the benchmarks.
func benched(b *testing.B) *store.Store {
	s := open(b)
	for _, sql := range benchedRecords {
		exec(b, s, sql)
	}
	return s
}
