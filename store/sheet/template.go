package sheet

import (
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/track"
)

// templateRows is how many rows of the template have drop-downs.
const templateRows = 2000

// WriteTemplate writes a workbook with every sheet: the header, with a star at
// what must be filled in, drop-downs where only some words are allowed, and one
// example row. The example is marked 作废, so a workbook in which it was left
// standing stores nothing of it.
func WriteTemplate(w io.Writer) error {
	book := excelize.NewFile()
	defer book.Close()
	style, err := newTemplateStyle(book)
	if err != nil {
		return fmt.Errorf("sheet: template: %w", err)
	}
	for _, name := range Names {
		if err := style.addSheet(name); err != nil {
			return fmt.Errorf("sheet: template of %s: %w", name, err)
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("sheet: template: %w", err)
	}
	book.SetActiveSheet(0)
	if err := book.Write(w); err != nil {
		return fmt.Errorf("sheet: write template: %w", err)
	}
	return nil
}

// templateStyle is the workbook and how its cells look.
type templateStyle struct {
	book                   *excelize.File
	header, text, examples int
}

func newTemplateStyle(book *excelize.File) (s templateStyle, err error) {
	s.book = book
	asText := "@" // so that a long number keeps all its digits
	if s.header, err = book.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE7F5"}},
	}); err != nil {
		return s, err
	}
	if s.text, err = book.NewStyle(&excelize.Style{CustomNumFmt: &asText}); err != nil {
		return s, err
	}
	s.examples, err = book.NewStyle(&excelize.Style{CustomNumFmt: &asText, Font: &excelize.Font{Italic: true, Color: "808080"}})
	return s, err
}

func (s templateStyle) addSheet(name Name) error {
	title := string(name)
	if _, err := s.book.NewSheet(title); err != nil {
		return err
	}
	columns := Columns(name)
	for i, c := range columns {
		if err := s.addColumn(name, i+1, c); err != nil {
			return err
		}
	}
	last, err := excelize.ColumnNumberToName(len(columns))
	if err != nil {
		return err
	}
	if err := s.book.SetCellStyle(title, "A1", last+"1", s.header); err != nil {
		return err
	}
	if err := s.book.SetCellStyle(title, "A2", last+"2", s.examples); err != nil {
		return err
	}
	return s.book.SetPanes(title, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (s templateStyle) addColumn(name Name, at int, c Column) error {
	letter, err := excelize.ColumnNumberToName(at)
	if err != nil {
		return err
	}
	title, heading := string(name), c.Name
	if c.Required {
		heading += "*"
	}
	if err := s.book.SetColStyle(title, letter, s.text); err != nil {
		return err
	}
	if err := s.book.SetColWidth(title, letter, letter, 18); err != nil {
		return err
	}
	if err := s.book.SetCellStr(title, letter+"1", heading); err != nil {
		return err
	}
	if err := s.book.SetCellStr(title, letter+"2", example(name, c.Name)); err != nil {
		return err
	}
	choices := choicesOf(name, c.Name)
	if choices == nil {
		return nil
	}
	list := excelize.NewDataValidation(true)
	list.Sqref = fmt.Sprintf("%s2:%s%d", letter, letter, templateRows)
	if err := list.SetDropList(choices); err != nil {
		return err
	}
	return s.book.AddDataValidation(title, list)
}

// choicesOf are the words that a column allows, nil where it takes others too.
func choicesOf(name Name, column string) []string {
	switch {
	case slices.Contains([]string{withdrawn, "在岗", "重点", "档案", "管控信息", "受限", "自办", "完整", "值班表", "稳控方案"}, column):
		return []string{"是", "否"}
	case column == "角色":
		return []string{Chief, Member, CommunityLead, StreetLeader, Admin}
	case column == "类别" && name == Concerns:
		return ConcernCategories
	case column == "类别":
		words := make([]string, len(scoring.Categories))
		for i, category := range scoring.Categories {
			words[i] = string(category)
		}
		return words
	case column == "坐标系":
		return []string{string(track.WGS84), string(track.GCJ02)}
	case column == "状态" && name == Items:
		return []string{Valid, Rejected, Falsified}
	case column == "状态":
		return []string{"出席", "迟到", "请假", "缺席"}
	case column == "类型":
		return FindingKinds
	}
	return nil
}

// example is what stands in the template's example row.
func example(name Name, column string) string {
	if column == withdrawn {
		return "是"
	}
	if text, ok := examples[name][column]; ok {
		return text
	}
	return everywhere[column]
}

// everywhere holds the examples of columns that mean the same in every sheet.
var everywhere = map[string]string{
	"网格编号": "例-01", "网格名称": "示例第一网格", "社区": "示例社区", "手机号": "19900000001", "姓名": "例一",
	"对象编号": "例-D1", "场所编号": "例-C1", "时段编号": "例-S1", "列管日期": "2026-01-01", "开始": "2026-10-01", "结束": "2026-10-08",
}

var examples = map[Name]map[string]string{
	Grids:          {"总户数": "420"},
	People:         {"角色": Member, "社区": "", "在岗": "是"},
	Catalogue:      {"类别": "城市管理", "小类": "示例小类", "处置时限": "48"},
	Concerns:       {"类别": "精神病人", "重点": "是", "档案": "是"},
	HazardSites:    {"名称": "示例仓库"},
	Visits:         {"记录编号": "例-V1", "走访时间": "2026-10-08 09:30", "图片数": "1", "管控信息": "否", "内容": "入户走访"},
	Patrols:        {"日期": "2026-10-08", "公里数": "1.6", "时长": "3.5"},
	TrackPoints:    {"时间": "2026-10-08 09:30:00", "经度": "119.9", "纬度": "31.6", "精度": "10", "坐标系": string(track.WGS84)},
	Items:          {"事项编号": "例-I1", "上报时间": "2026-10-08 09:30", "类别": "城市管理", "小类": "示例小类", "标题": "店外经营", "处置时限": "2026-10-10 09:30", "返工": "0", "状态": Valid},
	Attendances:    {"会议编号": "例-H1", "会议名称": "10月网格例会", "日期": "2026-10-09", "状态": "出席"},
	Collections:    {"户编号": "例-0001", "采集时间": "2026-10-08 10:00", "录入时间": "2026-10-08 10:30", "完整": "是"},
	SpecialPeriods: {"名称": "国庆"},
	Readinesses:    {"值班表": "是", "稳控方案": "是", "责任人": "例一"},
	Findings:       {"认定编号": "例-R1", "类型": "区级录用", "日期": "2026-10-20", "说明": "质量较高"},
	Exemptions:     {"原因": "参加街道演练"},
}
