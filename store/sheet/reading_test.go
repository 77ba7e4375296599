package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// rowsOf are the rows that a way of reading gives, without empty ones.
func rowsOf(lines lineSource) (all []string, err error) {
	err = lines(nil, func(number int, cells []string) bool {
		if cells = withoutTail(cells); len(cells) > 0 {
			all = append(all, fmt.Sprintf("%d %q", number, cells))
		}
		return true
	})
	return all, err
}

// byExcelize reads a worksheet as excelize does.
func byExcelize(content []byte, title string) lineSource {
	return func(_ []Column, yield func(int, []string) bool) error {
		book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		defer book.Close()
		rows, err := book.Rows(title)
		if err != nil {
			return err
		}
		defer rows.Close()
		for number := 1; rows.Next(); number++ {
			cells, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				return err
			}
			yield(number, cells)
		}
		return rows.Error()
	}
}

// theWorksheet is the first worksheet of a workbook.
func theWorksheet(t rapid.TB, content []byte) worksheet {
	t.Helper()
	book, err := openWorkbook(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	return book.sheets[0]
}

func TestAWorksheetIsReadAsExcelizeReadsIt(t *testing.T) {
	content := rewritten(t, goodWorkbook(t), func(part, content string) string {
		switch part {
		case "xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml":
			return "\ufeff<?xml version='1.0' encoding='utf-8'?>\n<!-- made by hand --><x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetPr/>" +
				"<x:sheetData>\r\n<x:row r='2' spans='1:3'><x:c r='A2' t='s'><x:v>0</x:v></x:c><x:c r='B2' t=\"s\" ><x:v> 1 </x:v></x:c ><x:c t='s'><x:v>2</x:v></x:c></x:row >" +
				"<x:row><x:c r='C3' t='inlineStr'><x:is><x:r><x:rPr><x:b/></x:rPr><x:t>粗</x:t></x:r><x:r><x:t xml:space='preserve'> 细</x:t></x:r></x:is></x:c></x:row>" +
				"<x:row r='5'/><x:row r='7'><x:c t='str'><x:f>1&lt;2</x:f><x:v><![CDATA[a<b]]>&amp;&#x4e00;\r\n</x:v></x:c><x:c t='b'><x:v>1</x:v></x:c><x:c><x:v>4.5E-1</x:v></x:c></x:row>" +
				"</x:sheetData><x:mergeCells count='1'><x:mergeCell ref='A1:B1'/></x:mergeCells></x:worksheet>\n"
		case "xl/sharedStrings.xml":
			return `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3"><si><t>第一_x000D_行</t></si><si/>` +
				`<si><r><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si></sst>`
		}
		return content
	})
	got, err := rowsOf(theWorksheet(t, content).lines)
	if err != nil {
		t.Fatal(err)
	}
	want, err := rowsOf(byExcelize(content, "隐患场所"))
	if err != nil {
		t.Fatal(err)
	}
	sameList(t, got, want)
	sameList(t, got, []string{`2 ["第一\r行" "" "张三"]`, `3 ["" "" "粗 细"]`, `7 ["a<b&一\n" "1" "4.5E-1"]`})
}

// Of any rows, well-formed or not: what is read is what excelize reads.
func TestNoWorksheetIsReadOtherwiseThanByExcelize(t *testing.T) {
	good := goodWorkbook(t)
	read, outer := 0, t
	pieces := rapid.SampledFrom([]string{
		`<row r="1">`, `<row>`, `<row r="7" spans="1:3">`, `</row>`, `<row/>`, `<c>`, `<c r="B7">`, `<c t="str">`, `<c t="inlineStr">`,
		`<c t="s">`, `<c t="e">`, `<c t="b">`, `<c r="A1"/>`, `</c>`, `<v>`, `</v>`, `<v>0</v>`, `<v>12.50</v>`, `<is><t>`, `</t></is>`, `<f>A1&gt;2</f>`,
		`<t xml:space="preserve">`, `</t>`, `网格`, `&amp;`, `&#10;`, `]]>`, ` `, "\n", "\x01", `<!-- -->`, `<c t="str"><v>甲</v></c>`, `<c><v>1</v></c>`,
		`<row><c t="inlineStr"><is><t>乙 &lt;</t></is></c></row>`, `<row><c><v>46303</v></c><c t="str"><f>"x"</f><v>x</v></c></row>`,
		`<c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh></is></c>`, `<![CDATA[<c>]]>`, `<?x y?>`,
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "rows"), "")
		content := rewritten(outer, good, func(part, content string) string {
			if strings.HasPrefix(part, "xl/worksheets/") {
				return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`
			}
			return content
		})
		got, err := rowsOf(theWorksheet(t, content).lines)
		if err != nil {
			if !errors.As(err, new(problem)) {
				t.Errorf("not an error of ours: %v", err)
			}
			return
		}
		read++
		want, err := rowsOf(byExcelize(content, "隐患场所"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", rows, diff)
		}
	})
	if read == 0 {
		t.Error("no worksheet was read")
	}
}
