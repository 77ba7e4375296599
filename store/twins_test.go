package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestTheSameKeyTwice(t *testing.T) {
	s := settled(t)
	for name, tt := range map[string]struct {
		sheet sheet.Name
		rows  string
		want  string // counts, or the bad rows
	}{
		"identical rows are one":                     {sheet.HazardSites, "场所编号,网格编号,名称\nC5,G1,加油站\nC5,G1,加油站", "1/0/0/0"},
		"rows that only look different are one":      {sheet.HazardSites, "场所编号,网格编号,名称\nC5,G1,加油站\nＣ5,G1,加 油 站", "1/0/0/0"},
		"rows between them change nothing":           {sheet.HazardSites, "场所编号,网格编号,名称\nC5,G1,加油站\nC6,G1,仓库\nC5,G1,加油站", "2/0/0/0"},
		"differing rows are both bad":                {sheet.HazardSites, "场所编号,网格编号,名称\nC5,G1,加油站\nC5,G2,加油站", "2 场所编号 C5; 3 场所编号 C5"},
		"even with rows between them":                {sheet.HazardSites, "场所编号,网格编号,名称\nC5,G1,加油站\nC6,G1,仓库\nC5,G2,加油站", "2 场所编号 C5; 4 场所编号 C5"},
		"of three the first is named once":           {sheet.HazardSites, "场所编号,网格编号,名称\nC5,G1,甲\nC5,G1,乙\nC5,G1,丙", "2 场所编号 C5; 3 场所编号 C5; 4 场所编号 C5"},
		"taken back and not taken back is different": {sheet.HazardSites, "场所编号,网格编号,名称,作废\nC9,G1,仓库,\nC9,,,是", "2 场所编号 C9; 3 场所编号 C9"},
		"a key of several columns is shown whole": {sheet.Patrols, "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-09,1.6\nG1,13800000001,2026-11-09,1.7",
			"2 网格编号+手机号+日期 G1+13800000001+2026-11-09; 3 网格编号+手机号+日期 G1+13800000001+2026-11-09"},
		"one part of the key may be the same": {sheet.Patrols, "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-09,1.6\nG1,13800000001,2026-11-10,1.7", "2/0/0/0"},
		"of two moments of one visit":         {sheet.Visits, "记录编号,网格编号,手机号,走访时间,图片数\nV8,G1,13800000001,2026-11-20 10:00,1\nV8,G1,13800000001,2026-10-20 10:00,1", "2 记录编号 V8; 3 记录编号 V8"},
		"moments written in two ways are one": {sheet.TrackPoints, "手机号,时间,经度,纬度\n13800000001,2026-11-09 10:00,113.26,23.13\n13800000001,2026-11-09T02:00:00Z,113.260,23.13", "1/0/0/0"},
		"a month is a part of a key":          {sheet.Collections, "网格编号,户编号,采集时间\nG1,H5,2026-11-08 09:30\nG1,H5,2026-11-09 09:30", "2 网格编号+户编号+采集时间 G1+H5+2026-11; 3 网格编号+户编号+采集时间 G1+H5+2026-11"},
		"days of every grid too":              {sheet.Exemptions, "网格编号,开始,结束,原因,作废\n全部,2026-11-08,2026-11-09,演练,\n全部,2026-11-08,2026-11-09,演练,是", "2 网格编号+开始+结束+原因 全部+2026-11-08+2026-11-09+演练; 3 网格编号+开始+结束+原因 全部+2026-11-08+2026-11-09+演练"},
		"a person of concern is not named":    {sheet.Concerns, "对象编号,网格编号,姓名,类别\n周某某,G1,x,精神病人\n周某某,G2,x,精神病人", "2 对象编号 ; 3 对象编号 "},
	} {
		t.Run(name, func(t *testing.T) {
			report := load(t, s, sheets{tt.sheet: tt.rows}, store.ImportOptions{DryRun: true})[tt.sheet]
			if got := counts(report); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestTheSameKeyInTwoFilesNamesBoth(t *testing.T) {
	const header = "场所编号,网格编号,名称\n"
	s, dir := settled(t), t.TempDir()
	var paths []string
	for i, rows := range []string{header + "C5,G1,加油站", "题目,,\n" + header + "C5,G1,仓库", header + "C5,G1,加油站"} {
		path := filepath.Join(dir, string(rune('a'+i)), "隐患场所.csv")
		if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(rows), 0o600)); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	bad := imported(t, s, paths...).Sheets[0].Bad.Cells
	if len(bad) != 2 || bad[0].File != paths[0] || bad[1].File != paths[1] ||
		bad[0].Problem != "和 "+paths[1]+" 第 3 行是同一条记录，内容却不一样" ||
		bad[1].Problem != "和 "+paths[0]+" 第 2 行是同一条记录，内容却不一样" {
		t.Errorf("%+v", bad)
	}
}

// imported imports the files.
func imported(t testing.TB, s *store.Store, paths ...string) store.ImportReport {
	t.Helper()
	book, err := sheet.Open(paths...)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(t.Context(), book, store.ImportOptions{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestAFileThatCannotBeReadIsAnErrorAfterTheOthersWereTaken(t *testing.T) {
	s, dir := settled(t), t.TempDir()
	for name, content := range map[string]string{
		"导出.xlsx": "PK", "走访.xls": "", "里程.csv": "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-19,6",
		"走访.csv": "记录编号,网格编号,手机号,走访时间,图片数\nV8,G1,13800000001,2026-11-20 10:00,1",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book, err := sheet.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(t.Context(), book, store.ImportOptions{Now: noon})
	var unread *sheet.FileError
	if !errors.As(err, &unread) || !strings.Contains(err.Error(), "导出.xlsx：") || !strings.Contains(err.Error(), "走访.xls：") {
		t.Errorf("%v", err)
	}
	if len(report.Sheets) != 2 || !report.Sheets[0].Refused() || counts(report.Sheets[1]) != "1/0/0/0" {
		t.Errorf("%+v", report.Sheets)
	}
}
