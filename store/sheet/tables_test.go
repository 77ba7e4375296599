package sheet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
)

// without returns the records as if they had stood nowhere.
func without[R any](t *Table[R], records *found[R]) []R {
	for i := range records.Rows {
		line := t.line(&records.Rows[i])
		*line = Line{Withdrawn: line.Withdrawn}
	}
	return records.Rows
}

// isRead fails unless the CSV file is read without complaint as the records.
func isRead[R any](t *testing.T, table *Table[R], content string, want ...R) {
	t.Helper()
	records := fromCSV(t, table, content)
	sameList(t, complaints(records.Bad), nil)
	sameList(t, without(table, records), want)
}

// isRefused fails unless the row, written as column=value, has these complaints.
func isRefused[R any](t *testing.T, table *Table[R], cells string, want ...string) {
	t.Helper()
	row := givenRow{Number: 2, Cells: map[string]string{}}
	for column := range strings.FieldsSeq(cells) {
		name, value, _ := strings.Cut(column, "=")
		row.Cells[name] = value
	}
	records := decodeAll(table, func(yield func(givenRow) bool) { yield(row) })
	sameList(t, complaints(records.Bad), want)
	if len(records.Rows) > 0 && len(want) > 0 {
		t.Errorf("it is read as well: %+v", records.Rows)
	}
}

var (
	oct8    = calendar.NewDate(2026, 10, 8)
	oct9    = calendar.NewDate(2026, 10, 9)
	morning = shanghai(2026, 10, 8, 9, 30)
)

func TestGrids(t *testing.T) {
	const outline = "POLYGON((119.9 31.7,119.91 31.7,119.91 31.71,119.9 31.7))"
	shape, err := track.ParseBoundary(outline)
	if err != nil {
		t.Fatal(err)
	}
	isRead(t, GridTable, lines("网格编号,网格名称,社区,总户数,边界", `NXS-01,第一网格,南夏墅,420,"`+outline+`"`, "NXS-02,第二网格,南 夏墅,0,"),
		Grid{ID: "NXS-01", Name: "第一网格", Community: "南夏墅", Households: 420, Boundary: shape},
		Grid{ID: "NXS-02", Name: "第二网格", Community: "南夏墅"})
	isRefused(t, GridTable, "网格编号=全部 网格名称=一 社区=南 总户数=1", "2 网格编号: “全部”在豁免表里指所有网格，请换一个编号")
	isRefused(t, GridTable, "网格编号=1 网格名称=一 社区=南 总户数=-1 边界=河边", "2 总户数: 不能小于 0", "2 边界: 读不出边界，请填 GeoJSON 或 WKT")
	isRefused(t, GridTable, "网格编号=1 网格名称=一 社区=南 总户数=420.5", "2 总户数: 要是整数")
	isRefused(t, GridTable, "网格编号=1 网格名称=一 社区=南 总户数=1000001", "2 总户数: 不能大于 1000000，请检查单位")
}

func TestPeople(t *testing.T) {
	isRead(t, PersonTable, lines("姓名,手机号,角色,网格编号,社区,open_id,在岗",
		"王芳,13800000001,网格长,NXS-01、NXS-02,南夏墅,ou_1,", "李　四,138 0000 0002,网格员,NXS-01,,,否",
		"张三,13800000003,社区负责人,NXS-01,南夏墅；华阳,,是", "赵六,13800000004,街道领导,,,,", "钱七,13800000005,中心管理员,NXS-01,南夏墅,,"),
		Person{Name: "王芳", Mobile: "13800000001", Role: Chief, Grids: []string{"NXS-01", "NXS-02"}, OpenID: "ou_1", OnDuty: true},
		Person{Name: "李四", Mobile: "13800000002", Role: Member, Grids: []string{"NXS-01"}},
		Person{Name: "张三", Mobile: "13800000003", Role: CommunityLead, Communities: []string{"南夏墅", "华阳"}, OnDuty: true},
		Person{Name: "赵六", Mobile: "13800000004", Role: StreetLeader, OnDuty: true},
		Person{Name: "钱七", Mobile: "13800000005", Role: Admin, OnDuty: true})
	isRefused(t, PersonTable, "姓名=王芳 手机号=13800000001 角色=网格长", "2 网格编号: 网格长要填写网格编号")
	isRefused(t, PersonTable, "姓名=王芳 手机号=13800000001 角色=网格员 网格编号=、", "2 网格编号: 网格员要填写网格编号")
	isRefused(t, PersonTable, "姓名=王芳 手机号=13800000001 角色=社区负责人 网格编号=1", "2 社区: 社区负责人要填写社区")
	isRefused(t, PersonTable, "姓名=王芳 手机号=1380000001 角色=组长 在岗=在",
		"2 手机号: 不是 11 位的手机号", "2 角色: 只能填：网格长、网格员、社区负责人、街道领导、中心管理员", "2 在岗: 只能填 是 或 否")
	var grids []string
	for i := range maxList + 1 {
		grids = append(grids, fmt.Sprint(i))
	}
	isRefused(t, PersonTable, "姓名=王芳 手机号=13800000001 角色=网格员 网格编号="+strings.Join(grids, ","), "2 网格编号: 一格里最多写 200 个")
}

func TestCatalogue(t *testing.T) {
	isRead(t, KindTable, lines("类别,小类,处置时限", fmt.Sprintf("%s,占道经营,1.50", scoring.Categories[0])),
		Kind{Category: scoring.Categories[0], Kind: "占道经营", Limit: decimal.RequireFromString("1.5")})
	for limit, want := range map[string]string{
		"0": "要大于 0", "-1": "不能小于 0", "90000": "不能大于 87840，请检查单位", "两天": "不是数字", "NaN": "不是数字", "∞": "不是数字",
	} {
		isRefused(t, KindTable, fmt.Sprintf("类别=%s 小类=占道经营 处置时限=%s", scoring.Categories[0], limit), "2 处置时限: "+want)
	}
}

func TestVisits(t *testing.T) {
	isRead(t, VisitTable, lines("记录编号,网格编号,手机号,走访时间,图片数", "V-1,NXS-01,13800000001,2026-10-08 09:30,0"),
		Visit{ID: "V-1", GridID: "NXS-01", Mobile: "13800000001", At: morning})
	isRefused(t, VisitTable, "记录编号=V-1 网格编号=1 手机号=13800000001 走访时间=2026-10-08 图片数=10001",
		"2 走访时间: 还要写上几点几分，例如 2026-10-08 09:30", "2 图片数: 不能大于 10000，请检查单位")
}

func TestPatrols(t *testing.T) {
	hours := decimal.RequireFromString("3.5")
	isRead(t, PatrolTable, lines("网格编号,手机号,日期,公里数,时长", "NXS-01,13800000001,2026/10/8,1.60,3.5", "NXS-01,13800000001,2026.10.9,0,"),
		Patrol{GridID: "NXS-01", Mobile: "13800000001", Day: oct8, Km: decimal.RequireFromString("1.6"), Hours: &hours},
		Patrol{GridID: "NXS-01", Mobile: "13800000001", Day: oct9, Km: decimal.Zero})
	isRefused(t, PatrolTable, "网格编号=1 手机号=13800000001 日期=2026-10-08 公里数=1600 时长=24.1",
		"2 公里数: 不能大于 1000，请检查单位", "2 时长: 不能大于 24，请检查单位")
}

func TestTrackPoints(t *testing.T) {
	isRead(t, TrackPointTable, lines("手机号,时间,经度,纬度,精度,坐标系", "13800000001,2026-10-08T01:30:00Z,119.9,31.7,,", "13800000001,2026-10-08 09:30:05,119.9,31.7,8.5,gcj-02"),
		TrackPoint{Mobile: "13800000001", At: morning, Lon: 119.9, Lat: 31.7, Datum: track.WGS84},
		TrackPoint{Mobile: "13800000001", At: morning.Add(5 * time.Second), Lon: 119.9, Lat: 31.7, Accuracy: 8.5, Datum: track.GCJ02})
	const point = "手机号=13800000001 时间=2026-10-08T09:30:00 "
	isRefused(t, TrackPointTable, point+"经度=0 纬度=0", "2 经度: 不在中国境内（73 到 136 度）", "2 纬度: 不在中国境内（3 到 54 度）")
	isRefused(t, TrackPointTable, point+"经度=31.7 纬度=119.9", "2 经度: 经度和纬度好像写反了", "2 纬度: 经度和纬度好像写反了")
	isRefused(t, TrackPointTable, point+"经度=119.9 纬度=31.7 坐标系=BD09", "2 坐标系: 只能填：WGS84、GCJ02")
}

func TestItems(t *testing.T) {
	category := scoring.Categories[0]
	const header = "事项编号,网格编号,手机号,上报时间,类别,小类,标题,处置时限,延时至,受限,受限时间,处置时间,返工,自办,状态"
	isRead(t, ItemTable, lines(header,
		"I-1,NXS-01,13800000001,2026-10-08 09:30,"+string(category)+",占道经营,店外,,,,,,,,",
		"I-2,NXS-01,13800000001,2026-10-08 09:30,"+string(category)+",,,2026-10-09 09:30,2026-10-10 09:30,是,2026-10-09 09:30,2026-10-10 09:30,2,Y,驳回"),
		Item{ID: "I-1", GridID: "NXS-01", Mobile: "13800000001", ReportedAt: morning, Category: category, Kind: "占道经营", Title: "店外", Status: Valid},
		Item{ID: "I-2", GridID: "NXS-01", Mobile: "13800000001", ReportedAt: morning, Category: category, Deadline: morning.AddDate(0, 0, 1),
			ExtendedTo: morning.AddDate(0, 0, 2), Constrained: true, ConstrainedAt: morning.AddDate(0, 0, 1), DisposedAt: morning.AddDate(0, 0, 2),
			Reworks: 2, ByGrid: true, Status: Rejected})
	item := "事项编号=I-1 网格编号=1 手机号=13800000001 上报时间=2026-10-08T09:30:00 类别=" + string(category)
	isRefused(t, ItemTable, item, "2 处置时限: 处置时限和小类都空着，算不出这件事该在什么时候办完")
	isRefused(t, ItemTable, item+" 小类=占道经营 返工=1.5 状态=作废", "2 返工: 要是整数", "2 状态: 只能填：有效、驳回、虚假")
	isRefused(t, ItemTable, strings.Replace(item, string(category), "其它", 1)+" 小类=占道经营", "2 类别: 只能填："+joined(scoring.Categories))
	missing := fromCSV(t, ItemTable, "事项编号,网格编号,手机号,上报时间,类别,小类\n")
	sameList(t, complaints(missing.Bad), []string{"1 处置时限: 缺少这一列"}) // the column must be there, its cells may be empty
}
