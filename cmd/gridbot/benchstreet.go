package main

import (
	"context"
	"fmt"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// The street of the measurements: grids numbered from 1, each with a chief, a
// member, four persons of concern and a hazard site.

// benchMobile is the mobile number of a grid's member.
func benchMobile(grid int) string { return fmt.Sprint(13000000000 + grid) }

// benchOpenID is the member's identity on the stand-in.
func benchOpenID(grid int) string { return fmt.Sprintf("ou_bench_%d", grid) }

func benchGrid(grid int) string { return fmt.Sprintf("G%05d", grid) }

// settle adds the grids first to last with everybody in them.
func (b *benchGround) settle(ctx context.Context, first, last int) error {
	grid := fmt.Sprintf(`(select g, 'G' || to_char(g, 'FM00000') as id from generate_series(%d, %d) g) grid`, first, last)
	return b.exec(ctx,
		`insert into communities (name) select distinct '社区' || g / 30 from `+grid+` on conflict do nothing`,
		`insert into grids (id, name, community, households) select id, '网格' || g, '社区' || g / 30, 300 from `+grid,
		`insert into people (mobile, name, role, grids, open_id)
			select (13000000000 + g)::text, '组员' || g, '网格员', array[id], 'ou_bench_' || g from `+grid,
		`insert into people (mobile, name, role, grids) select (13100000000 + g)::text, '组长' || g, '网格长', array[id] from `+grid,
		`insert into watched_numbers (number, is_place) select id || 'D' || n, n = 5 from `+grid+`, generate_series(1, 5) n`,
		`insert into persons_of_concern (number, grid_id, name, category, key, archived)
			select id || 'D' || n, id, '', (array['精神病人', '涉毒人员', '关爱对象', '社区矫正人员'])[n], n = 1, true
			from `+grid+`, generate_series(1, 4) n`,
		`insert into hazard_sites (number, grid_id, name) select id || 'D5', id, '仓库' from `+grid)
}

// The records of a month of one grid, as many as the Measure asks for.
const (
	benchVisits = 90
	benchItems  = 90
)

// month adds the month's records of the grids first to last: 90 visits, 90 items
// and a patrol every day.
func (b *benchGround) month(ctx context.Context, month calendar.Month, first, last int) error {
	grid := fmt.Sprintf(`(select g, 'G' || to_char(g, 'FM00000') as id, (13000000000 + g)::text as mobile
		from generate_series(%d, %d) g) grid`, first, last)
	begin, day := month.First().String(), month.First().String()
	return b.exec(ctx,
		fmt.Sprintf(`select ensure_month('visits', '%[1]s'), ensure_month('items', '%[1]s')`, day),
		fmt.Sprintf(`insert into visits (id, grid_id, mobile, visited_at, photos, watched, control)
			select id || 'V' || n, id, mobile, timestamptz '%s 08:00+08' + n * interval '7 hours 50 minutes', 1,
				case when n %% 6 < 5 then id || 'D' || n %% 6 + 1 end, n %% 6 = 0
			from %s, generate_series(0, %d) n`, begin, grid, benchVisits-1),
		fmt.Sprintf(`insert into items (id, grid_id, mobile, reported_at, category, deadline, disposed_at, by_grid)
			select id || 'S' || n, id, mobile, at, (array['城市管理', '社会治安', '环境保护'])[n %% 3 + 1],
				at + interval '2 days', at + n %% 60 * interval '1 hour', true
			from %s, generate_series(0, %d) n, lateral (select timestamptz '%s 08:00+08' + n * interval '7 hours 50 minutes') t (at)`,
			grid, benchItems-1, begin),
		fmt.Sprintf(`insert into patrols (grid_id, mobile, day, km, hours)
			select id, mobile, date '%s' + n, 1.35, 3.5 from %s, generate_series(0, %d) n`, day, grid, month.Last()-month.First()),
		`analyze`)
}
