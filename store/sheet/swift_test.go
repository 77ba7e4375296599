package sheet

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// linesOf are the rows that a way of reading gives, without empty ones.
func linesOf(t rapid.TB, lines func([]Column, func(int, []string) bool) error) []string {
	var all []string
	err := lines(nil, func(number int, cells []string) bool {
		if cells = withoutTail(cells); len(cells) > 0 {
			all = append(all, fmt.Sprintf("%d %q", number, cells))
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheFastWayReadsWhatTheGeneralWayDoes(t *testing.T) {
	path := workbookOf(t, t.TempDir(), "一.xlsx", []worksheetOf{{"走访", [][]any{
		{"记录编号", "网格编号"}, nil, {"V-1", " 一 & <二> ", nil, 3.5}, {nil, "“x”\t", "第一行\n第二行"}, {"]]", "_"},
	}}})
	book := open(t, path).close[0].(*workbook)
	part := book.usual.parts(path)["走访"]
	if part == "" {
		t.Fatal("the worksheet is not read the fast way")
	}
	want := linesOf(t, worksheet{book.File, "走访"}.lines)
	if diff := cmp.Diff(want, linesOf(t, swiftSheet{book.usual, path, part}.lines)); diff != "" {
		t.Error(diff)
	}
}

// Of any rows, well-formed or not, the fast way either reads what the general
// way does or leaves them to it.
func TestTheFastWayNeverDecidesOtherwise(t *testing.T) {
	good := goodWorkbook(t)
	usual, folder := 0, t.TempDir()
	pieces := rapid.SampledFrom([]string{
		`<row r="1">`, `<row>`, `<row r="7" spans="1:3">`, `</row>`, `<row/>`, `<c>`, `<c r="B7">`, `<c t="str">`, `<c t="inlineStr">`,
		`<c t="s">`, `<c t="e">`, `<c t="b">`, `<c r="A1"/>`, `</c>`, `<v>`, `</v>`, `<v>0</v>`, `<v>12.50</v>`, `<is><t>`, `</t></is>`, `<f>A1&gt;2</f>`,
		`<t xml:space="preserve">`, `</t>`, `网格`, `&amp;`, `&#10;`, `]]>`, ` `, "\n", "\x01", `<!-- -->`, `<c t="str"><v>甲</v></c>`, `<c><v>1</v></c>`,
		`<row><c t="inlineStr"><is><t>乙 &lt;</t></is></c></row>`, `<row><c><v>46303</v></c><c t="str"><f>"x"</f><v>x</v></c></row>`,
	})
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		rows := strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "rows"), "")
		content := rewritten(outer, good, func(part, content string) string {
			if strings.HasPrefix(part, "xl/worksheets/") {
				return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`
			}
			return content
		})
		book, err := openWorkbook(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return
		}
		defer book.Close()
		path := folder + "/x.xlsx"
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		part := book.usual.parts(path)["隐患场所"]
		if part == "" {
			return
		}
		usual++
		want := linesOf(t, worksheet{book.File, "隐患场所"}.lines)
		if diff := cmp.Diff(want, linesOf(t, swiftSheet{book.usual, path, part}.lines)); diff != "" {
			t.Errorf("%s: %s", rows, diff)
		}
	})
	if usual == 0 {
		t.Error("no worksheet was read the fast way")
	}
}
