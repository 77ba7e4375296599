package store

import (
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// The sheets of what the street consists of.

// Columns by which other sheets name a record of these.
func ofGrid(column string) reference {
	return reference{column: column, header: "网格编号", sheet: sheet.Grids,
		table: "grids", key: "id", problem: "没有这个网格，请先在“网格”表里加上"}
}

var (
	ofPerson = reference{column: "mobile", header: "手机号", sheet: sheet.People,
		table: "people", key: "mobile", problem: "没有用这个手机号的人，请先在“人员”表里加上"}
	ofWatched = reference{column: "watched", header: "对象编号", sheet: sheet.Concerns,
		table: "watched_numbers", key: "number", problem: "“对象”和“隐患场所”里都没有这个编号"}
)

var grids = from(&table{
	sheet: sheet.Grids, name: "grids", header: "网格编号", key: []string{"id"},
	columns: []string{"id", "name", "community", "households", "boundary"},
	uses: []use{
		{sheet.People, "people", "grids", true},
		{sheet.Concerns, "persons_of_concern", "grid_id", false},
		{sheet.HazardSites, "hazard_sites", "grid_id", false},
		{sheet.Visits, "visits", "grid_id", false},
		{sheet.Patrols, "patrols", "grid_id", false},
		{sheet.Items, "items", "grid_id", false},
		{sheet.Collections, "collections", "grid_id", false},
		{sheet.Readinesses, "readiness", "grid_id", false},
		{sheet.Findings, "findings", "grid_id", false},
		{sheet.Exemptions, "exemptions", "grid_id", false},
	},
	before: []string{`
		insert into communities (name) select distinct community from stage where not withdrawn
		on conflict (name) do nothing`},
	follow: measureOutdated,
}, sheet.GridTable, func(r sheet.Grid) []any {
	var boundary any
	if r.Boundary != nil {
		boundary = r.Boundary.GeoJSON()
	}
	return []any{r.ID, r.Name, r.Community, r.Households, boundary}
}, nil)

var people = from(&table{
	sheet: sheet.People, name: "people", header: "手机号", key: []string{"mobile"},
	columns: []string{"mobile", "name", "role", "grids", "communities", "open_id", "on_duty"},
	references: []reference{
		{column: "grids", list: true, header: "网格编号", sheet: sheet.Grids,
			table: "grids", key: "id", problem: "没有这个网格，请先在“网格”表里加上"},
		{column: "communities", list: true, header: "社区", sheet: sheet.Grids,
			table: "communities", key: "name", problem: "没有这个社区，“网格”表里没有它的网格"},
	},
	uses: []use{
		{sheet.Visits, "visits", "mobile", false},
		{sheet.Patrols, "patrols", "mobile", false},
		{sheet.TrackPoints, "track_points", "mobile", false},
		{sheet.Items, "items", "mobile", false},
		{sheet.Attendances, "meetings", "mobile", false},
	},
	// An empty open_id keeps the binding there is, unless another row of the
	// sheet takes it. A holder whom the sheet does not name loses it like one whom
	// it does: as a changed row, which keeps its history.
	prepare: []string{`
		update stage s set open_id = p.open_id from people p
		where s.open_id is null and p.mobile = s.mobile and not s.withdrawn
			and not exists (select from stage other where other.open_id = p.open_id and not other.withdrawn)`, `
		insert into stage (row, withdrawn, mobile, name, role, grids, communities, open_id, on_duty)
		select (select max(row) from stage) + row_number() over (order by p.mobile), false,
			p.mobile, p.name, p.role, p.grids, p.communities, null, p.on_duty
		from people p
		where p.open_id in (select open_id from stage where not withdrawn)
			and not exists (select from stage s where s.mobile = p.mobile)`},
	checks: []check{{"open_id", "同一个 open_id 填给了几个人", `
		select s.row, s.open_id from stage s
		where exists (select from stage other where other.open_id = s.open_id and other.row <> s.row)`}},
	// A binding that moves is taken from its former holder first.
	before: []string{`
		update people p set open_id = null from stage s
		where s.open_id = p.open_id and s.mobile <> p.mobile and not s.withdrawn`},
	follow: measureOutdated,
}, sheet.PersonTable, func(r sheet.Person) []any {
	return []any{r.Mobile, r.Name, orNull(r.Role), orEmpty(r.Grids), orEmpty(r.Communities), orNull(r.OpenID), r.OnDuty}
}, nil)

var catalogue = from(&table{
	sheet: sheet.Catalogue, name: "catalogue", header: "类别", key: []string{"category", "kind"},
	columns: []string{"category", "kind", "time_limit"},
}, sheet.KindTable, func(r sheet.Kind) []any {
	return []any{string(r.Category), r.Kind, r.Limit}
}, nil)

var concerns = from(watched(table{
	sheet: sheet.Concerns, name: "persons_of_concern", header: "对象编号", key: []string{"number"},
	columns: []string{"number", "grid_id", "name", "category", "key", "archived", "listed_on", "unlisted_on"},
	sealed:  sealedColumns{name: "name", number: "number"},
}, "false", "这个编号已经是一处隐患场所的编号"), sheet.ConcernTable, func(r sheet.Concern) []any {
	return []any{r.ID, r.GridID, r.Name, r.Category, r.Key, r.Archived, dateOrNull(r.ListedOn), dateOrNull(r.UnlistedOn)}
}, nil)

var hazardSites = from(watched(table{
	sheet: sheet.HazardSites, name: "hazard_sites", header: "场所编号", key: []string{"number"},
	columns: []string{"number", "grid_id", "name", "listed_on", "unlisted_on"},
	sealed:  sealedColumns{number: "number"},
}, "true", "这个编号已经是一位对象的编号"), sheet.HazardSiteTable, func(r sheet.HazardSite) []any {
	return []any{r.ID, r.GridID, r.Name, dateOrNull(r.ListedOn), dateOrNull(r.UnlistedOn)}
}, nil)

// watched completes a table of whom or what is looked after: the two share one
// number space, kept in watched_numbers.
func watched(t table, isPlace, taken string) *table {
	t.references = []reference{ofGrid("grid_id")}
	t.uses = []use{{sheet.Visits, "visits", "watched", false}}
	t.touches = touched{touchedAlways}
	t.checks = []check{{t.header, taken, `
		select s.row, s.number from stage s join watched_numbers w using (number)
		where not s.withdrawn and w.is_place <> ` + isPlace}}
	t.before = []string{`
		insert into watched_numbers (number, is_place)
		select number, ` + isPlace + ` from stage where not withdrawn
		on conflict (number) do nothing`}
	t.after = []string{`
		delete from watched_numbers w using stage s
		where s.withdrawn and w.number = s.number and w.is_place = ` + isPlace}
	return &t
}

func orNull[V comparable](v V) any {
	var zero V
	if v == zero {
		return nil
	}
	return v
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func dateOrNull(d calendar.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.UTC()
}

func timeOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
