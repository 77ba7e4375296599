package store_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// The tests of track points live on a flat map in metres around a place in
// Nanxiashu. Everybody walks 100 m a minute, straight on, with a point each.

func place(x, y float64) (lon, lat float64) {
	const lon0, lat0, degree = 119.93, 31.66, 6378137 * math.Pi / 180
	return lon0 + x/(degree*math.Cos(lat0*math.Pi/180)), lat0 + y/degree
}

// square is a boundary whose south-west corner is at 0, 0; it is a cell of CSV.
func square(side float64) string { return oblong(side, side) }

func oblong(width, height float64) string {
	var corners []string
	for _, c := range [][2]float64{{0, 0}, {width, 0}, {width, height}, {0, height}, {0, 0}} {
		lon, lat := place(c[0], c[1])
		corners = append(corners, fmt.Sprintf("%.9f %.9f", lon, lat))
	}
	return `"POLYGON((` + strings.Join(corners, ",") + `))"`
}

// bounded are the two grids, the first with a boundary.
func bounded(boundary string) records {
	return records{sheet.Grids: "G1,一号网格,东社区,300," + boundary + "\nG2,二号网格,西社区,280"}
}

// walk is the track points of who walks due east from x, y, beginning at a
// moment such as 2026-10-08 09:00.
func walk(who, from string, x, y float64, minutes int) records {
	begun, err := time.ParseInLocation("2006-01-02 15:04", from, calendar.Shanghai)
	if err != nil {
		panic(err)
	}
	var rows []string
	for i := range minutes + 1 {
		lon, lat := place(x+100*float64(i), y)
		rows = append(rows, fmt.Sprintf("%s,%s,%.9f,%.9f", who, begun.Add(time.Duration(i)*time.Minute).Format(time.DateTime), lon, lat))
	}
	return records{sheet.TrackPoints: strings.Join(rows, "\n")}
}

// together joins the rows of several.
func together(several ...records) records {
	all := records{}
	for _, r := range several {
		for name, rows := range r {
			all[name] = strings.TrimPrefix(all[name]+"\n"+rows, "\n")
		}
	}
	return all
}

// positionsCase says which days imports, one after the other, become.
type positionsCase struct {
	boundary string // of G1; "" = none
	imports  []records
	at       string // "" = 2026-11-05 12:00
	grid     string // "" = G1
	want     string // the days in JSON
}

func testPositions(t *testing.T, cases map[string]positionsCase) {
	t.Helper()
	s := open(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			empty(t, s)
			twoGrids.take(t, s, store.ImportOptions{})
			bounded(c.boundary).take(t, s, store.ImportOptions{})
			for _, r := range c.imports {
				r.take(t, s, store.ImportOptions{})
			}
			if c.at == "" {
				c.at = "2026-11-05 12:00"
			}
			if c.grid == "" {
				c.grid = "G1"
			}
			f := facts(t, s, store.FactsQuery{Month: october, At: moment(t, c.at), Grids: []string{c.grid}})[0]
			want, got := fields(t, `{"days": `+c.want+`}`), fields(t, document(t, f))
			if diff := cmp.Diff(want["days"], got["days"]); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestTrackPointsGiveTheDaysOfWhichThereIsNo里程(t *testing.T) {
	km1 := walk("甲", "2026-10-08 09:00", 0, 500, 10)
	testPositions(t, map[string]positionsCase{
		"the whole way inside the grid": {
			square(1000), []records{km1}, "", "",
			`[{"date": "2026-10-08", "km": "1", "chief_hours": "0.17"}]`},
		"of a way half outside the half that is inside": {
			square(1000), []records{walk("甲", "2026-10-08 09:00", 500, 500, 10)}, "", "",
			`[{"date": "2026-10-08", "km": "0.5", "chief_hours": "0.08"}]`},
		"nothing of a way outside": {
			square(1000), []records{walk("甲", "2026-10-08 09:00", 0, 1500, 10)}, "", "",
			`[{"date": "2026-10-08"}]`},
		"all of it where the grid has no boundary": {
			"", []records{walk("甲", "2026-10-08 09:00", 500, 5000, 10)}, "", "",
			`[{"date": "2026-10-08", "km": "1", "chief_hours": "0.17"}]`},
		"里程 of the same person and day wins, hours not given and all": {
			square(1000), []records{km1, {sheet.Patrols: "G1,甲,2026-10-08,0.4"}}, "", "",
			`[{"date": "2026-10-08", "km": "0.4"}]`},
		"also 里程 of another grid": {
			square(1000), []records{km1, {sheet.Patrols: "G2,甲,2026-10-08,0.4"}}, "", "", `null`},
		"里程 that is taken back wins no longer": {
			square(1000), []records{km1, {sheet.Patrols: "G1,甲,2026-10-08,0.4"}, {sheet.Patrols: "G1,甲,2026-10-08,,,是"}}, "", "",
			`[{"date": "2026-10-08", "km": "1", "chief_hours": "0.17"}]`},
		"里程 of one and points of the other add up": {
			square(1000), []records{km1, {sheet.Patrols: "G1,乙,2026-10-08,0.4,2\nG1,甲,2026-10-09,3,1"}}, "", "",
			`[{"date": "2026-10-08", "km": "1.4", "chief_hours": "0.17", "member_hours": "2"}, {"date": "2026-10-09", "km": "3", "chief_hours": "1"}]`},
		"chiefs' hours are summed, of the members' the largest count": {
			square(1000), []records{together(km1, walk("己", "2026-10-08 10:00", 0, 500, 5),
				walk("乙", "2026-10-08 09:00", 0, 500, 5), walk("丙", "2026-10-08 09:00", 0, 500, 10))}, "", "",
			`[{"date": "2026-10-08", "km": "3", "chief_hours": "0.25", "member_hours": "0.17"}]`},
		"the points of whoever has no grid are nobody's": {
			square(1000), []records{walk("戊", "2026-10-08 09:00", 0, 500, 10)}, "", "", `null`},
		"each grid of a person has what lies inside it": {
			square(1000), []records{{sheet.People: "王一,甲,网格长,G1、G2"}, walk("甲", "2026-10-08 09:00", 500, 500, 10)}, "", "G2",
			`[{"date": "2026-10-08", "km": "1", "chief_hours": "0.17"}]`},
		"a day ends at midnight in Shanghai": {
			square(1000), []records{walk("甲", "2026-10-08 23:57", 0, 500, 6)}, "", "",
			`[{"date": "2026-10-08", "km": "0.2", "chief_hours": "0.03"}, {"date": "2026-10-09", "km": "0.3", "chief_hours": "0.05"}]`},
		"points later than the moment are left out": {
			square(1000), []records{together(km1, walk("乙", "2026-10-08 09:06", 0, 500, 10))}, "2026-10-08 09:05", "",
			`[{"date": "2026-10-08", "km": "0.5", "chief_hours": "0.08"}]`},
	})
}

func TestADayIsMeasuredAgainWhenWhatItRestsOnChanges(t *testing.T) {
	km1 := walk("甲", "2026-10-08 09:00", 0, 500, 10)
	const all = `[{"date": "2026-10-08", "km": "1", "chief_hours": "0.17"}]`
	const half = `[{"date": "2026-10-08", "km": "0.5", "chief_hours": "0.08"}]`
	testPositions(t, map[string]positionsCase{
		"points that come late": {
			square(1000), []records{walk("甲", "2026-10-08 09:00", 0, 500, 5), walk("甲", "2026-10-08 09:05", 500, 500, 5)}, "", "", all},
		"points again":          {square(1000), []records{km1, km1}, "", "", all},
		"points put right":      {square(1000), []records{walk("甲", "2026-10-08 09:00", 500, 500, 10), km1}, "", "", all},
		"points taken back":     {square(1000), []records{km1, takenBack(km1)}, "", "", `null`},
		"a smaller boundary":    {square(1000), []records{km1, bounded(oblong(500, 1000))}, "", "", half},
		"a larger boundary":     {oblong(500, 1000), []records{km1, bounded(square(1000))}, "", "", all},
		"a first boundary":      {"", []records{km1, bounded(oblong(500, 1000))}, "", "", half},
		"no boundary any more":  {oblong(500, 1000), []records{km1, bounded("")}, "", "", all},
		"another grid":          {oblong(500, 1000), []records{km1, {sheet.People: "王一,甲,网格长,G2"}}, "", "G2", all},
		"no more of the former": {square(1000), []records{km1, {sheet.People: "王一,甲,网格长,G2"}}, "", "", `null`},
		"a first grid": {
			square(1000), []records{walk("戊", "2026-10-08 09:00", 0, 500, 10), {sheet.People: "钱五,戊,网格长,G1"}}, "", "", all},
	})
}

// takenBack takes back track points.
func takenBack(r records) records {
	return records{sheet.TrackPoints: strings.ReplaceAll(r[sheet.TrackPoints], "\n", ",,是\n") + ",,是"}
}

// A row of the square of 200 m has four cells of its sixteen. The duty days
// around the holidays are 24 and 28 to 30 September, and from 8 October on.
func TestCoverageIsOfFiveDutyDays(t *testing.T) {
	row := func(who, day string, n int) records { return walk(who, day+" 09:00", 0, 25+50*float64(n), 2) }
	days := func(days ...string) records {
		var all []records
		for n, day := range days {
			all = append(all, row("甲", day, n/2))
		}
		return together(all...)
	}
	five := days("2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09")
	last := func(coverage string) string {
		const each = `{"date": "2026-%s", "km": "0.2", "chief_hours": "0.03"`
		var all []string
		for _, day := range []string{"09-28", "09-29", "09-30", "10-08", "10-09"} {
			all = append(all, fmt.Sprintf(each, day)+"}")
		}
		all[4] = strings.TrimSuffix(all[4], "}") + coverage + "}"
		return "[" + strings.Join(all, ",") + "]"
	}
	at := "2026-10-09 12:00"
	testPositions(t, map[string]positionsCase{
		"also of those of the month before": {
			square(200), []records{five}, at, "", last(`, "coverage": "0.75"`)},
		"not measured where the grid has no boundary": {
			"", []records{five}, at, "", last("")},
		"not measured where one of them has no points": {
			square(200), []records{days("2026-09-28", "2026-09-29", "2026-09-30", "2026-10-09")}, at, "",
			`[{"date": "2026-09-28", "km": "0.2", "chief_hours": "0.03"}, {"date": "2026-09-29", "km": "0.2", "chief_hours": "0.03"},
				{"date": "2026-09-30", "km": "0.2", "chief_hours": "0.03"}, {"date": "2026-10-09", "km": "0.2", "chief_hours": "0.03"}]`},
		"a day between that is no duty day does not count": {
			square(200), []records{five, row("甲", "2026-10-05", 3)}, "2026-10-09 12:00", "",
			strings.Replace(last(`, "coverage": "0.75"`), `{"date": "2026-10-08"`, `{"date": "2026-10-05", "km": "0.2", "chief_hours": "0.03"}, {"date": "2026-10-08"`, 1)},
		"an exempt day makes room for one before, even before the first week": {
			square(200), []records{five, row("甲", "2026-09-24", 3), {sheet.Exemptions: "G1,2026-09-30,2026-10-07,停电"}}, at, "",
			last(`, "coverage": "1"`)},
		"an exempt day of the street does so as well": {
			square(200), []records{five, row("甲", "2026-09-24", 3), {sheet.Exemptions: "全部,2026-09-30,2026-10-07,停电"}}, at, "",
			last(`, "coverage": "1"`)},
		"exempt days before the first week make room too": {
			square(200), []records{five, row("甲", "2026-09-23", 3), {sheet.Exemptions: "G1,2026-09-30,2026-10-07,停电\nG1,2026-09-24,2026-09-24,停电"}}, at, "",
			last(`, "coverage": "1"`)},
		"an exempt day without points leaves it measured": {
			square(200), []records{days("2026-09-24", "2026-09-28", "2026-09-29", "2026-10-08", "2026-10-09"),
				{sheet.Exemptions: "G1,2026-09-30,2026-09-30,停电"}}, at, "",
			strings.Replace(last(`, "coverage": "0.75"`), `{"date": "2026-09-30", "km": "0.2", "chief_hours": "0.03"},`, "", 1)},
		"what several people touched is one": {
			square(200), []records{together(five, row("乙", "2026-10-08", 0), row("乙", "2026-09-29", 3))}, at, "",
			strings.NewReplacer(`"2026-10-08", "km": "0.2", "chief_hours": "0.03"`, `"2026-10-08", "km": "0.4", "chief_hours": "0.03", "member_hours": "0.03"`,
				`"2026-09-29", "km": "0.2", "chief_hours": "0.03"`, `"2026-09-29", "km": "0.4", "chief_hours": "0.03", "member_hours": "0.03"`,
			).Replace(last(`, "coverage": "1"`))},
		"里程 wins for the kilometres and takes nothing from it": {
			square(200), []records{five, {sheet.Patrols: "G1,甲,2026-10-09,0.2,0.03"}}, at, "", last(`, "coverage": "0.75"`)},
		"points outside the grid are points too": {
			square(200), []records{days("2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08"), row("甲", "2026-10-09", 100)}, at, "",
			strings.Replace(last(`, "coverage": "0.5"`), `"2026-10-09", "km": "0.2", "chief_hours": "0.03"`, `"2026-10-09"`, 1)},
		"points later than the moment touch nothing": {
			square(200), []records{five}, "2026-10-09 09:00", "",
			strings.Replace(last(`, "coverage": "0.5"`), `"2026-10-09", "km": "0.2", "chief_hours": "0.03"`, `"2026-10-09"`, 1)},
	})
}
