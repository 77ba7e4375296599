package store_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// The tests of facts play in October 2026. Its weeks, by their Sundays, are those
// of 28 September to 25 October; its duty days are 8 to 10, 12 to 16, 19 to 23 and
// 26 to 30 October. Unless a case says otherwise, the month is over.
var october = calendar.NewMonth(2026, time.October)

// records are rows of the sheets, a line each, with the columns in the order of
// headers; the last cells may be left out. 甲 to 己 stand for mobile numbers.
type records map[sheet.Name]string

var headers = map[sheet.Name]string{
	sheet.Grids:          "网格编号,网格名称,社区,总户数,边界",
	sheet.People:         "姓名,手机号,角色,网格编号,社区",
	sheet.Concerns:       "对象编号,网格编号,姓名,类别,重点,档案,列管日期,撤管日期",
	sheet.HazardSites:    "场所编号,网格编号,名称,列管日期,撤管日期",
	sheet.Visits:         "记录编号,网格编号,手机号,走访时间,图片数,对象编号,管控信息,作废",
	sheet.Patrols:        "网格编号,手机号,日期,公里数,时长,作废",
	sheet.TrackPoints:    "手机号,时间,经度,纬度,精度,作废",
	sheet.Items:          "事项编号,网格编号,手机号,上报时间,类别,处置时限,处置时间,延时至,受限,受限时间,返工,自办,状态",
	sheet.Attendances:    "会议编号,会议名称,日期,手机号,状态",
	sheet.Collections:    "网格编号,户编号,采集时间,录入时间,完整",
	sheet.SpecialPeriods: "时段编号,名称,开始,结束",
	sheet.Readinesses:    "时段编号,网格编号,值班表,稳控方案,责任人",
	sheet.Findings:       "认定编号,网格编号,类型,日期,说明,事项编号",
	sheet.Exemptions:     "网格编号,开始,结束,原因",
}

var mobiles = strings.NewReplacer("甲", "13800000001", "乙", "13800000002", "丙", "13800000003",
	"丁", "13800000004", "戊", "13800000005", "己", "13800000006")

// twoGrids is where the cases play: G1 with two chiefs and two members, G2 with a
// chief, and a community lead.
var twoGrids = records{
	sheet.Grids: "G1,一号网格,东社区,300\nG2,二号网格,西社区,280",
	sheet.People: `王一,甲,网格长,G1
李二,乙,网格员,G1
张三,丙,网格员,G1
赵四,丁,网格长,G2
钱五,戊,社区负责人,,东社区
孙六,己,网格长,G1`,
}

// take imports the records, all of which must be good.
func (r records) take(t testing.TB, s *store.Store, options store.ImportOptions) map[sheet.Name]store.SheetReport {
	t.Helper()
	if len(r) == 0 {
		return nil
	}
	reports := load(t, s, r.sheets(), options)
	for name, report := range reports {
		if report.Refused() {
			t.Fatalf("%s: %s", name, counts(report))
		}
	}
	return reports
}

// sheets writes the records with their headers.
func (r records) sheets() sheets {
	texts := sheets{}
	for name, rows := range r {
		texts[name] = headers[name] + "\n" + mobiles.Replace(rows)
	}
	return texts
}

// moment reads 2006-01-02 15:04, with seconds where needed, in Shanghai.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	layout := "2006-01-02 15:04:05"
	at, err := time.ParseInLocation(layout[:len(s)], s, calendar.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// factsCase says which facts records become.
type factsCase struct {
	records records
	at      string // "" = 2026-11-05 12:00: October is over
	grid    string // "" = G1
	want    string // the fields of the facts document that matter, in JSON; null = absent
}

func testFacts(t *testing.T, cases map[string]factsCase) {
	s := open(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			empty(t, s)
			twoGrids.take(t, s, store.ImportOptions{})
			c.records.take(t, s, store.ImportOptions{})
			if c.at == "" {
				c.at = "2026-11-05 12:00"
			}
			if c.grid == "" {
				c.grid = "G1"
			}
			all := facts(t, s, store.FactsQuery{Month: october, At: moment(t, c.at), Grids: []string{c.grid}})
			if len(all) != 1 {
				t.Fatalf("%d documents", len(all))
			}
			want, got := fields(t, c.want), fields(t, document(t, all[0]))
			for name := range want {
				if diff := cmp.Diff(want[name], got[name]); diff != "" {
					t.Errorf("%s: -want +got\n%s", name, diff)
				}
			}
		})
	}
}

func facts(t testing.TB, s *store.Store, q store.FactsQuery) []*scoring.Facts {
	t.Helper()
	all, err := s.Facts(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if err := f.Validate(); err != nil {
			t.Errorf("%s: %v", f.GridID, err)
		}
	}
	return all
}

func document(t testing.TB, f *scoring.Facts) string {
	t.Helper()
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fields reads a JSON object.
func fields(t testing.TB, text string) (all map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryGridHasFactsInTheOrderOfItsID(t *testing.T) {
	s := open(t)
	records{sheet.Grids: "b,乙,东社区,1\nG10,丙,东社区,2\nG9,丁,东社区,3\na,甲,东社区,4"}.take(t, s, store.ImportOptions{})
	for name, c := range map[string]struct {
		grids []string
		want  string
	}{
		"all grids":              {nil, "G10 G9 a b"},
		"one":                    {[]string{"a"}, "a"},
		"some, once each":        {[]string{"b", "G9", "b"}, "G9 b"},
		"an unknown one is none": {[]string{"x", "a"}, "a"},
		"none at all":            {[]string{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var ids []string
			for _, f := range facts(t, s, store.FactsQuery{Month: october, At: noon, Grids: c.grids}) {
				ids = append(ids, f.GridID)
			}
			if got := strings.Join(ids, " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestFactsNeedAMonthThatHasBegun(t *testing.T) {
	s := open(t)
	for at, ok := range map[string]bool{"2026-09-30 23:59:59": false, "2026-10-01 00:00": true} {
		_, err := s.Facts(t.Context(), store.FactsQuery{Month: october, At: moment(t, at)})
		if (err == nil) != ok {
			t.Errorf("at %s: %v", at, err)
		}
	}
}

func TestFactsNeedTheOfficialWorkdaysOfTheMonth(t *testing.T) {
	s := open(t)
	_, err := s.Facts(t.Context(), store.FactsQuery{Month: calendar.NewMonth(2019, time.May), At: noon})
	var none *calendar.NoDataError
	if !errors.As(err, &none) {
		t.Errorf("got %v", err)
	}
}

func TestDutyDays(t *testing.T) {
	const withHolidays = `["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10",
		"2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-16",
		"2026-10-19", "2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23",
		"2026-10-26", "2026-10-27", "2026-10-28", "2026-10-29", "2026-10-30"]`
	testFacts(t, map[string]factsCase{
		"are the official workdays, also of the neighbouring months' days in the month's weeks": {
			want: `{"duty_days": ` + withHolidays + `, "exempt_days": null}`},
		"are listed to the end of the month however early it is seen": {
			at: "2026-10-01 00:00", want: `{"duty_days": ` + withHolidays + `}`},
		"are less those on which the grid or the street is exempted": {
			records: records{sheet.Exemptions: `G1,2026-09-29,2026-10-11,雨
全部,2026-10-19,2026-10-31,停电
G2,2026-10-12,2026-10-16,雨`},
			want: `{"duty_days": ["2026-09-28", "2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-16"],
				"exempt_days": ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07",
					"2026-10-08", "2026-10-09", "2026-10-10", "2026-10-11", "2026-10-19", "2026-10-20", "2026-10-21", "2026-10-22",
					"2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27", "2026-10-28", "2026-10-29", "2026-10-30", "2026-10-31"]}`},
	})
}

func TestWithThePolicyOfAllDaysEveryDayIsADutyDay(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	everyDay, err := store.Open(t.Context(), s.Pool().Config().ConnString(), store.Options{EveryDay: true})
	if err != nil {
		t.Fatal(err)
	}
	defer everyDay.Close()
	f := facts(t, everyDay, store.FactsQuery{Month: october, At: noon})[0]
	first, last := f.DutyDays[0].String(), f.DutyDays[len(f.DutyDays)-1].String()
	if first != "2026-09-28" || last != "2026-11-01" || len(f.DutyDays) != 35 {
		t.Errorf("%d days from %s to %s", len(f.DutyDays), first, last)
	}
}
