package store_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestMeetings(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"absences and late arrivals of chief and members count, leave costs nothing": {
			records: records{sheet.Attendances: `M1,例会,2026-10-01,甲,缺席
M1,例会,2026-10-01,乙,缺席
M1,例会,2026-10-01,丙,迟到
M2,培训,2026-10-31,甲,请假
M2,培训,2026-10-31,乙,出席
M2,培训,2026-10-31,丁,缺席
M2,培训,2026-10-31,戊,缺席`},
			want: `{"meetings": {"absent": 2, "late": 1}}`},
		"a meeting counts by its day": {
			records: records{sheet.Attendances: "M1,例会,2026-09-30,甲,缺席\nM2,例会,2026-11-01,甲,缺席"},
			want:    `{"meetings": null}`},
		"a meeting of a later day is left out": {
			records: records{sheet.Attendances: "M1,例会,2026-10-08,甲,缺席\nM2,例会,2026-10-09,甲,缺席"}, at: "2026-10-08 00:00",
			want: `{"meetings": {"absent": 1}}`},
		"a person's grid is that of the present row": {
			records: records{
				sheet.People:      "王一,甲,网格长,G2",
				sheet.Attendances: "M1,例会,2026-10-08,甲,缺席"}, grid: "G2",
			want: `{"meetings": {"absent": 1}}`},
		"who works in two grids is missed in both": {
			records: records{
				sheet.People:      "王一,甲,网格长,G1、G2",
				sheet.Attendances: "M1,例会,2026-10-08,甲,缺席"}, grid: "G2",
			want: `{"meetings": {"absent": 1}}`},
		"who has become a leader is missed in no grid": {
			records: records{
				sheet.People:      "王一,甲,街道领导,G1",
				sheet.Attendances: "M1,例会,2026-10-08,甲,缺席"},
			want: `{"meetings": null}`},
	})
}

func TestHouseholds(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"collected are the households collected in the month": {
			records: records{sheet.Collections: `G1,H1,2026-10-01 00:00
G1,H2,2026-10-31 23:59:59
G1,H3,2026-09-30 23:59:59
G1,H4,2026-11-01 00:00
G2,H5,2026-10-08 09:00`},
			want: `{"households": {"total": 300, "collected": 2}}`},
		"entered are those entered before the month's end": {
			records: records{sheet.Collections: `G1,H1,2026-10-01 09:00,2026-10-31 23:59:59
G1,H2,2026-10-01 09:00,2026-11-01 00:00`},
			want: `{"households": {"total": 300, "collected": 2, "entered": 1}}`},
		"complete are those entered with 完整": {
			records: records{sheet.Collections: `G1,H1,2026-10-01 09:00,2026-10-02 09:00,是
G1,H2,2026-10-01 09:00,2026-10-02 09:00,否
G1,H3,2026-10-01 09:00,,是`},
			want: `{"households": {"total": 300, "collected": 3, "entered": 2, "complete": 1}}`},
		"what was collected or entered after the moment is left out": {
			records: records{sheet.Collections: `G1,H1,2026-10-08 12:00,2026-10-08 12:00,是
G1,H2,2026-10-08 12:00,2026-10-08 12:01,是
G1,H3,2026-10-08 12:01,2026-10-08 12:01,是`}, at: "2026-10-08 12:00",
			want: `{"households": {"total": 300, "collected": 2, "entered": 1, "complete": 1}}`},
	})
}

func TestFindings(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"every kind has its place, and two about one item are two": {
			records: records{sheet.Findings: `R01,G1,脱管漏管,2026-10-01
R02,G1,人员缺漏,2026-10-02
R03,G1,不主动报送,2026-10-03
R04,G1,应急迟报,2026-10-04,,S1
R05,G1,应急瞒报,2026-10-05,,S1
R06,G1,应急漏报,2026-10-06
R07,G1,严重后果,2026-10-07
R08,G1,弄虚作假,2026-10-08
R09,G1,相互推诿,2026-10-09,,S1
R10,G1,相互推诿,2026-10-10,,S1
R11,G1,推诿上交,2026-10-11
R12,G1,区级录用,2026-10-31
R13,G2,区级录用,2026-10-31`},
			want: `{"findings": {"lost_control": 1, "not_proactive": 1, "emergency": 3, "emergency_serious": 1,
				"falsified": 1, "shirking": 2, "improper_escalation": 1}, "control": {"unlisted": 1}, "adopted": 1}`},
		"a finding counts by its day": {
			records: records{sheet.Findings: "R1,G1,弄虚作假,2026-09-30\nR2,G1,弄虚作假,2026-11-01"},
			want:    `{"findings": null}`},
		"a finding of a later day is left out": {
			records: records{sheet.Findings: "R1,G1,弄虚作假,2026-10-08\nR2,G1,弄虚作假,2026-10-09"}, at: "2026-10-08 00:00",
			want: `{"findings": {"falsified": 1}}`},
		"unlisted persons stand beside the controlled ones": {
			records: records{
				sheet.Concerns: "D1,G1,某人,精神病人,,是",
				sheet.Findings: "R1,G1,人员缺漏,2026-10-08"},
			want: `{"control": {"persons": 1, "unlisted": 1, "without_record": 1}}`},
	})
}
