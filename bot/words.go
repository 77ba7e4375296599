package bot

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// points writes points without needless zeros: 96, 98.4, −5.
func points(p scoring.Points) string { return strings.Replace(p.Decimal.String(), "-", "−", 1) }

// signed writes a difference with its sign: +1.5, −2, 0.
func signed(d decimal.Decimal) string {
	switch d.Sign() {
	case 1:
		return "+" + d.String()
	case -1:
		return "−" + d.Neg().String()
	}
	return "0"
}

// dayName is 11月23日.
func dayName(d calendar.Date) string {
	_, month, day := d.UTC().Date()
	return fmt.Sprintf("%d月%d日", month, day)
}

// momentName is 11月23日 16:10.
func momentName(t time.Time) string {
	return dayName(calendar.DateOf(t)) + " " + clockName(t)
}

func clockName(t time.Time) string { return t.In(calendar.Shanghai).Format("15:04") }

// monthName is 11月, with the year where it is not this one: 2025年11月.
func monthName(m calendar.Month, now time.Time) string {
	name := fmt.Sprintf("%d月", m.Calendar())
	if m.Year() != calendar.MonthOf(now).Year() {
		name = fmt.Sprintf("%d年", m.Year()) + name
	}
	return name
}

// periodName is 11月, 三季度, 2026年; with the year where it is not this one.
func periodName(p calendar.Period, now time.Time) string {
	m := p.First.Month()
	switch p.Span {
	case calendar.SpanYear:
		return fmt.Sprintf("%d年", m.Year())
	case calendar.SpanQuarter:
		name := []string{"一", "二", "三", "四"}[m%12/3] + "季度"
		if m.Year() != calendar.MonthOf(now).Year() {
			name = fmt.Sprintf("%d年", m.Year()) + name
		}
		return name
	}
	return monthName(p.Months()[0], now)
}

// sectionNames are short enough for a phone.
var sectionNames = map[scoring.Section]string{
	scoring.Attendance: "工作考勤",
	scoring.Patrol:     "巡查走访",
	scoring.Collection: "信息采集",
	scoring.Reporting:  "事项上报",
	scoring.Closure:    "办结率",
	scoring.BonusPart:  "加分",
}

// units are what a clause's standard is counted in.
var units = map[scoring.Clause]string{
	scoring.ClauseDistance:          "公里",
	scoring.ClauseHours:             "小时",
	scoring.ClauseVisits:            "条",
	scoring.ClauseVisitsDaily:       "条",
	scoring.ClauseKeyPersons:        "人",
	scoring.ClauseSpecialPersons:    "人",
	scoring.ClauseHazardSites:       "处",
	scoring.ClauseArchive:           "人",
	scoring.ClauseControlRecord:     "人",
	scoring.ClauseRoster:            "份",
	scoring.ClausePlan:              "份",
	scoring.ClauseResponsible:       "人",
	scoring.ClauseHouseholds:        "户",
	scoring.ClauseReportingTotal:    "条",
	scoring.ClauseReportingCategory: "条",
	scoring.ClauseReportingDaily:    "条",
}

// amount is a figure of a clause with its unit; a share is a percentage.
func amount(c scoring.Clause, d decimal.Decimal) string {
	if c == scoring.ClauseCoverage {
		return d.Shift(2).String() + "%"
	}
	return d.String() + " " + units[c]
}

// joined sets parts beside each other, leaving out empty ones.
func joined(parts ...string) string {
	var said []string
	for _, part := range parts {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, " · ")
}

// maskedMobile shows enough of a number to recognise one's own.
func maskedMobile(mobile string) string {
	if len(mobile) < 7 {
		return ""
	}
	return mobile[:3] + "****" + mobile[len(mobile)-4:]
}

// sectionOrder is the Measure's order of the five sections.
var sectionOrder = []scoring.Section{scoring.Attendance, scoring.Patrol, scoring.Collection, scoring.Reporting, scoring.Closure}
