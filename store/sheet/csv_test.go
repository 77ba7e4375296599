package sheet

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// aSite is a record of 隐患场所, which has few columns and many characters.
func aSite(id, name string) HazardSite { return HazardSite{ID: id, GridID: "NXS-03", Name: name} }

// sitesOf are the sites of the records, wherever they stood.
func sitesOf(records *found[HazardSite]) []HazardSite {
	var list []HazardSite
	for _, r := range records.Rows {
		r.Line = Line{}
		list = append(list, r)
	}
	return list
}

func TestEncodingsAndSeparatorsAreRecognised(t *testing.T) {
	const comma = "场所编号,网格编号,名称\nC-1,NXS-03,南夏墅加油站\nC-2,NXS-03,老张烟花店\n"
	tab := strings.ReplaceAll(comma, ",", "\t")
	encode := func(charset encoding.Encoding, s string) string {
		encoded, err := charset.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return encoded
	}
	for name, content := range map[string]string{
		"UTF-8":                          comma,
		"UTF-8 with a byte order mark":   "\uFEFF" + comma,
		"UTF-8 with tabs":                tab,
		"marked UTF-8 with tabs":         "\uFEFF" + tab,
		"UTF-8 with Windows line ends":   strings.ReplaceAll(comma, "\n", "\r\n"),
		"UTF-8 without a last line end":  strings.TrimSuffix(comma, "\n"),
		"GBK":                            encode(simplifiedchinese.GBK, comma),
		"GBK with tabs":                  encode(simplifiedchinese.GBK, tab),
		"GB18030":                        encode(simplifiedchinese.GB18030, comma),
		"GBK below a title":              encode(simplifiedchinese.GBK, "隐患场所清单,,\n"+comma),
		"GBK below many empty lines":     encode(simplifiedchinese.GBK, ",,\n,,\n,,\n,,\n,,\n,,\n"+comma),
		"the Unicode text of Excel":      encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), tab),
		"UTF-16 of the other byte order": encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), comma),
	} {
		t.Run(name, func(t *testing.T) {
			records := fromCSV(t, HazardSiteTable, content)
			sameList(t, complaints(records.Bad), nil)
			sameList(t, sitesOf(records), []HazardSite{aSite("C-1", "南夏墅加油站"), aSite("C-2", "老张烟花店")})
		})
	}
}

func TestRareCharactersOfNamesSurviveGB18030(t *testing.T) {
	content, err := simplifiedchinese.GB18030.NewEncoder().String("场所编号,网格编号,名称\nC-1,NXS-03,㐀𠮷烟花店\n")
	if err != nil {
		t.Fatal(err)
	}
	sameList(t, sitesOf(fromCSV(t, HazardSiteTable, content)), []HazardSite{aSite("C-1", "㐀𠮷烟花店")})
}

func TestUndecodableBytesAreNamed(t *testing.T) {
	utf8 := fromCSV(t, HazardSiteTable, "场所编号,网格编号,名称\nC-1,NXS-03,好\nC-2,NXS-03,加\xe6\xb2站\n")
	sameList(t, complaints(utf8.Bad), []string{"3 名称: 有无法识别的字节 0xE6，请把文件另存为 UTF-8 编码"})
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("场所编号,网格编号,名称\nC-1,NXS-03,加油站")
	if err != nil {
		t.Fatal(err)
	}
	sameList(t, complaints(fromCSV(t, HazardSiteTable, gbk+"\xff\n").Bad), []string{"2 名称: 有无法识别的文字，请把文件另存为 UTF-8 编码"})
}

func TestRowsAreNumberedAsASpreadsheetShowsThem(t *testing.T) {
	records := fromCSV(t, HazardSiteTable, lines(
		"场所编号,网格编号,名称",    // 1
		"",                // 2
		`C-1,NXS-03,"加油站`, // 3, a cell of three lines
		`（东）`,
		`（西）"`,
		",NXS-03,没有编号",       // 4
		"\r",                 // 5
		"C-3,NXS-03,\"烟花店\"", // 6
		",,",                 // 7
		",NXS-03,没有编号",       // 8
	))
	sameList(t, complaints(records.Bad), []string{"3 名称: 中间有换行或看不见的字符", "4 场所编号: 不能空着", "8 场所编号: 不能空着"})
	if len(records.Rows) != 1 || records.Rows[0].Row != 6 {
		t.Errorf("good rows: %+v", records.Rows)
	}
}

func TestQuotesKeepCommasAndQuotes(t *testing.T) {
	records := fromCSV(t, HazardSiteTable, "场所编号,网格编号,名称\nC-1, \"NXS-03\" ,\"张,李\"\"合伙\"\"店\"\n")
	sameList(t, complaints(records.Bad), []string{"2 : 引号没有成对"})
	records = fromCSV(t, HazardSiteTable, "场所编号,网格编号,名称\nC-1, \"NXS-03\",\"张,李\"\"合伙\"\"店\"\n")
	sameList(t, sitesOf(records), []HazardSite{aSite("C-1", `张,李"合伙"店`)})
}

func TestAFileThatBreaksOffIsRefused(t *testing.T) {
	head := "场所编号,网格编号,名称\nC-1,NXS-03,\"两\n行\"\n"
	for name, tt := range map[string]struct{ content, want string }{
		"within a quoted cell":    {head + "C-2,NXS-03,\"加油", "3 : 引号没有成对"},
		"a quote inside a cell":   {head + "C-2,NXS-03,加\"油\"站\n", "3 : 引号没有成对"},
		"a comma without quotes":  {head + "C-2,NXS-03,,,张,李\n", "3 : 这一行的格数比表头多，可能有文字里的逗号没有加引号"},
		"a row that never ends":   {head + "C-2,NXS-03,\"" + strings.Repeat("走", 2<<20), "3 : 有一行太长（超过 4 MB），CSV 文件可能是少了一个引号"},
		"a million columns below": {head + "C-2,NXS-03,烟花店" + strings.Repeat(",x", 1_000_000), "3 : 超过 200 列，不像一张表"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := complaints(fromCSV(t, HazardSiteTable, tt.content).Bad)
			sameList(t, bad, []string{"2 名称: 中间有换行或看不见的字符", tt.want})
		})
	}
	broken := fromCSV(t, HazardSiteTable, strings.Repeat("x,", 1_000_000))
	sameList(t, complaints(broken.Bad), []string{"1 : 超过 200 列，不像一张表"})
}

func TestAFileOfMoreRowsThanExcelHasIsRefused(t *testing.T) {
	records := fromCSV(t, HazardSiteTable, "场所编号,网格编号,名称\n"+strings.Repeat("\n", maxRows)+"C-1,NXS-03,加油站\n")
	sameList(t, complaints(records.Bad), []string{"1048578 : 超过 1048576 行，请分成几个文件"})
}
