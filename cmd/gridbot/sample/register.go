package sample

import (
	"fmt"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// kinds is the catalogue: how many hours an item of a kind may take.
var kinds = []struct {
	category, kind string
	hours, monthly int // monthly: the Measure's minimum of the category
}{
	{"社会治安", "矛盾纠纷", 72, 10}, {"公共安全", "消防通道", 24, 5}, {"城市管理", "占道经营", 48, 35},
	{"环境保护", "垃圾清运", 24, 10}, {"民生服务", "水电维修", 48, 10}, {"综合管理", "出租房屋", 72, 5},
	{"综合执法", "违章搭建", 96, 5}, {"政务代办", "证照代办", 48, 5}, {"文明城市", "飞线充电", 24, 5},
}

// concerns are the persons of concern of every grid. A key person is seen each
// week, the others each month.
var concerns = []struct {
	name, category string
	key            bool
}{
	{"甲一", "重点上访人员", true}, {"乙二", "社区矫正人员", true}, {"丙三", "精神病人", false},
	{"丁四", "涉毒人员", false}, {"戊五", "关爱对象", false}, {"己六", "关爱对象", false},
}

func concernNumber(g grid, i int) string { return fmt.Sprintf("DX-%02d-%d", g.number, i+1) }
func siteNumber(g grid) string           { return fmt.Sprintf("YH-%02d", g.number) }
func (g grid) hasSite() bool             { return g.number%3 != 0 }

// register returns the sheets that hardly change: who and what there is.
func register(first, last calendar.Date) []sheet {
	grids := sheet{name: "网格", header: []string{"网格编号", "网格名称", "社区", "总户数", "边界"}}
	people := sheet{name: "人员", header: []string{"姓名", "手机号", "角色", "网格编号", "社区"}}
	catalogue := sheet{name: "事项清单", header: []string{"类别", "小类", "处置时限"}}
	watched := sheet{name: "对象", header: []string{"对象编号", "网格编号", "姓名", "类别", "重点", "档案", "列管日期"}}
	sites := sheet{name: "隐患场所", header: []string{"场所编号", "网格编号", "名称"}}
	periods := sheet{name: "特定时段", header: []string{"时段编号", "名称", "开始", "结束"}}
	readiness := sheet{name: "稳控", header: []string{"时段编号", "网格编号", "值班表", "稳控方案", "责任人"}}

	for _, p := range People() {
		community := p.Community
		if p.Role != "社区负责人" {
			community = ""
		}
		people.add(p.Name, p.Mobile, p.Role, p.Grid, community)
	}
	for _, k := range kinds {
		catalogue.add(k.category, k.kind, k.hours)
	}
	for m := first.Month(); m <= last.Month(); m++ {
		start := m.First() + 17
		periods.add("SD-"+m.String(), fmt.Sprintf("%d月安保", m.Calendar()), start, start+2)
	}
	for _, g := range street() {
		grids.add(g.id, g.name, g.community, g.households, boundary(g))
		for i, c := range concerns {
			watched.add(concernNumber(g, i), g.id, c.name, c.category, c.key, true, first-200)
		}
		if g.hasSite() {
			sites.add(siteNumber(g), g.id, "老旧仓库")
		}
		for m := first.Month(); m <= last.Month(); m++ {
			readiness.add("SD-"+m.String(), g.id, true, !g.habit.noPlan, g.chief.Name)
		}
	}
	return []sheet{grids, people, catalogue, watched, sites, periods, readiness}
}

// boundary is a square of about 600 m in a place where nobody lives.
func boundary(g grid) string {
	west, south := 119.9+0.01*float64(g.number%4), 31.6+0.01*float64(g.number/4)
	east, north := west+0.0063, south+0.0054
	return fmt.Sprintf("POLYGON((%.4f %.4f, %.4f %.4f, %.4f %.4f, %.4f %.4f, %.4f %.4f))",
		west, south, east, south, east, north, west, north, west, south)
}
