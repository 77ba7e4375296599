package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMobile(t *testing.T) {
	check(t, mobile, asText, []reading{
		{name: "11 digits", text: "13800000001", want: "13800000001"},
		{name: "with the country", text: "+8613800000001", want: "13800000001"},
		{name: "with the country and spaces", text: "+86 138 0000 0001", want: "13800000001"},
		{name: "with the country and no plus", text: "8613800000001", want: "13800000001"},
		{name: "with hyphens", text: "138-0000-0001", want: "13800000001"},
		{name: "full-width", text: "１３８０００００００１", want: "13800000001"},
		{name: "an Excel number", text: "13800000001", epoch: Excel1900, want: "13800000001"},
		{name: "an Excel float", text: "1.3800000001E10", epoch: Excel1900, want: "13800000001"},
		{name: "an Excel number with a fraction of zero", text: "13800000001.0", epoch: Excel1900, want: "13800000001"},
		{name: "an invisible mark of a chat", text: "\u200e13800000001\u200b", want: "13800000001"},
		{name: "10 digits", text: "1380000000", wrong: "11 位"},
		{name: "12 digits", text: "138000000011", wrong: "11 位"},
		{name: "a landline", text: "05198888888", wrong: "11 位"},
		{name: "letters", text: "1380000000O", wrong: "11 位"},
	})
}

func TestIdentifier(t *testing.T) {
	check(t, identifier, asText, []reading{
		{name: "as it stands", text: "NXS-03", want: "NXS-03"},
		{name: "spaces around it", text: "\u00a0 NXS-03\t", want: "NXS-03"},
		{name: "full-width", text: "ＮＸＳ－０３", want: "NXS-03"},
		{name: "zeros in front stay", text: "007", want: "007"},
		{name: "18 digits as text", text: "320412199001011234", epoch: Excel1900, want: "320412199001011234"},
		{name: "a short number Excel made scientific", text: "1.2E+3", epoch: Excel1900, want: "1200"},
		{name: "a long number Excel made scientific", text: "3.20412199001011E+17", epoch: Excel1900, wrong: "科学计数法"},
		{name: "a line break", text: "NXS\n03", wrong: "换行"},
		{name: "a control character", text: "NXS\x0003", wrong: "看不见"},
		{name: "endless", text: strings.Repeat("x", 65), wrong: "太长"},
	})
}

func TestNames(t *testing.T) {
	check(t, name, asText, []reading{
		{name: "as it stands", text: "王芳", want: "王芳"},
		{name: "spread to the width of a longer name", text: "王　芳", want: "王芳"},
		{name: "spread further", text: " 欧 阳  芳 ", want: "欧阳芳"},
		{name: "foreign words stay apart", text: "John  Smith", want: "John Smith"},
		{name: "between the scripts the space stays", text: "南夏墅 A 区", want: "南夏墅 A 区"},
		{name: "full-width", text: "第３网格（东）", want: "第3网格(东)"},
		{name: "a line break", text: "王\n芳", wrong: "换行"},
		{name: "endless", text: strings.Repeat("王", 201), wrong: "201 个字，最多 200"},
	})
}

func TestProse(t *testing.T) {
	check(t, prose, asText, []reading{
		{name: "keeps its own punctuation", text: " 老人在家，一切正常。１人 ", want: "老人在家，一切正常。１人"},
		{name: "keeps its lines", text: "第一\n第二", want: "第一\n第二"},
		{name: "no control characters", text: "a\x00b", wrong: "看不见"},
		{name: "2000 characters", text: strings.Repeat("走", 2000), want: strings.Repeat("走", 2000)},
		{name: "one more", text: strings.Repeat("走", 2001), wrong: "2001 个字，最多 2000"},
	})
}

func TestMarks(t *testing.T) {
	check(t, mark, asMark, []reading{
		{name: "是", text: " 是 ", want: "是"},
		{name: "Y", text: "y", want: "是"},
		{name: "1", text: "１", want: "是"},
		{name: "true", text: "True", want: "是"},
		{name: "否", text: "否", want: "否"},
		{name: "N", text: "N", want: "否"},
		{name: "0", text: "0", want: "否"},
		{name: "false", text: "FALSE", want: "否"},
		{name: "anything else", text: "有", wrong: "是 或 否"},
	})
	check(t, markOrName, asMark, []reading{
		{name: "a name stands for 是", text: "王 芳", want: "是"},
		{name: "是 itself", text: "是", want: "是"},
		{name: "否 itself", text: "否", want: "否"},
		{name: "nobody", text: "暂无", want: "否"},
	})
}

func TestChoices(t *testing.T) {
	check(t, oneOf("出席", "迟到"), asText, []reading{
		{name: "a word of the list", text: " 出 席 ", want: "出席"},
		{name: "another word", text: "早退", wrong: "只能填：出席、迟到"},
	})
	check(t, func(c cell) (string, error) {
		d, err := datum(c)
		return string(d), err
	}, asText, []reading{
		{name: "without the hyphen", text: "WGS84", want: "WGS84"},
		{name: "with the hyphen", text: "gcj-02", want: "GCJ02"},
		{name: "another", text: "BD09", wrong: "只能填"},
	})
}

func TestListsInOneCell(t *testing.T) {
	for _, text := range []string{"A、B", "A，B", "A,B", "A；B", "A;B", "A/B", " A 、、 B、A、"} {
		got, err := listOf(identifier)(cell{text: text})
		if diff := cmp.Diff([]string{"A", "B"}, got); err != nil || diff != "" {
			t.Errorf("%q: %v %s", text, err, diff)
		}
	}
}

func TestBoundaryProblemsAreSaidInChinese(t *testing.T) {
	show := func(b interface{ GeoJSON() string }) string { return b.GeoJSON() }
	read := func(c cell) (interface{ GeoJSON() string }, error) { return boundary(c) }
	check(t, read, show, []reading{
		{name: "a square", text: "POLYGON((119.9 31.7,119.91 31.7,119.91 31.71,119.9 31.7))",
			want: `{"type":"Polygon","coordinates":[[[119.9,31.7],[119.91,31.7],[119.91,31.71],[119.9,31.7]]]}`},
		{name: "GeoJSON", text: `{"type":"Polygon","coordinates":[[[119.9,31.7],[119.91,31.7],[119.91,31.71],[119.9,31.7]]]}`,
			want: `{"type":"Polygon","coordinates":[[[119.9,31.7],[119.91,31.7],[119.91,31.71],[119.9,31.7]]]}`},
		{name: "typed full-width", text: "ＰＯＬＹＧＯＮ（（119.9 31.7，119.91 31.7，119.91 31.71，119.9 31.7））",
			want: `{"type":"Polygon","coordinates":[[[119.9,31.7],[119.91,31.7],[119.91,31.71],[119.9,31.7]]]}`},
		{name: "a line", text: "POLYGON((119.9 31.7,119.91 31.7,119.9 31.7))", wrong: "三个不同的角点"},
		{name: "half the country", text: "POLYGON((110 31,119 31,119 35,110 31))", wrong: "50 公里"},
		{name: "broken off", text: `{"type":"Polygon","coordinates":[[[119.9,31.7],`, wrong: "GeoJSON 或 WKT"},
		{name: "swapped", text: "POLYGON((31.7 119.9,31.7 119.91,31.71 119.91,31.7 119.9))", wrong: "写反"},
		{name: "elsewhere", text: "POLYGON((2 48,3 48,3 49,2 48))", wrong: "中国境内"},
		{name: "a point", text: `{"type":"Point","coordinates":[119.9,31.7]}`, wrong: "一个面"},
		{name: "words", text: "东到河边", wrong: "GeoJSON 或 WKT"},
	})
}
