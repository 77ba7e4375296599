package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// noon is when the rows of a test come in, unless it says otherwise.
var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, calendar.Shanghai)

// sheets are the CSV texts of an import, by sheet.
type sheets map[sheet.Name]string

// street is a street small enough to know by heart.
var street = sheets{
	sheet.Grids: `网格编号,网格名称,社区,总户数
G1,一号网格,东社区,300
G2,二号网格,西社区,280`,
	sheet.People: `姓名,手机号,角色,网格编号,社区,open_id
甲,13800000001,网格长,G1,,
乙,13800000002,网格员,G2,,
丙,13800000003,社区负责人,,东社区,`,
	sheet.Catalogue: `类别,小类,处置时限
社会治安,邻里,48`,
	sheet.Concerns: `对象编号,网格编号,姓名,类别,重点,档案
D1,G1,某人,精神病人,是,是`,
	sheet.HazardSites: `场所编号,网格编号,名称
C1,G1,仓库`,
	sheet.Visits: `记录编号,网格编号,手机号,走访时间,图片数,对象编号
V1,G1,13800000001,2026-11-20 10:00,1,D1
V2,G1,13800000001,2026-11-20 11:00,1,C1`,
	sheet.Patrols: `网格编号,手机号,日期,公里数,时长
G1,13800000001,2026-11-20,5.5,3`,
	sheet.TrackPoints: `手机号,时间,经度,纬度
13800000001,2026-11-20 10:00,113.26,23.13`,
	sheet.Items: `事项编号,网格编号,手机号,上报时间,类别,小类,处置时限
S1,G1,13800000001,2026-11-20 09:00,社会治安,邻里,`,
	sheet.Attendances: `会议编号,会议名称,日期,手机号,状态
M1,例会,2026-11-19,13800000001,出席`,
	sheet.Collections: `网格编号,户编号,采集时间,录入时间,完整
G1,H1,2026-11-10 10:00,2026-11-10 11:00,是`,
	sheet.SpecialPeriods: `时段编号,名称,开始,结束
P1,国庆,2026-10-01,2026-10-07`,
	sheet.Readinesses: `时段编号,网格编号,值班表,稳控方案,责任人
P1,G1,是,是,丁`,
	sheet.Findings: `认定编号,网格编号,类型,日期,说明,事项编号
R1,G1,相互推诿,2026-11-18,,S1`,
	sheet.Exemptions: `网格编号,开始,结束,原因
全部,2026-11-06,2026-11-06,停电`,
}

// load imports the sheets at the moment and returns the reports by sheet.
func load(t testing.TB, s *store.Store, texts sheets, options store.ImportOptions) map[sheet.Name]store.SheetReport {
	t.Helper()
	if options.Now.IsZero() {
		options.Now = noon
	}
	report, err := s.Import(t.Context(), texts.book(t), options)
	if err != nil {
		t.Fatal(err)
	}
	reports := map[sheet.Name]store.SheetReport{}
	for _, r := range report.Sheets {
		reports[r.Sheet] = r
	}
	return reports
}

// book is the sheets as files.
func (texts sheets) book(t testing.TB) *sheet.Book {
	t.Helper()
	dir := t.TempDir()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, string(name)+".csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book, err := sheet.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

// settled returns a store with the sheets of the street.
func settled(t testing.TB) *store.Store {
	t.Helper()
	s := open(t)
	settle(t, s)
	return s
}

func settle(t testing.TB, s *store.Store) {
	t.Helper()
	for name, report := range load(t, s, street, store.ImportOptions{}) {
		if report.Refused() {
			t.Fatalf("%s: %+v", name, report.Bad.Cells)
		}
	}
}

// counts writes a report as new/changed/same/withdrawn, or what was bad.
func counts(r store.SheetReport) string {
	if !r.Refused() {
		return fmt.Sprintf("%d/%d/%d/%d", r.New, r.Changed, r.Same, r.Withdrawn)
	}
	var bad []string
	for _, c := range r.Bad.Cells {
		bad = append(bad, fmt.Sprintf("%d %s %s", c.Row, c.Column, c.Value))
	}
	return strings.Join(bad, "; ")
}

func TestEveryAndAnySheetIsTaken(t *testing.T) {
	s := open(t)
	reports := load(t, s, street, store.ImportOptions{})
	for _, name := range sheet.Names {
		rows := strings.Count(street[name], "\n")
		if got, want := counts(reports[name]), fmt.Sprintf("%d/0/0/0", rows); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestTheSameImportAgainChangesNothing(t *testing.T) {
	s := settled(t)
	before := version(t, s)
	for name, report := range load(t, s, street, store.ImportOptions{}) {
		rows := strings.Count(street[name], "\n")
		if got, want := counts(report), fmt.Sprintf("0/0/%d/0", rows); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	if after := version(t, s); after != before {
		t.Errorf("the version grew from %d to %d", before, after)
	}
}

func TestWhatBecomesOfARow(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		sheets sheets // imported after the street
		sheet  sheet.Name
		want   string // new/changed/same/withdrawn, or the bad cells
	}{
		"a row replaces the whole row of its key": {
			sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-20,6"}, sheet.Patrols, "0/1/0/0"},
		"a visit moved to another month is still one": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数\nV1,G1,13800000001,2026-10-20 10:00,1"}, sheet.Visits, "0/1/0/0"},
		"a month long past finds its place": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数\nV9,G1,13800000001,2019-10-20 10:00,1"}, sheet.Visits, "1/0/0/0"},
		"a year that nobody can mean is bad": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数\nV9,G1,13800000001,2062-10-20 10:00,1"}, sheet.Visits, "2 走访时间 2062"},
		"an unknown grid is bad": {
			sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nG9,13800000001,2026-11-20,6"}, sheet.Patrols, "2 网格编号 G9"},
		"an unknown mobile number is bad": {
			sheets{sheet.Attendances: "会议编号,会议名称,日期,手机号,状态\nM1,例会,2026-11-19,13900000000,出席"}, sheet.Attendances, "2 手机号 13900000000"},
		"an unknown person or site is bad": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,对象编号\nV3,G1,13800000001,2026-11-20 10:00,1,D9"}, sheet.Visits, "2 对象编号 D9"},
		"an unknown special period is bad": {
			sheets{sheet.Readinesses: "时段编号,网格编号\nP9,G1"}, sheet.Readinesses, "2 时段编号 P9"},
		"an unknown community of a person is bad": {
			sheets{sheet.People: "姓名,手机号,角色,社区\n丁,13800000004,社区负责人,南社区"}, sheet.People, "2 社区 南社区"},
		"an unknown grid of a person is bad": {
			sheets{sheet.People: "姓名,手机号,角色,网格编号\n丁,13800000004,网格员,G9"}, sheet.People, "2 网格编号 G9"},
		"an exemption of a grid that does not exist is bad": {
			sheets{sheet.Exemptions: "网格编号,开始,结束,原因\nG9,2026-11-06,2026-11-06,停电"}, sheet.Exemptions, "2 网格编号 G9"},
		"every bad row is named, in order": {
			sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nG9,13900000000,2026-11-20,6\nG1,13800000001,2026-11-21,6\nG8,13800000001,2026-11-22,x"}, sheet.Patrols,
			"2 网格编号 G9; 2 手机号 13900000000; 4 公里数 x; 4 网格编号 G8"},
		"everything wrong with a row is named at once": {
			sheets{
				sheet.Visits:   "记录编号,网格编号,手机号,走访时间,图片数,对象编号\nV3,G9,13900000000,2026-13-20 10:00,1,D9",
				sheet.Concerns: "对象编号,网格编号,姓名,类别\nD3,G9,某人,好人",
			}, sheet.Visits, "2 走访时间 2026-13-20 10:00; 2 网格编号 G9; 2 手机号 13900000000; 2 对象编号 D9"},
		"so is it of a person of concern": {
			sheets{sheet.Concerns: "对象编号,网格编号,姓名,类别\nD3,G9,某人,好人"}, sheet.Concerns, "2 类别 ; 2 网格编号 G9"},
		"every sheet's bad rows are looked at": {
			sheets{
				sheet.People:      "姓名,手机号,角色,网格编号\n甲,13800000009,巡查员,G9",
				sheet.HazardSites: "场所编号,网格编号,名称,列管日期\nC9,G9,仓库,明天",
				sheet.Items:       "事项编号,网格编号,手机号,上报时间,类别,处置时限\nS9,G9,13900000000,明天,社会治安,",
				sheet.Attendances: "会议编号,会议名称,日期,手机号,状态\nM9,例会,明天,13900000000,出席",
				sheet.Collections: "网格编号,户编号,采集时间\nG9,H9,明天",
				sheet.Readinesses: "时段编号,网格编号,值班表\nP9,G9,也许",
				sheet.Findings:    "认定编号,网格编号,类型,日期\nR9,G9,相互推诿,明天",
				sheet.Exemptions:  "网格编号,开始,结束,原因\nG9,明天,2026-11-06,停电",
				sheet.Patrols:     "网格编号,手机号,日期,公里数\nG9,13900000000,明天,6",
				sheet.TrackPoints: "手机号,时间,经度,纬度\n13900000000,明天,113.26,23.13",
			}, sheet.Patrols, "2 日期 明天; 2 网格编号 G9; 2 手机号 13900000000"},
		"an item needs a deadline or a kind of the catalogue": {
			sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,小类,处置时限\nS2,G1,13800000001,2026-11-20 09:00,社会治安,婚姻,"}, sheet.Items, "2 处置时限 "},
		"a visit of a site in another grid is a visit": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,对象编号\nV3,G2,13800000002,2026-11-20 10:00,1,D1"}, sheet.Visits, "1/0/0/0"},
		"a site cannot have the number of a person of concern": {
			sheets{sheet.HazardSites: "场所编号,网格编号,名称\nD1,G1,仓库"}, sheet.HazardSites, "2 场所编号 D1"},
		"a person of concern cannot have the number of a site": {
			sheets{sheet.Concerns: "对象编号,网格编号,姓名,类别,重点,档案\nC1,G1,某人,精神病人,是,是"}, sheet.Concerns, "2 对象编号 C1"},
		"of a person and a site that come together, the site is bad": {
			sheets{
				sheet.Concerns:    "对象编号,网格编号,姓名,类别,重点,档案\nX1,G1,某人,精神病人,是,是",
				sheet.HazardSites: "场所编号,网格编号,名称\nX1,G1,仓库",
			}, sheet.HazardSites, "2 场所编号 X1"},
		"one open_id for two people is bad": {
			sheets{sheet.People: "姓名,手机号,角色,网格编号,open_id\n甲,13800000001,网格长,G1,ou_1\n乙,13800000002,网格员,G2,ou_1"}, sheet.People,
			"2 open_id ou_1; 3 open_id ou_1"},
		"identical rows are one": {
			sheets{sheet.Attendances: "会议编号,会议名称,日期,手机号,状态\nM2,例会,2026-11-19,13800000001,出席\nM2,例会,2026-11-19,13800000001,出席"}, sheet.Attendances, "1/0/0/0"},

		"taking back an unknown key does nothing": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,作废\nV9,,,,,是"}, sheet.Visits, "0/0/0/0"},
		"taking back an unknown person does nothing": {
			sheets{sheet.People: "姓名,手机号,角色,作废\n,13900000000,,是"}, sheet.People, "0/0/0/0"},
		"taking back an item does it": {
			sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,处置时限,作废\nS9,,,,,,是"}, sheet.Items, "0/0/0/0"},
		"taking back a visit frees the person": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,作废\nV1,,,,,是"}, sheet.Visits, "0/0/0/1"},
		"taking back an exemption of all grids does it": {
			sheets{sheet.Exemptions: "网格编号,开始,结束,原因,作废\n全部,2026-11-06,2026-11-06,停电,是"}, sheet.Exemptions, "0/0/0/1"},
		"taking back a household needs only its month": {
			sheets{sheet.Collections: "网格编号,户编号,采集时间,作废\nG1,H1,2026-11-30 10:00,是"}, sheet.Collections, "0/0/0/1"},
		"taking back a grid that is named is bad": {
			sheets{sheet.Grids: "网格编号,网格名称,社区,总户数,作废\nG2,,,,是"}, sheet.Grids, "2 网格编号 G2"},
		"taking back a person who is named is bad": {
			sheets{sheet.People: "姓名,手机号,角色,作废\n,13800000001,,是"}, sheet.People,
			"2 手机号 13800000001; 2 手机号 13800000001; 2 手机号 13800000001; 2 手机号 13800000001; 2 手机号 13800000001"},
		"taking back a person whom nothing names does it": {
			sheets{sheet.People: "姓名,手机号,角色,作废\n,13800000003,,是"}, sheet.People, "0/0/0/1"},
		"taking back a person of concern who was visited is bad": {
			sheets{sheet.Concerns: "对象编号,网格编号,姓名,类别,重点,档案,作废\nD1,,,,,,是"}, sheet.Concerns, "2 对象编号 D1"},
		"taking back a period that grids prepared for is bad": {
			sheets{sheet.SpecialPeriods: "时段编号,名称,开始,结束,作废\nP1,,,,是"}, sheet.SpecialPeriods, "2 时段编号 P1"},
		"taking back an item that a finding is about is bad": {
			sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,处置时限,作废\nS1,,,,,,是"}, sheet.Items, "2 事项编号 S1"},
		"taking back what is named is bad even if the naming row goes in the same import": {
			sheets{
				sheet.SpecialPeriods: "时段编号,名称,开始,结束,作废\nP1,,,,是",
				sheet.Readinesses:    "时段编号,网格编号,作废\nP1,G1,是",
			}, sheet.SpecialPeriods, "2 时段编号 P1"},
		"taking back a kind of the catalogue does it": {
			sheets{sheet.Catalogue: "类别,小类,处置时限,作废\n社会治安,邻里,,是"}, sheet.Catalogue, "0/0/0/1"},
		"the number of a site that is taken back under persons does nothing": {
			sheets{sheet.Concerns: "对象编号,网格编号,姓名,类别,重点,档案,作废\nC1,,,,,,是"}, sheet.Concerns, "0/0/0/0"},
	} {
		t.Run(name, func(t *testing.T) {
			empty(t, s)
			settle(t, s)
			got := counts(load(t, s, c.sheets, store.ImportOptions{})[c.sheet])
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func version(t testing.TB, s *store.Store) store.Version {
	t.Helper()
	v, err := s.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}
