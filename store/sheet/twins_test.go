package sheet

import (
	"fmt"
	"path/filepath"
	"testing"
)

func TestTheSameKeyTwice(t *testing.T) {
	const key = "场所编号: 和第 %d 行是同一条记录，内容却不一样"
	for name, tt := range map[string]struct {
		rows []string
		good []string // ids of the records that are read
		bad  []string
	}{
		"identical rows are one":                     {[]string{"C-1,1,加油站,", "C-1,1,加油站,"}, []string{"C-1"}, nil},
		"rows that only look different are one":      {[]string{"C-1,1,加油站,", " Ｃ－1 ,１,加 油 站,否"}, []string{"C-1"}, nil},
		"rows between them change nothing":           {[]string{"C-1,1,加油站,", "C-2,1,仓库,", "C-1,1,加油站,"}, []string{"C-1", "C-2"}, nil},
		"differing rows are both bad":                {[]string{"C-1,1,加油站,", "C-1,2,加油站,"}, []string{"C-1"}, []string{"2 " + fmt.Sprintf(key, 3), "3 " + fmt.Sprintf(key, 2)}},
		"of three the first is named once":           {[]string{"C-1,1,甲,", "C-1,1,乙,", "C-1,1,丙,"}, []string{"C-1"}, []string{"2 " + fmt.Sprintf(key, 3), "3 " + fmt.Sprintf(key, 2), "4 " + fmt.Sprintf(key, 2)}},
		"taken back and not taken back is different": {[]string{"C-1,1,加油站,", "C-1,1,加油站,是"}, []string{"C-1"}, []string{"2 " + fmt.Sprintf(key, 3), "3 " + fmt.Sprintf(key, 2)}},
		"they are named in the order of the rows":    {[]string{"C-1,1,甲,", ",1,没有编号,", "C-1,1,乙,"}, []string{"C-1"}, []string{"2 " + fmt.Sprintf(key, 4), "3 场所编号: 不能空着", "4 " + fmt.Sprintf(key, 2)}},
		"taken back twice is once":                   {[]string{"C-1,1,加油站,是", "C-1,,,是"}, []string{"C-1"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			records := fromCSV(t, HazardSiteTable, lines(append([]string{"场所编号,网格编号,名称,作废"}, tt.rows...)...))
			sameList(t, ids(records.Rows, func(r HazardSite) string { return r.ID }), tt.good)
			sameList(t, complaints(records.Bad), tt.bad)
		})
	}
}

func TestTakenBackAndNotIsDifferentEvenIfAllColumnsAreTheKey(t *testing.T) {
	records := fromCSV(t, ExemptionTable, lines("网格编号,开始,结束,原因,作废", "1,2026-10-08,2026-10-09,演练,", "1,2026-10-08,2026-10-09,演练,是"))
	if records.Bad.Count != 2 {
		t.Errorf("%v", complaints(records.Bad))
	}
}

func TestTheSameKeyInTwoFilesNamesBoth(t *testing.T) {
	folder := t.TempDir()
	a := write(t, folder, "a/隐患场所.csv", "场所编号,网格编号,名称\nC-1,1,加油站\n")
	b := write(t, folder, "b/隐患场所.csv", "题目,,\n场所编号,网格编号,名称\nC-1,1,仓库\n")
	same := write(t, folder, "c/隐患场所.csv", "场所编号,网格编号,名称\nC-1,1,加油站\n")
	bad := HazardSiteTable.Read(open(t, a, b, same)).Bad
	sameList(t, complaints(bad), []string{
		"2 场所编号: 和 " + b + " 第 3 行是同一条记录，内容却不一样",
		"3 场所编号: 和 " + a + " 第 2 行是同一条记录，内容却不一样",
	})
	if bad.Cells[0].File != a || bad.Cells[1].File != b || bad.Cells[0].Value != "C-1" {
		t.Errorf("%+v in %s", bad.Cells, filepath.Base(folder))
	}
}

func TestTheKeyOfSeveralColumnsIsShownWhole(t *testing.T) {
	bad := fromCSV(t, PatrolTable, lines("网格编号,手机号,日期,公里数", "NXS-01,13800000001,2026-10-08,1.6", "NXS-01,13800000001,2026-10-08,1.7")).Bad
	if len(bad.Cells) != 2 || bad.Cells[0].Column != "网格编号+手机号+日期" || bad.Cells[0].Value != "NXS-01+13800000001+2026-10-08" {
		t.Errorf("%+v", bad.Cells)
	}
}

// Every value has one representation, so that equal rows are found to be equal.
func TestEqualRowsAreEqualHoweverTheyAreWritten(t *testing.T) {
	same := func(bad BadCells, rows int) {
		t.Helper()
		if bad.Count > 0 || rows != 1 {
			t.Errorf("%d rows, %v", rows, complaints(bad))
		}
	}
	patrols := fromCSV(t, PatrolTable, lines("网格编号,手机号,日期,公里数,时长", "1,13800000001,2026-10-08,0,2", "1,+8613800000001,2026年10月8日,-0.00,2.0", "1,13800000001,2026-10-08 00:00,.0,02"))
	same(patrols.Bad, len(patrols.Rows))
	points := fromCSV(t, TrackPointTable, lines("手机号,时间,经度,纬度", "13800000001,2026-10-08 09:30,119.9,31.7", "13800000001,2026-10-08T01:30:00Z,119.90,31.70"))
	same(points.Bad, len(points.Rows))
	grids := fromCSV(t, GridTable, lines("网格编号,网格名称,社区,总户数,边界",
		`1,一,南,1,"POLYGON((119.9 31.7,119.91 31.7,119.91 31.71,119.9 31.7))"`,
		`1,一,南,1.0,"{""type"":""Polygon"",""coordinates"":[[[119.9,31.7],[119.91,31.7],[119.91,31.71],[119.9,31.7]]]}"`))
	same(grids.Bad, len(grids.Rows))
}
