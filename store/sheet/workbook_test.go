package sheet

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

var visitHeader = []any{"记录编号", "网格编号", "手机号", "走访时间", "图片数", "对象编号", "管控信息", "内容"}

func shanghai(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, calendar.Shanghai)
}

func TestTheCellsOfAWorkbookAreReadAsTheyWereMeant(t *testing.T) {
	at := time.Date(2026, 10, 8, 9, 30, 0, 0, time.UTC) // excelize writes the clock as it stands
	records := fromWorkbook(t, VisitTable, [][]any{visitHeader,
		{"V-1", "NXS-03", "13800000001", "2026-10-08 09:30", "1", "D-1", "是", "入户"},
		{"V-2", "NXS-03", 13800000001, at, 2, 17, true, nil},
		{20261008001, 3, 13800000001.0, 46303.395833333336, 3.0, nil, false, 12.5},
		{" Ｖ-4 ", "ＮＸＳ－０３", "１３８ ０００００００１", "２０２６／１０／８　９：３０", "０", "", "否", " 在家 "},
	})
	sameList(t, complaints(records.Bad), nil)
	moment := shanghai(2026, 10, 8, 9, 30)
	want := []Visit{
		{ID: "V-1", GridID: "NXS-03", Mobile: "13800000001", At: moment, Photos: 1, Watched: "D-1", Control: true, Note: "入户"},
		{ID: "V-2", GridID: "NXS-03", Mobile: "13800000001", At: moment, Photos: 2, Watched: "17", Control: true},
		{ID: "20261008001", GridID: "3", Mobile: "13800000001", At: moment, Photos: 3, Note: "12.5"},
		{ID: "V-4", GridID: "NXS-03", Mobile: "13800000001", At: moment, Note: "在家"},
	}
	for i := range want {
		want[i].Line = Line{File: records.Rows[i].File, Row: i + 2}
	}
	sameList(t, records.Rows, want)
}

func TestDateCellsOfAnyFormatAreDates(t *testing.T) {
	for _, format := range []string{"yyyy-mm-dd", "m/d/yy", `yyyy"年"m"月"d"日"`, "General", "@", "aaaa"} {
		records := fromWorkbook(t, HazardSiteTable, [][]any{{"场所编号", "网格编号", "名称", "列管日期"}, {"C-1", "NXS-03", "加油站", 46303}},
			func(f *excelize.File) error {
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
				if err != nil {
					return err
				}
				return f.SetCellStyle("隐患场所", "D2", "D2", style)
			})
		if records.Bad.Count > 0 || records.Rows[0].ListedOn.String() != "2026-10-08" {
			t.Errorf("%s: %v %+v", format, complaints(records.Bad), records.Rows)
		}
	}
}

func TestAWorkbookOfAnOldMacCountsFrom1904(t *testing.T) {
	records := fromWorkbook(t, HazardSiteTable, [][]any{{"场所编号", "网格编号", "名称", "列管日期"}, {"C-1", "NXS-03", "加油站", 44841}},
		func(f *excelize.File) error {
			since1904 := true
			return f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &since1904})
		})
	if records.Bad.Count > 0 || records.Rows[0].ListedOn.String() != "2026-10-08" {
		t.Errorf("%v %+v", complaints(records.Bad), records.Rows)
	}
}

func TestNumbersThatExcelShortenedAreReported(t *testing.T) {
	records := fromWorkbook(t, HazardSiteTable, [][]any{{"场所编号", "网格编号", "名称"}, {nil, "NXS-03", "加油站"}, {"320412199001011234", "NXS-03", "烟花店"}},
		func(f *excelize.File) error { return f.SetCellDefault("隐患场所", "A2", "3.20412199001011E+17") }) // as Excel writes it
	sameList(t, complaints(records.Bad), []string{"2 场所编号: 编号太长，被 Excel 变成了科学计数法，请把这一列设为文本后重新填写"})
	sameList(t, sitesOf(records), []HazardSite{aSite("320412199001011234", "烟花店")})
}

// fromXML reads a worksheet of which the XML of its rows is given.
func fromXML[R any](t testing.TB, table *Table[R], rows string) *found[R] {
	t.Helper()
	path := workbookOf(t, t.TempDir(), "导出.xlsx", []worksheetOf{{string(table.Name()), nil}})
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content = rewritten(t, content, func(part, content string) string {
		if strings.HasPrefix(part, "xl/worksheets/") {
			return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
		}
		return content
	})
	return readAll(table, open(t, write(t, t.TempDir(), "导出.xlsx", string(content))))
}

// textRow is a row of text cells.
func textRow(number int, cells ...string) string {
	row := fmt.Sprintf(`<row r="%d">`, number)
	for i, text := range cells {
		row += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, number, text)
	}
	return row + `</row>`
}

func TestFormulasAreTheValuesLastComputed(t *testing.T) {
	records := fromXML(t, HazardSiteTable, textRow(1, "场所编号", "网格编号", "名称", "列管日期")+
		`<row r="2"><c r="A2" t="str"><f>"C-"&amp;1</f><v>C-1</v></c><c r="B2" t="str"><v>NXS-03</v></c><c r="C2" t="str"><v>加油站</v></c><c r="D2"><f>TODAY()</f><v>46303</v></c></row>`+
		`<row r="3"><c r="A3" t="str"><v>C-2</v></c><c r="B3" t="str"><v>NXS-03</v></c><c r="C3" t="e"><f>D9</f><v>#REF!</v></c></row>`+
		`<row r="4"><c r="A4" t="str"><f>IF(1,"","")</f><v></v></c></row>`)
	sameList(t, complaints(records.Bad), []string{"3 名称: 这一格的公式出错了，请改成数值"})
	want := aSite("C-1", "加油站")
	want.ListedOn = calendar.NewDate(2026, 10, 8)
	sameList(t, sitesOf(records), []HazardSite{want})
}

func TestCellsOfOtherProgramsAreRead(t *testing.T) {
	records := fromXML(t, HazardSiteTable, textRow(1, "场所编号", "网格编号", "名称", "列管日期")+
		`<row><c t="inlineStr"><is><r><t>C-</t></r><r><t>1</t></r></is></c><c><v> 3 </v></c><c t="str"><v>加油站</v></c><c t="d"><v>2026-10-08T00:00:00</v></c></row>`+
		`<row r="9"><c r="A9" t="str"><v>C-2</v></c><c r="B9"><v>1.32E+2</v></c><c r="C9" t="str"><v>烟花&amp;爆竹</v></c><c r="D9"><v>46303.0</v></c></row>`)
	sameList(t, complaints(records.Bad), nil)
	listed := calendar.NewDate(2026, 10, 8)
	sameList(t, sitesOf(records), []HazardSite{
		{ID: "C-1", GridID: "3", Name: "加油站", ListedOn: listed}, {ID: "C-2", GridID: "132", Name: "烟花&爆竹", ListedOn: listed}})
	if first, second := records.Rows[0].Row, records.Rows[1].Row; first != 2 || second != 9 {
		t.Errorf("in rows %d and %d", first, second)
	}
}

func TestAMergedTitleStandsAboveTheHeader(t *testing.T) {
	records := fromWorkbook(t, HazardSiteTable, [][]any{{"南夏墅街道隐患场所清单"}, nil, {"场所编号*", "网格编号*", "名称*"}, {"C-1", "NXS-03", "加油站"}, {"C-2", "", "烟花店"}},
		func(f *excelize.File) error { return f.MergeCell("隐患场所", "A1", "C1") })
	sameList(t, sitesOf(records), []HazardSite{aSite("C-1", "加油站")})
	sameList(t, complaints(records.Bad), []string{"5 网格编号: 不能空着"})
}

func TestEmptyRowsAreNoRecords(t *testing.T) {
	records := fromWorkbook(t, HazardSiteTable, [][]any{{"场所编号", "网格编号", "名称"}, {"C-1", "NXS-03", "加油站"}, {" ", "　", ""}, nil, {"C-2", "NXS-03", "烟花店"}},
		func(f *excelize.File) error { // borders far below, as exports have them
			style, err := f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "top", Style: 1, Color: "000000"}}})
			if err != nil {
				return err
			}
			return f.SetCellStyle("隐患场所", "A6", "H900", style)
		})
	sameList(t, complaints(records.Bad), nil)
	sameList(t, ids(records.Rows, func(r HazardSite) string { return fmt.Sprint(r.ID, " in row ", r.Row) }), []string{"C-1 in row 2", "C-2 in row 5"})
}

func TestTextBesideTheTableIsIgnoredInAWorkbook(t *testing.T) {
	records := fromWorkbook(t, HazardSiteTable, [][]any{{"场所编号", "网格编号", "名称"}, {"C-1", "NXS-03", "加油站", nil, "已核对"}})
	sameList(t, complaints(records.Bad), nil)
	sameList(t, sitesOf(records), []HazardSite{aSite("C-1", "加油站")})
}

func TestTheSameSheetOfSeveralFilesIsOneSheet(t *testing.T) {
	folder := t.TempDir()
	header := []any{"场所编号", "网格编号", "名称"}
	b := open(t,
		workbookOf(t, folder, "一.xlsx", []worksheetOf{{"隐患场所", [][]any{header, {"C-1", "NXS-03", "加油站"}}}}),
		workbookOf(t, folder, "二.xlsx", []worksheetOf{{"Sheet1", nil}, {" 隐患场所 ", [][]any{header, {"C-1", "NXS-03", "加油站"}, {"C-2", "NXS-03", "烟花店"}}}}),
		write(t, folder, "隐患场所.csv", "名称,场所编号,网格编号\n仓库,C-3,NXS-04\n没有编号,,NXS-04\n"))
	records := readAll(HazardSiteTable, b)
	sameList(t, ids(records.Rows, func(r HazardSite) string { return r.ID }), []string{"C-1", "C-1", "C-2", "C-3"})
	if bad := records.Bad.Cells; len(bad) != 1 || !strings.HasSuffix(bad[0].File, "隐患场所.csv") || bad[0].Row != 3 {
		t.Errorf("%+v", bad)
	}
}

func TestHugeCellsAreReported(t *testing.T) {
	records := fromWorkbook(t, HazardSiteTable, [][]any{{"场所编号", "网格编号", "名称"}, {"C-1", "NXS-03", strings.Repeat("店", excelize.TotalCellChars)}})
	sameList(t, complaints(records.Bad), []string{"2 名称: 太长了：32767 个字，最多 200 个"})
	if shown := []rune(records.Bad.Cells[0].Value); len(shown) != maxValue+1 {
		t.Errorf("%d characters are shown", len(shown))
	}
}

func TestAMillionColumnsAreNoTable(t *testing.T) {
	records := fromWorkbook(t, HazardSiteTable, [][]any{{"场所编号", "网格编号", "名称"}},
		func(f *excelize.File) error { return f.SetCellStr("隐患场所", "XFD1", "x") })
	sameList(t, complaints(records.Bad), []string{"1 : 超过 200 列，不像一张表"})
}
