package sheet

import (
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// What the centre itself keeps: meetings, collection, special periods, its
// findings, and the days on which it asks for nothing.

// AttendanceTable reads 会议.
var AttendanceTable = &Table[Attendance]{
	name: Attendances,
	line: func(r *Attendance) *Line { return &r.Line },
	columns: []column[Attendance]{
		keyed("会议编号", identifier, func(r *Attendance) *string { return &r.MeetingID }),
		required("会议名称", name, func(r *Attendance) *string { return &r.Meeting }),
		required("日期", day, func(r *Attendance) *calendar.Date { return &r.HeldOn }),
		keyed("手机号", mobile, func(r *Attendance) *string { return &r.Mobile }),
		required("状态", oneOf("出席", "迟到", "请假", "缺席"), func(r *Attendance) *string { return &r.Status }),
	},
}

// CollectionTable reads 采集.
var CollectionTable = &Table[Collection]{
	name: Collections,
	line: func(r *Collection) *Line { return &r.Line },
	columns: []column[Collection]{
		keyed("网格编号", identifier, func(r *Collection) *string { return &r.GridID }),
		keyed("户编号", identifier, func(r *Collection) *string { return &r.Household }),
		keyed("采集时间", moment, func(r *Collection) *time.Time { return &r.CollectedAt }),
		optional("录入时间", moment, func(r *Collection) *time.Time { return &r.EnteredAt }),
		optional("完整", mark, func(r *Collection) *bool { return &r.Complete }),
	},
}

// SpecialPeriodTable reads 特定时段.
var SpecialPeriodTable = &Table[SpecialPeriod]{
	name: SpecialPeriods,
	line: func(r *SpecialPeriod) *Line { return &r.Line },
	columns: []column[SpecialPeriod]{
		keyed("时段编号", identifier, func(r *SpecialPeriod) *string { return &r.ID }),
		required("名称", name, func(r *SpecialPeriod) *string { return &r.Name }),
		required("开始", day, func(r *SpecialPeriod) *calendar.Date { return &r.StartsOn }),
		required("结束", day, func(r *SpecialPeriod) *calendar.Date { return &r.EndsOn }),
	},
	check: func(r *SpecialPeriod) (string, error) { return inOrder(r.StartsOn, r.EndsOn) },
}

func inOrder(start, end calendar.Date) (column string, err error) {
	if start > end {
		return "开始", problemf("开始在结束（%s）之后", end)
	}
	return "", nil
}

// ReadinessTable reads 稳控.
var ReadinessTable = &Table[Readiness]{
	name: Readinesses,
	line: func(r *Readiness) *Line { return &r.Line },
	columns: []column[Readiness]{
		keyed("时段编号", identifier, func(r *Readiness) *string { return &r.PeriodID }),
		keyed("网格编号", identifier, func(r *Readiness) *string { return &r.GridID }),
		optional("值班表", mark, func(r *Readiness) *bool { return &r.Roster }),
		optional("稳控方案", mark, func(r *Readiness) *bool { return &r.Plan }),
		optional("责任人", markOrName, func(r *Readiness) *bool { return &r.Responsible }),
	},
}

// FindingKinds are the kinds of findings.
var FindingKinds = []string{
	"脱管漏管", "人员缺漏", "不主动报送", "应急迟报", "应急瞒报", "应急漏报", "严重后果",
	"弄虚作假", "相互推诿", "推诿上交", "区级录用",
}

// FindingTable reads 认定.
var FindingTable = &Table[Finding]{
	name: Findings,
	line: func(r *Finding) *Line { return &r.Line },
	columns: []column[Finding]{
		keyed("认定编号", identifier, func(r *Finding) *string { return &r.ID }),
		required("网格编号", identifier, func(r *Finding) *string { return &r.GridID }),
		required("类型", oneOf(FindingKinds...), func(r *Finding) *string { return &r.Kind }),
		required("日期", day, func(r *Finding) *calendar.Date { return &r.FoundOn }),
		optional("说明", prose, func(r *Finding) *string { return &r.Note }).unseen(),
		optional("事项编号", identifier, func(r *Finding) *string { return &r.ItemID }),
	},
}

// ExemptionTable reads 豁免.
var ExemptionTable = &Table[Exemption]{
	name: Exemptions,
	line: func(r *Exemption) *Line { return &r.Line },
	columns: []column[Exemption]{
		keyed("网格编号", gridOrAll, func(r *Exemption) *string { return &r.GridID }),
		keyed("开始", day, func(r *Exemption) *calendar.Date { return &r.StartsOn }),
		keyed("结束", day, func(r *Exemption) *calendar.Date { return &r.EndsOn }),
		keyed("原因", name, func(r *Exemption) *string { return &r.Reason }),
	},
	check: func(r *Exemption) (string, error) { return inOrder(r.StartsOn, r.EndsOn) },
}

// gridOrAll reads a grid's number, or 全部 as none in particular.
func gridOrAll(c cell) (string, error) {
	if c.compact() == everyGrid {
		return "", nil
	}
	return identifier(c)
}
