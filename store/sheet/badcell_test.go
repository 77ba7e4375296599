package sheet

import (
	"fmt"
	"strings"
	"testing"
)

func TestTheFirstHundredBadCellsAreListedAndTheOthersCounted(t *testing.T) {
	var file strings.Builder
	file.WriteString("场所编号,网格编号,名称\n")
	for i := range 300 {
		fmt.Fprintf(&file, "C-%d,,加油站\n", i)
	}
	bad := fromCSV(t, HazardSiteTable, file.String()).Bad
	if len(bad.Cells) != MaxBadCells || bad.Count != 300 || bad.More() != 200 {
		t.Fatalf("%d listed, %d in all, %d more", len(bad.Cells), bad.Count, bad.More())
	}
	if first, last := bad.Cells[0].Row, bad.Cells[99].Row; first != 2 || last != 101 {
		t.Errorf("rows %d to %d", first, last)
	}
}

func TestEveryBadCellOfARowIsListed(t *testing.T) {
	bad := fromCSV(t, VisitTable, "记录编号,网格编号,手机号,走访时间,图片数\n,1,王芳,昨天,几张\n").Bad
	sameList(t, bad.Cells, []BadCell{
		{Visits, bad.Cells[0].File, 2, "记录编号", "", "不能空着"},
		{Visits, bad.Cells[0].File, 2, "手机号", "王芳", "不是 11 位的手机号"},
		{Visits, bad.Cells[0].File, 2, "走访时间", "昨天", "不是时间，请写成 2026-10-08 09:30 这样"},
		{Visits, bad.Cells[0].File, 2, "图片数", "几张", "不是数字"},
	})
}

func TestLongValuesAreShownShortened(t *testing.T) {
	var bad BadCells
	bad.Add(BadCell{Value: strings.Repeat("走", 61)})
	bad.Add(BadCell{Value: strings.Repeat("走", 60)})
	sameList(t, []string{bad.Cells[0].Value, bad.Cells[1].Value}, []string{strings.Repeat("走", 60) + "…", strings.Repeat("走", 60)})
}

func TestTheStoreRefusesInTheSameWords(t *testing.T) {
	report := Report{Name: Visits}
	report.Refuse(Line{File: "走访.csv", Row: 7}, "网格编号", "NXS-99", "没有这个网格")
	sameList(t, report.Bad.Cells, []BadCell{{Visits, "走访.csv", 7, "网格编号", "NXS-99", "没有这个网格"}})
}

func TestOfPersonsOfConcernOnlyWhatCannotBeANameIsShown(t *testing.T) {
	for value, shown := range map[string]bool{
		"NXS-99": true, "ＮＸＳ－９９": true, "D-7": true, "17": true, "2026年13月40日": true, "2026/10/8": true, "精神病人": true, "是": true,
		"周某某": false, "Zhou": false, "ZHOU": false, "ZHOUMOU1": false, "周某1": false, "zhou-1": false, "13800000001": false,
		"320412199001011234": false, "D-1+周某": false,
	} {
		var concerns, sites BadCells
		concerns.Add(BadCell{Sheet: Concerns, Value: value})
		sites.Add(BadCell{Sheet: HazardSites, Value: value})
		if got := concerns.Cells[0].Value; (got == value) != shown || !shown && got != "" {
			t.Errorf("%q is shown as %q", value, got)
		}
		if got := sites.Cells[0].Value; got != value {
			t.Errorf("of a site %q is shown as %q", value, got)
		}
	}
}
