package sheet

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

func TestHeadersAreForgiven(t *testing.T) {
	const row = "C-1,NXS-03,加油站,2026-10-08"
	for name, content := range map[string]string{
		"as it should be":         "场所编号,网格编号,名称,列管日期\n" + row,
		"in another order":        "列管日期,名称,网格编号,场所编号\n2026-10-08,加油站,NXS-03,C-1",
		"with spaces":             " 场所编号 ,网格 编号,名　称,\u00a0列管日期\n" + row,
		"with stars":              "场所编号*,*网格编号,名称＊,列管日期\n" + row,
		"with invisible marks":    "\u200b场所编号,网格编号\u200e,名称,列管日期\n" + row,
		"quoted on several lines": "\"场所\n编号\",\"网格\n编号\",名称,列管日期\n" + row,
		"below a title":           "南夏墅街道隐患场所清单,,,\n场所编号,网格编号,名称,列管日期\n" + row,
		"below four lines":        "清单,,,\n,,,\n2026年10月,,,\n填表人：王芳,,,\n单位：综治中心,,,\n场所编号,网格编号,名称,列管日期\n" + row,
	} {
		t.Run(name, func(t *testing.T) {
			records := fromCSV(t, HazardSiteTable, content)
			want := aSite("C-1", "加油站")
			want.ListedOn = calendar.NewDate(2026, 10, 8)
			sameList(t, complaints(records.Bad), nil)
			sameList(t, sitesOf(records), []HazardSite{want})
		})
	}
}

func TestFullWidthLettersOfAHeaderAreForgiven(t *testing.T) {
	records := fromCSV(t, PersonTable, "姓名,手机号,角色,ｏｐｅｎ＿ｉｄ\n王芳,13800000001,街道领导,ou_1\n")
	if len(records.Rows) != 1 || records.Rows[0].OpenID != "ou_1" {
		t.Errorf("%+v %v", records.Rows, complaints(records.Bad))
	}
}

func TestHeadersThatRefuseTheSheet(t *testing.T) {
	const noHeader = "1 : 前 5 行里没有找到表头，表头要有：场所编号、网格编号、名称"
	for name, tt := range map[string]struct {
		content string
		want    []string
	}{
		"a required column is missing":  {"场所编号,网格编号\nC-1,NXS-03\n", []string{"1 名称: 缺少这一列"}},
		"several are missing":           {"题目\n名称,列管日期\n加油站,\n", []string{"2 场所编号: 缺少这一列", "2 网格编号: 缺少这一列"}},
		"a column stands twice":         {"场所编号,网格编号,名称,网 格编号\n", []string{"1 网格编号: 这一列出现了两次"}},
		"an optional one stands twice":  {"场所编号,网格编号,名称,列管日期,列管日期\n", []string{"1 列管日期: 这一列出现了两次"}},
		"an empty file":                 {"", []string{noHeader}},
		"only empty lines":              {"\n,,\n \n", []string{noHeader}},
		"no header at all":              {"C-1,NXS-03,加油站\n", []string{noHeader}},
		"the header comes much too low": {"1\n2\n3\n4\n5\n场所编号,网格编号,名称\n", []string{noHeader}},
	} {
		t.Run(name, func(t *testing.T) {
			records := fromCSV(t, HazardSiteTable, tt.content)
			sameList(t, complaints(records.Bad), tt.want)
			if len(records.Rows) > 0 {
				t.Errorf("rows were read: %+v", records.Rows)
			}
		})
	}
}

func TestUnknownColumnsAreNoticedAndIgnored(t *testing.T) {
	records := fromCSV(t, HazardSiteTable, "序号,场所编号,网格编号,名称,联系 电话,\n1,C-1,NXS-03,加油站,0519-8888,\n2,,,,,\n")
	sameList(t, complaints(records.Bad), nil)
	sameList(t, sitesOf(records), []HazardSite{aSite("C-1", "加油站")}) // row 3 holds nothing but its number
	var notices []string
	for _, n := range records.Notices {
		notices = append(notices, n.Text)
	}
	sameList(t, notices, []string{"不认识「序号」这一列，已略过", "不认识「联系电话」这一列，已略过"})
}

func TestASheetWithoutRowsIsGood(t *testing.T) {
	records := fromCSV(t, HazardSiteTable, "场所编号,网格编号,名称\n")
	if records.Bad.Count > 0 || len(records.Rows) > 0 {
		t.Errorf("%+v", records)
	}
}
