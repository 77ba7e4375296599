package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// goodWorkbook is a workbook with a site in it.
func goodWorkbook(t testing.TB) []byte {
	t.Helper()
	path := workbookOf(t, t.TempDir(), "好.xlsx", []worksheetOf{{"隐患场所", [][]any{{"场所编号", "网格编号", "名称"}, {"C-1", "NXS-03", "加油站"}}}})
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// refusal opens the bytes as a workbook, reads its worksheets and returns why
// that was refused.
func refusal(t testing.TB, workbook []byte) string {
	t.Helper()
	book, err := openWorkbook(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return words(err).Error()
	}
	for _, sheet := range book.sheets {
		if err := sheet.lines(nil, func(int, []string) bool { return true }); err != nil {
			return words(err).Error()
		}
	}
	return ""
}

func TestAnEncryptedWorkbookIsSaidSo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "密.xlsx")
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SaveAs(path, excelize.Options{Password: "南夏墅"}); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path)
	if want := path + "：这个文件加了密码，或是旧版 .xls 改了名字；请去掉密码，另存为 .xlsx"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestAWorkbookThatBreaksOffIsRefused(t *testing.T) {
	good := goodWorkbook(t)
	if why := refusal(t, good); why != "" {
		t.Fatal(why)
	}
	for _, size := range []int{0, 1, 4, 7, 8, 9, 100, len(good) / 2, len(good) - 1} {
		if why := refusal(t, good[:size]); why != noWorkbook.Error() {
			t.Errorf("the first %d bytes: %q", size, why)
		}
	}
	spoilt := bytes.Clone(good)
	for i := 40; i < len(good)/2; i++ {
		spoilt[i] ^= 0xFF
	}
	if why := refusal(t, spoilt); why == "" {
		t.Error("spoilt bytes are accepted")
	}
}

func TestWorksheetsThatAreNotWholeAreRefused(t *testing.T) {
	const rows = `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c><v>1</v></c><c><v>2</v></c></row>`
	worksheet := func(rows string) string { return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>` }
	for name, tt := range map[string]struct{ content, want string }{
		"well-formed":                {worksheet(rows), ""},
		"without numbers":            {worksheet(`<row><c><v>1</v></c></row><row/>`), ""},
		"rows left out":              {worksheet(`<row r="2"/><row r="9"><c r="B9"/><c r="XFD9"/></row>`), ""},
		"what else is called row":    {worksheet(rows) + `<!-- -->`, ""},
		"the end is missing":         {strings.TrimSuffix(worksheet(rows), `</worksheet>`), notWhole.Error()},
		"it ends within a row":       {`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>`, notWhole.Error()},
		"it ends within a tag":       {`<worksheet><sheetData><row r="1`, notWhole.Error()},
		"elements end crosswise":     {worksheet(`<row r="1"><c r="A1"></row></c>`), notWhole.Error()},
		"one ends that never began":  {worksheet(rows) + `</worksheet>`, notWhole.Error()},
		"a forbidden character":      {worksheet("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\x01</v></c></row>"), notWhole.Error()},
		"bytes that are no text":     {worksheet("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xff</v></c></row>"), notWhole.Error()},
		"an unknown entity":          {worksheet(`<row r="1"><c r="A1" t="str"><v>&name;</v></c></row>`), notWhole.Error()},
		"a hundred deep":             {strings.Repeat(`<worksheet>`, maxDepth) + strings.Repeat(`</worksheet>`, maxDepth), ""},
		"deeper":                     {strings.Repeat(`<worksheet>`, maxDepth+1) + strings.Repeat(`</worksheet>`, maxDepth+1), notWhole.Error()},
		"nothing ever closes":        {strings.Repeat(`<worksheet>`, 10_000), notWhole.Error()},
		"cells in disorder":          {worksheet(`<row r="1"><c r="B1"/><c r="A1"/></row>`), notInOrder.Error()},
		"a cell twice":               {worksheet(`<row r="1"><c r="A1"/><c r="A1"/></row>`), notInOrder.Error()},
		"a cell of no column":        {worksheet(`<row r="1"><c r="ZZZZ1"/></row>`), notInOrder.Error()},
		"more cells than columns":    {worksheet(`<row r="1">` + strings.Repeat(`<c/>`, excelize.MaxColumns+1) + `</row>`), notInOrder.Error()},
		"rows in disorder":           {worksheet(`<row r="2"/><row r="1"/>`), notInOrder.Error()},
		"a row twice":                {worksheet(`<row r="2"/><row r="2"/>`), notInOrder.Error()},
		"a row of no number":         {worksheet(`<row r="first"/>`), notInOrder.Error()},
		"a row that never ends":      {worksheet(`<row r="1"><c r="A1" t="str"><v>x</v></c><!---->`), notWhole.Error()},
		"a row of many megabytes":    {worksheet(`<row r="1"><c r="A1" t="inlineStr"><is>` + strings.Repeat(`<t>走访</t>`, 1<<19) + `</is></c></row>`), "有一行太长（超过 4 MB），CSV 文件可能是少了一个引号"},
		"an attribute of megabytes":  {worksheet(`<row r="1" x="` + strings.Repeat("x", 5<<20) + `"/>`), "有一行太长（超过 4 MB），CSV 文件可能是少了一个引号"},
		"many short rows are no row": {worksheet(strings.Repeat(`<row><c t="str"><v>`+strings.Repeat("x", 5000)+`</v></c></row>`, 1000)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			workbook := rewritten(t, goodWorkbook(t), func(part, content string) string {
				if strings.HasPrefix(part, "xl/worksheets/") {
					return tt.content
				}
				return content
			})
			if why := refusal(t, workbook); why != tt.want {
				t.Errorf("%q, want %q", why, tt.want)
			}
		})
	}
	for _, part := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"} {
		workbook := rewritten(t, goodWorkbook(t), func(name, content string) string {
			if name == part {
				return content[:len(content)-1]
			}
			return content
		})
		if why := refusal(t, workbook); why != notWhole.Error() {
			t.Errorf("%s breaks off: %q", part, why)
		}
	}
}

func TestZipBombsAreNotUnpacked(t *testing.T) {
	bomb := func(name string, size uint64, entries int) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for i := range entries {
			header := &zip.FileHeader{Name: fmt.Sprintf(name, i), Method: zip.Deflate, UncompressedSize64: size}
			if _, err := w.CreateRaw(header); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, workbook := range map[string][]byte{
		"one endless worksheet":            bomb("xl/worksheets/sheet%d.xml", 2<<30, 1),
		"one of more bytes than there are": bomb("xl/worksheets/sheet%d.xml", 1<<63, 3),
		"many large worksheets":            bomb("xl/worksheets/sheet%d.xml", 20<<20, 60),
	} {
		if why := refusal(t, workbook); why != "解压后太大了，请分成几个文件" {
			t.Errorf("%s: %q", name, why)
		}
	}
	liar := bytes.ReplaceAll(bomb("xl/worksheets/sheet%d.xml", 10, 1), []byte("\x0a\x00\x00\x00"), []byte("\x09\x00\x00\x00"))
	if why := refusal(t, liar); why != notWhole.Error() {
		t.Errorf("a part of another size than it says: %q", why)
	}
}

func TestALargeFileIsNotEvenOpened(t *testing.T) {
	_, err := openWorkbook(bytes.NewReader(nil), maxWorkbook+1)
	if err == nil || words(err) != "文件超过 128 MB，请分成几个文件" {
		t.Error(err)
	}
}

func TestSharedTextsOfGigabytesAreRefused(t *testing.T) {
	const text = "<si><t>0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef</t></si>"
	for name, texts := range map[string]string{
		"many texts":       strings.Repeat(text, maxShared/64),
		"many empty ones":  strings.Repeat("<si/>", maxShared/textCost+1),
		"one endless text": "<si>" + strings.Repeat("<t>"+strings.Repeat("走", 1<<19)+"</t>", maxShared/(3<<19)+1) + "</si>",
	} {
		workbook := rewritten(t, goodWorkbook(t), func(part, content string) string {
			if part == "xl/sharedStrings.xml" {
				return "<sst>" + texts + "</sst>"
			}
			return content
		})
		if why := refusal(t, workbook); why != "里面的文字太多了，请分成几个文件" {
			t.Errorf("%s: %q", name, why)
		}
	}
}

func TestManySharedTextsAreFoundByNumber(t *testing.T) {
	const n = 3*blockTexts + 5
	var all strings.Builder
	for i := range n {
		fmt.Fprintf(&all, "<si><t>文%d</t></si>", i)
	}
	workbook := rewritten(t, goodWorkbook(t), func(part, content string) string {
		if part == "xl/sharedStrings.xml" {
			return "<sst>" + all.String() + "</sst>"
		}
		return content
	})
	texts, err := readShared(theWorksheet(t, workbook).shared)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if text, err := texts.text(i); err != nil || string(text) != fmt.Sprintf("文%d", i) {
			t.Fatalf("%d: %q, %v", i, text, err)
		}
	}
	for _, i := range []int{-1, n, n + blockTexts} {
		if _, err := texts.text(i); err != notWhole {
			t.Errorf("%d: %v", i, err)
		}
	}
}
