package sheet

import (
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

func TestAttendances(t *testing.T) {
	isRead(t, AttendanceTable, lines("会议编号,会议名称,日期,手机号,状态", "H-1,10月例会,2026年10月9日,13800000001,迟到", "H-1,10月例会,2026-10-9,13800000002,请 假"),
		Attendance{MeetingID: "H-1", Meeting: "10月例会", HeldOn: oct9, Mobile: "13800000001", Status: "迟到"},
		Attendance{MeetingID: "H-1", Meeting: "10月例会", HeldOn: oct9, Mobile: "13800000002", Status: "请假"})
	isRefused(t, AttendanceTable, "会议编号=H-1 会议名称=例会 日期=2026-10-09 手机号=13800000001 状态=早退", "2 状态: 只能填：出席、迟到、请假、缺席")
}

func TestAHouseholdIsCollectedOnceAMonth(t *testing.T) {
	records := fromCSV(t, CollectionTable, lines("网格编号,户编号,采集时间,录入时间,完整",
		"NXS-01,0001,2026-10-08 09:30,2026-10-09 09:30,是",
		"NXS-01,0001,2026-11-08 09:30,,",
		"NXS-01,0002,2026-10-31 23:59,,",
		"NXS-01,0002,2026-10-31T16:00:00Z,,")) // in Shanghai the first of November
	sameList(t, complaints(records.Bad), nil)
	sameList(t, without(CollectionTable, records), []Collection{
		{GridID: "NXS-01", Household: "0001", CollectedAt: morning, EnteredAt: morning.AddDate(0, 0, 1), Complete: true},
		{GridID: "NXS-01", Household: "0001", CollectedAt: shanghai(2026, 11, 8, 9, 30)},
		{GridID: "NXS-01", Household: "0002", CollectedAt: shanghai(2026, 10, 31, 23, 59)},
		{GridID: "NXS-01", Household: "0002", CollectedAt: shanghai(2026, 11, 1, 0, 0)},
	})
	if month := records.Rows[3].Month(); month != calendar.NewMonth(2026, time.November) {
		t.Errorf("collected in %s", month)
	}
}

func TestSpecialPeriods(t *testing.T) {
	isRead(t, SpecialPeriodTable, lines("时段编号,名称,开始,结束", "S-1,国庆,2026-10-08,2026-10-08"),
		SpecialPeriod{ID: "S-1", Name: "国庆", StartsOn: oct8, EndsOn: oct8})
	isRefused(t, SpecialPeriodTable, "时段编号=S-1 名称=国庆 开始=2026-10-09 结束=2026-10-08", "2 开始: 开始在结束（2026-10-08）之后")
}

func TestReadinesses(t *testing.T) {
	isRead(t, ReadinessTable, lines("时段编号,网格编号,值班表,稳控方案,责任人", "S-1,NXS-01,是,,王 芳", "S-1,NXS-02,,Y,否", "S-1,NXS-03,,,"),
		Readiness{PeriodID: "S-1", GridID: "NXS-01", Roster: true, Responsible: true},
		Readiness{PeriodID: "S-1", GridID: "NXS-02", Plan: true},
		Readiness{PeriodID: "S-1", GridID: "NXS-03"})
	isRefused(t, ReadinessTable, "时段编号=S-1 网格编号=1 值班表=王芳", "2 值班表: 只能填 是 或 否")
}

func TestFindings(t *testing.T) {
	for _, kind := range FindingKinds {
		isRead(t, FindingTable, lines("认定编号,网格编号,类型,日期,说明,事项编号", "R-1,NXS-01,"+kind+",2026-10-08,属实,I-1"),
			Finding{ID: "R-1", GridID: "NXS-01", Kind: kind, FoundOn: oct8, Note: "属实", ItemID: "I-1"})
	}
	isRefused(t, FindingTable, "认定编号=R-1 网格编号=1 类型=迟报 日期=2026-10-08", "2 类型: 只能填："+joined(FindingKinds))
}

func TestExemptions(t *testing.T) {
	isRead(t, ExemptionTable, lines("网格编号,开始,结束,原因", "NXS-01,2026-10-08,2026-10-09,演练", " 全 部 ,2026-10-08,2026-10-09,演练", "NXS-01,2026-10-08,2026-10-08,演 练"),
		Exemption{GridID: "NXS-01", StartsOn: oct8, EndsOn: oct9, Reason: "演练"},
		Exemption{StartsOn: oct8, EndsOn: oct9, Reason: "演练"},
		Exemption{GridID: "NXS-01", StartsOn: oct8, EndsOn: oct8, Reason: "演练"})
	isRefused(t, ExemptionTable, "网格编号=1 开始=2026-10-09 结束=2026-10-08 原因=演练", "2 开始: 开始在结束（2026-10-08）之后")
}

func TestPersonsOfConcern(t *testing.T) {
	isRead(t, ConcernTable, lines("对象编号,网格编号,姓名,类别,重点,档案,列管日期,撤管日期",
		"D-1,NXS-01,周某,精神病人,是,是,1998-05-01,9999-12-31", "D-2,NXS-01,吴　某,关爱对象,,,,"),
		Concern{ID: "D-1", GridID: "NXS-01", Name: "周某", Category: "精神病人", Key: true, Archived: true,
			ListedOn: calendar.NewDate(1998, 5, 1), UnlistedOn: calendar.NewDate(9999, 12, 31)},
		Concern{ID: "D-2", GridID: "NXS-01", Name: "吴某", Category: "关爱对象"})
}

// Whatever is wrong with a row of 对象, its name is not repeated; nor is what a
// visit or a finding says in its own words.
func TestNoComplaintNamesAPersonOfConcern(t *testing.T) {
	const name = "周某某"
	header := "对象编号,网格编号,姓名,类别,重点,档案,列管日期"
	var reports []Report
	for _, row := range []string{
		"D-1,NXS-01," + name + "\xff,精神病人,,,",                                           // a damaged name
		"D-1,NXS-01," + strings.Repeat(name, 100) + ",精神病人,,,",                          // an endless one
		"D-1," + name + ",精神病人,,,,",                                                     // a cell missing
		name + ",精神病人,是,2026-10-08,,,",                                                  // two cells missing
		"D-1,NXS-01,精神病人," + name + ",,,",                                               // in the column beside its own
		"D-1,NXS-01," + name + ",,精神病人,x,y,z",                                           // one cell too many
		"D-1,NXS-01," + name + ",精神病,x,y,z",                                             // other cells wrong
		"D-1,NXS-01,\"" + name,                                                          // broken off
		"D-1,NXS-01," + name + "\n" + "D-2,NXS-01,\"" + name + "\"" + name + ",精神病人,,,", // a stray quote
	} {
		reports = append(reports, fromCSV(t, ConcernTable, header+"\n"+row+"\n").Report)
	}
	reports = append(reports,
		fromCSV(t, VisitTable, "记录编号,网格编号,手机号,走访时间,图片数,内容\nV-1,1,13800000001,2026-10-08 09:30,1,走访"+name+"\x00\n").Report,
		fromCSV(t, FindingTable, "认定编号,网格编号,类型,日期,说明\nR-1,1,脱管漏管,2026-10-08,漏管"+name+"\x00\n").Report)
	for i, report := range reports {
		if report.Bad.Count == 0 {
			t.Errorf("row %d is good", i)
		}
		for _, c := range report.Bad.Cells {
			if strings.Contains(c.Value+c.Problem+c.Column, "周某") {
				t.Errorf("row %d: %+v", i, c)
			}
		}
	}
}
