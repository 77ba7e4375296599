package sheet

import (
	"iter"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// contract is the table of sheets that other programs and people's own sheets
// depend on: * marks a column that must be there, # one of the key as well.
const contract = `
网格: #网格编号 *网格名称 *社区 *总户数 边界
人员: *姓名 #手机号 *角色 网格编号 社区 open_id 在岗
事项清单: #类别 #小类 *处置时限
对象: #对象编号 *网格编号 *姓名 *类别 重点 档案 列管日期 撤管日期
隐患场所: #场所编号 *网格编号 *名称 列管日期 撤管日期
走访: #记录编号 *网格编号 *手机号 *走访时间 *图片数 对象编号 管控信息 内容
里程: #网格编号 #手机号 #日期 *公里数 时长
轨迹点: #手机号 #时间 *经度 *纬度 精度 坐标系
事项: #事项编号 *网格编号 *手机号 *上报时间 *类别 小类 标题 *处置时限 延时至 受限 受限时间 处置时间 返工 自办 状态
会议: #会议编号 *会议名称 *日期 #手机号 *状态
采集: #网格编号 #户编号 #采集时间 录入时间 完整
特定时段: #时段编号 *名称 *开始 *结束
稳控: #时段编号 #网格编号 值班表 稳控方案 责任人
认定: #认定编号 *网格编号 *类型 *日期 说明 事项编号
豁免: #网格编号 #开始 #结束 #原因
`

func TestSheetsAndColumnsAreThoseOfTheContract(t *testing.T) {
	var got []string
	for _, name := range Names {
		var columns []string
		for _, c := range Columns(name) {
			switch {
			case c.Key:
				c.Name = "#" + c.Name
			case c.Required:
				c.Name = "*" + c.Name
			}
			columns = append(columns, c.Name)
		}
		got = append(got, string(name)+": "+strings.Join(columns, " "))
	}
	want := strings.ReplaceAll(strings.TrimSpace(contract), "\n", " 作废\n") + " 作废"
	if diff := cmp.Diff(strings.Split(want, "\n"), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if Columns("台账") != nil {
		t.Error("a sheet that is none of ours has columns")
	}
}

// outcome is what became of one row of any sheet.
type outcome struct {
	rows      int
	withdrawn bool
	bad       BadCells
}

// decoders read one row as each sheet.
var decoders = map[Name]func(iter.Seq[givenRow]) outcome{
	Grids: decoderOf(GridTable), People: decoderOf(PersonTable), Catalogue: decoderOf(KindTable),
	Concerns: decoderOf(ConcernTable), HazardSites: decoderOf(HazardSiteTable), Visits: decoderOf(VisitTable),
	Patrols: decoderOf(PatrolTable), TrackPoints: decoderOf(TrackPointTable), Items: decoderOf(ItemTable),
	Attendances: decoderOf(AttendanceTable), Collections: decoderOf(CollectionTable),
	SpecialPeriods: decoderOf(SpecialPeriodTable), Readinesses: decoderOf(ReadinessTable),
	Findings: decoderOf(FindingTable), Exemptions: decoderOf(ExemptionTable),
}

func decoderOf[R any](t *Table[R]) func(iter.Seq[givenRow]) outcome {
	return func(rows iter.Seq[givenRow]) outcome {
		records := decodeAll(t, rows)
		o := outcome{rows: len(records.Rows), bad: records.Bad}
		if o.rows > 0 {
			o.withdrawn = t.line(&records.Rows[0]).Withdrawn
		}
		return o
	}
}

// changed is the example row of the sheet with a cell changed.
func changed(name Name, column, value string) iter.Seq[givenRow] {
	return func(yield func(givenRow) bool) {
		for row := range exampleRow(name) {
			row.Cells = maps.Clone(row.Cells)
			row.Cells[column] = value
			yield(row)
		}
	}
}

func TestAnEmptyRequiredCellIsABadRow(t *testing.T) {
	for _, name := range Names {
		for _, c := range Columns(name) {
			for _, empty := range []string{"", " 　\u00a0", "\u200b"} {
				o := decoders[name](changed(name, c.Name, empty))
				mayBe := !c.Required || name == Items && c.Name == "处置时限" // then from the catalogue
				switch {
				case c.Name == "网格编号" && name == People: // of a 网格员, see below
				case mayBe && o.bad.Count > 0:
					t.Errorf("%s: an empty %s: %v", name, c.Name, complaints(o.bad))
				case !mayBe && cmp.Diff([]string{"2 " + c.Name + ": 不能空着"}, complaints(o.bad)) != "":
					t.Errorf("%s: an empty %s: %v", name, c.Name, complaints(o.bad))
				}
			}
		}
	}
}

func TestEverySheetCanTakeARecordBackByItsKeyAlone(t *testing.T) {
	for _, name := range Names {
		for yes, withdraws := range map[string]bool{"是": true, "Ｙ": true, " 1 ": true, "true": true, "否": false, "0": false, "": false} {
			if o := decoders[name](changed(name, withdrawn, yes)); o.bad.Count > 0 || o.withdrawn != withdraws {
				t.Errorf("%s: 作废 %q: withdrawn %v, %v", name, yes, o.withdrawn, complaints(o.bad))
			}
		}
		if o := decoders[name](changed(name, withdrawn, "作废")); o.bad.Count != 1 || o.rows != 0 {
			t.Errorf("%s: 作废 may hold anything: %v", name, complaints(o.bad))
		}
		o := decoders[name](func(yield func(givenRow) bool) {
			cells := map[string]string{withdrawn: "是"}
			for _, c := range Columns(name) {
				if c.Key {
					cells[c.Name] = example(name, c.Name)
				}
			}
			yield(givenRow{Number: 2, Cells: cells})
		})
		if o.bad.Count > 0 || !o.withdrawn {
			t.Errorf("%s: the key alone: %v", name, complaints(o.bad))
		}
	}
}

func TestNoCellOfAnySheetMayHoldBytesThatAreNoText(t *testing.T) {
	for _, name := range Names {
		for _, c := range Columns(name) {
			if o := decoders[name](changed(name, c.Name, "a\xff")); o.bad.Count != 1 || o.rows != 0 {
				t.Errorf("%s: %s: %v", name, c.Name, complaints(o.bad))
			}
		}
	}
}
