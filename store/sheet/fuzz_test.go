package sheet

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// within fails if f allocates more than a fixed amount and so many times the
// size of what it reads.
func within(t *testing.T, size int, f func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	if used, most := after.TotalAlloc-before.TotalAlloc, uint64(64<<20+2000*size); used > most {
		t.Errorf("%d bytes take %d MB", size, used>>20)
	}
}

// sound fails if a report is not for the people of the centre.
func sound(t *testing.T, report Report, rows int) {
	t.Helper()
	for _, c := range report.Bad.Cells {
		if c.Sheet != report.Name || c.Row < 1 || c.Problem == "" || strings.Contains(c.Problem, "文件读不完整") {
			t.Errorf("%+v", c)
		}
		if len([]rune(c.Value)) > maxValue+1 {
			t.Errorf("%d characters are shown", len([]rune(c.Value)))
		}
	}
	if report.Bad.More() < 0 || rows > maxRows {
		t.Errorf("%d rows, %d bad cells", rows, report.Bad.Count)
	}
}

// everySheet reads the part as sheets of all kinds of cells.
func everySheet(t *testing.T, p part) {
	t.Helper()
	readAs(t, p, GridTable)
	readAs(t, p, VisitTable)
	readAs(t, p, TrackPointTable)
	readAs(t, p, ItemTable)
	readAs(t, p, CollectionTable)
	readAs(t, p, ExemptionTable)
}

func readAs[R any](t *testing.T, p part, table *Table[R]) {
	t.Helper()
	records := readAll(table, &Book{parts: map[Name][]part{table.Name(): {p}}})
	sound(t, records.Report, len(records.Rows))
}

func FuzzCSV(f *testing.F) {
	const visits = "记录编号,网格编号,手机号,走访时间,图片数,内容\nV-1,NXS-01,13800000001,2026-10-08 09:30,1,\"一\n二\"\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(visits)
	if err != nil {
		f.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(visits)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		visits, "\uFEFF" + visits, strings.ReplaceAll(visits, ",", "\t"), gbk, utf16, visits + "V-2,\xff,\"", "", "\n\n", "\xff\xfe", ",\x00,",
		"手机号,时间,经度,纬度\n13800000001,2026-10-08T09:30:00+08:00,119.9,31.7\n", "网格编号,开始,结束,原因\n全部,2026-10-08,2026.10.9,演练\n",
		"网格编号,网格名称,社区,总户数,边界\n1,一,南,1,\"POLYGON((119.9 31.7,119.91 31.7,119.91 31.71,119.9 31.7))\"\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		within(t, len(content), func() {
			everySheet(t, part{file: "走访.csv", lines: func(columns []Column, yield func(int, []string) bool) error {
				return csvLines(bytes.NewReader(content), columns, yield)
			}})
		})
	})
}

// FuzzWorkbook changes the parts of a workbook, not its bytes: a zip archive
// notices every changed byte.
func FuzzWorkbook(f *testing.F) {
	good := goodWorkbook(f)
	parts := map[string]string{}
	rewritten(f, good, func(part, content string) string {
		parts[part] = content
		return content
	})
	worksheet := func(rows string) string { return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>" }
	for _, rows := range []string{
		textRow(1, "记录编号", "网格编号", "手机号", "走访时间", "图片数") + `<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="b"><v>1</v></c><c r="D3" s="1"><v>46303.4</v></c></row>`,
		textRow(1, "网格编号", "开始", "结束", "原因") + `<row><c t="s"><v>9</v></c><c t="d"><v>2026-10-08</v></c><c t="e"><v>#N/A</v></c><c><f>1+1</f></c></row>`,
		`<row r="1048577"/>`, `<row r="-1"/>`, `<row r="1"><c r="XFD1"><v>1</v></c></row>`,
	} {
		f.Add(worksheet(rows), parts["xl/sharedStrings.xml"], parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"])
	}
	f.Add("", "<sst><si/><si><t>走访</t></si><si><r/></si></sst>", "<workbook/>", "<Relationships/>")
	f.Fuzz(func(t *testing.T, worksheet, texts, workbook, links string) {
		content := rewritten(t, good, func(part, content string) string {
			switch part {
			case "xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml":
				return worksheet
			case "xl/sharedStrings.xml":
				return texts
			case "xl/workbook.xml":
				return workbook
			case "xl/_rels/workbook.xml.rels":
				return links
			}
			return content
		})
		within(t, len(worksheet)+len(texts)+len(workbook)+len(links), func() { readWorkbook(t, content) })
	})
}

// FuzzWorkbookFile opens bytes of any kind.
func FuzzWorkbookFile(f *testing.F) {
	good := goodWorkbook(f)
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(append(bytes.Clone(oldWorkbook), good...))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		within(t, len(content), func() { readWorkbook(t, content) })
	})
}

func readWorkbook(t *testing.T, content []byte) {
	t.Helper()
	book, err := openWorkbook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		if !errors.As(err, new(problem)) {
			t.Errorf("not an error of ours: %v", err)
		}
		return
	}
	for _, sheet := range book.sheets {
		everySheet(t, part{file: "导出.xlsx", epoch: book.epoch, lines: ahead(sheet.lines)})
	}
}

func FuzzCell(f *testing.F) {
	for _, seed := range []string{
		"", "是", "否", "TRUE", "1", "0", "-0", "1.5", "１．５", "1E+10", "1e300", "NaN", "∞", "0x1p-2", "1_000", "46303.395833", "2958465", "-1",
		"2026-10-08", "2026年10月8日", "2026/10/8 9:30", "2026-10-08T09:30:00.123456789+08:00", "2026-10-08T24:00:00Z", "0001-01-01", "9999-12-31T23:59:59-14:00",
		"13800000001", "+86 138-0000-0001", "张　三", "NXS-01、NXS-02", "POLYGON((119.9 31.7,119.91 31.7,119.91 31.71,119.9 31.7))", "\xff\ufeff\u200b\u2028",
	} {
		f.Add(seed, 0)
		f.Add(seed, 1)
	}
	f.Fuzz(func(t *testing.T, text string, epoch int) {
		c := cell{text, Epoch(min(max(epoch, 0), 2))}
		if c.damaged() != nil || blank(c.text) {
			return // no reader sees such a cell
		}
		again(t, c, moment, func(v time.Time) string { return v.Format("2006-01-02T15:04:05.999999Z07:00") })
		again(t, c, day, calendar.Date.String)
		again(t, c, listing, calendar.Date.String)
		again(t, c, number, numberText)
		again(t, c, between(0, 1000), numberText)
		again(t, c, count(1000), numberOf)
		again(t, c, degrees(73, 136, 3, 54), numberOf)
		again(t, c, mark, asMark)
		again(t, c, identifier, asText)
		again(t, c, name, asText)
		again(t, c, prose, asText)
		again(t, c, mobile, asText)
		again(t, c, listOf(identifier), func(v []string) string { return strings.Join(v, "、") })
		again(t, c, markOrName, asMark)
		if _, err := boundary(c); err != nil && words(err) != err {
			t.Errorf("not an error of ours: %v", err)
		}
	})
}

// again reads a cell; what it says is read as the same once more.
func again[V any](t *testing.T, c cell, read func(cell) (V, error), show func(V) string) {
	t.Helper()
	v, err := read(c)
	if err != nil {
		if words(err) != err {
			t.Errorf("not an error of ours: %v", err)
		}
		return
	}
	shown := show(v)
	w, err := read(cell{shown, NoSerials})
	if err != nil && shown != "" || show(w) != shown {
		t.Errorf("%q is read as %q, and that as %q (%v)", c.text, shown, show(w), err)
	}
}
