package store

import "github.com/nanxiashu/gridbot/store/sheet"

// The sheets that the centre itself keeps.

var attendances = from(&table{
	sheet: sheet.Attendances, name: "meetings", header: "会议编号", key: []string{"meeting_id", "mobile"},
	columns:    []string{"meeting_id", "name", "held_on", "mobile", "status"},
	touches:    touched{touchedWith(withinMonth("held_on"))},
	references: []reference{ofPerson},
}, sheet.AttendanceTable, func(r sheet.Attendance) []any {
	return []any{r.MeetingID, r.Meeting, dateOrNull(r.HeldOn), r.Mobile, r.Status}
}, nil)

var collections = from(&table{
	sheet: sheet.Collections, name: "collections", header: "网格编号", key: []string{"grid_id", "household", "month"},
	columns:    []string{"grid_id", "household", "month", "collected_at", "entered_at", "complete"},
	touches:    touched{touchedOn("grid_id", withinMonth("month"))},
	references: []reference{ofGrid("grid_id")},
}, sheet.CollectionTable, func(r sheet.Collection) []any {
	return []any{r.GridID, r.Household, r.Month().First().UTC(), r.CollectedAt, timeOrNull(r.EnteredAt), r.Complete}
}, nil)

var specialPeriods = from(&table{
	sheet: sheet.SpecialPeriods, name: "special_periods", header: "时段编号", key: []string{"id"},
	columns: []string{"id", "name", "starts_on", "ends_on"},
	uses:    []use{{sheet.Readinesses, "readiness", "period_id", false}},
}, sheet.SpecialPeriodTable, func(r sheet.SpecialPeriod) []any {
	return []any{r.ID, r.Name, dateOrNull(r.StartsOn), dateOrNull(r.EndsOn)}
}, nil)

var readinesses = from(&table{
	sheet: sheet.Readinesses, name: "readiness", header: "时段编号", key: []string{"period_id", "grid_id"},
	columns: []string{"period_id", "grid_id", "roster", "plan", "responsible"},
	touches: touched{`
		select grid_id, day, day from %s r join special_periods p on p.id = period_id,
			lateral (select ` + withinMonth("starts_on") + `) start (day)`},
	references: []reference{
		{column: "period_id", header: "时段编号", sheet: sheet.SpecialPeriods,
			table: "special_periods", key: "id", problem: "没有这个时段，请先在“特定时段”表里加上"},
		ofGrid("grid_id"),
	},
}, sheet.ReadinessTable, func(r sheet.Readiness) []any {
	return []any{r.PeriodID, r.GridID, r.Roster, r.Plan, r.Responsible}
}, nil)

var findings = from(&table{
	sheet: sheet.Findings, name: "findings", header: "认定编号", key: []string{"id"},
	columns:    []string{"id", "grid_id", "kind", "found_on", "note", "item_id"},
	sealed:     sealedColumns{note: "note"},
	touches:    touched{touchedOn("grid_id", withinMonth("found_on"))},
	references: []reference{ofGrid("grid_id")},
}, sheet.FindingTable, func(r sheet.Finding) []any {
	return []any{r.ID, r.GridID, r.Kind, dateOrNull(r.FoundOn), r.Note, r.ItemID}
}, nil)

var exemptions = from(&table{
	sheet: sheet.Exemptions, name: "exemptions", header: "网格编号", key: []string{"grid_id", "starts_on", "ends_on", "reason"},
	columns:    []string{"grid_id", "starts_on", "ends_on", "reason"},
	touches:    touched{touchedAlways}, // which duty days came before counts for later ones
	references: []reference{ofGrid("grid_id")},
}, sheet.ExemptionTable, func(r sheet.Exemption) []any {
	return []any{orNull(r.GridID), dateOrNull(r.StartsOn), dateOrNull(r.EndsOn), r.Reason}
}, nil)
