package store_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestPatrolsBecomeDays(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"kilometres of everybody are summed, chiefs' hours are summed, of the members' the largest count": {
			records: records{sheet.Patrols: `G1,甲,2026-10-08,1.2,2
G1,己,2026-10-08,0.4,1.5
G1,乙,2026-10-08,0.25,1.6
G1,丙,2026-10-08,3,0.9`},
			want: `{"days": [{"date": "2026-10-08", "km": "4.85", "chief_hours": "3.5", "member_hours": "1.6"}]}`},
		"hours that are not given are none": {
			records: records{sheet.Patrols: "G1,甲,2026-10-08,1.2"},
			want:    `{"days": [{"date": "2026-10-08", "km": "1.2"}]}`},
		"a row belongs to the grid it names and not to its walker's": {
			records: records{sheet.Patrols: "G2,甲,2026-10-08,1.2,2"},
			want:    `{"days": null}`},
		"a walker from elsewhere counts by their own role": {
			records: records{sheet.Patrols: "G2,甲,2026-10-08,1.2,2"}, grid: "G2",
			want: `{"days": [{"date": "2026-10-08", "km": "1.2", "chief_hours": "2"}]}`},
		"a person's role is that of the present row": {
			records: records{
				sheet.People:  "王一,甲,网格员,G1",
				sheet.Patrols: "G1,甲,2026-10-08,1.2,2"},
			want: `{"days": [{"date": "2026-10-08", "km": "1.2", "member_hours": "2"}]}`},
		"days of the neighbouring months come in with the weeks that touch the month": {
			records: records{sheet.Patrols: "G1,甲,2026-09-27,1\nG1,甲,2026-09-28,2\nG1,甲,2026-11-01,3\nG1,甲,2026-11-02,4"},
			want:    `{"days": [{"date": "2026-09-28", "km": "2"}, {"date": "2026-11-01", "km": "3"}]}`},
		"days after the moment's are left out": {
			records: records{sheet.Patrols: "G1,甲,2026-10-08,1\nG1,甲,2026-10-09,2"}, at: "2026-10-08 00:00",
			want: `{"days": [{"date": "2026-10-08", "km": "1"}]}`},
	})
}

func TestVisitsBecomeDays(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"visits count by the role of who visited": {
			records: records{sheet.Visits: `V1,G1,甲,2026-10-08 09:00,1
V2,G1,己,2026-10-08 10:00,3
V3,G1,乙,2026-10-08 11:00,1`},
			want: `{"days": [{"date": "2026-10-08", "chief_visits": 2, "member_visits": 1}]}`},
		"a visit without a photo is none of the 90": {
			records: records{sheet.Visits: "V1,G1,甲,2026-10-08 09:00,0"},
			want:    `{"days": null}`},
		"visits by other roles are none of the 90": {
			records: records{sheet.Visits: "V1,G1,戊,2026-10-08 09:00,1"},
			want:    `{"days": null}`},
		"a visit of the street's day before midnight is of that day": {
			records: records{sheet.Visits: "V1,G1,甲,2026-10-08 23:59:59,1\nV2,G1,甲,2026-10-09 00:00,1"},
			want:    `{"days": [{"date": "2026-10-08", "chief_visits": 1}, {"date": "2026-10-09", "chief_visits": 1}]}`},
		"a visit later than the moment is left out": {
			records: records{sheet.Visits: "V1,G1,甲,2026-10-08 12:00:00,1\nV2,G1,甲,2026-10-08 12:00:01,1"}, at: "2026-10-08 12:00",
			want: `{"days": [{"date": "2026-10-08", "chief_visits": 1}]}`},
		"a visit naming a person of another grid is a visit of its own grid": {
			records: records{
				sheet.Concerns: "D1,G2,某人,精神病人,是",
				sheet.Visits:   "V1,G1,甲,2026-10-08 09:00,1,D1"},
			want: `{"days": [{"date": "2026-10-08", "chief_visits": 1}]}`},
	})
}

func TestItemsBecomeReportsOfADay(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"reports count by category on the day they were reported": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-08 09:00,城市管理,2026-10-10 09:00
S2,G1,乙,2026-10-08 23:59:59,城市管理,2026-11-10 09:00
S3,G1,戊,2026-10-08 09:00,社会治安,2026-10-10 09:00
S4,G1,甲,2026-10-09 00:00,社会治安,2026-10-10 09:00
S5,G2,甲,2026-10-09 00:00,社会治安,2026-10-10 09:00`},
			want: `{"days": [{"date": "2026-10-08", "reports": {"城市管理": 2, "社会治安": 1}},
				{"date": "2026-10-09", "reports": {"社会治安": 1}}]}`},
		"a rejected or falsified item is no valid report": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-08 09:00,城市管理,2026-10-10 09:00,,,,,,,驳回
S2,G1,甲,2026-10-08 09:00,城市管理,2026-10-10 09:00,,,,,,,虚假`},
			want: `{"days": null}`},
		"only the state decides whether a report is valid: a finding does not": {
			records: records{
				sheet.Items:    "S1,G1,甲,2026-10-08 09:00,城市管理,2026-10-10 09:00",
				sheet.Findings: "R1,G1,弄虚作假,2026-10-09,,S1"},
			want: `{"days": [{"date": "2026-10-08", "reports": {"城市管理": 1}}], "findings": {"falsified": 1}}`},
		"a report later than the moment is left out": {
			records: records{sheet.Items: "S1,G1,甲,2026-10-08 12:00:01,城市管理,2026-10-10 09:00"}, at: "2026-10-08 12:00",
			want: `{"days": null}`},
	})
}

func TestHazardSitesAreDueEachDay(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"a site is due from its listing on, before its unlisting": {
			records: records{sheet.HazardSites: "C1,G1,仓库,2026-10-08,2026-10-10\nC2,G1,油库,2026-10-09,2026-10-10"},
			want:    `{"days": [{"date": "2026-10-08", "hazard_sites_due": 1}, {"date": "2026-10-09", "hazard_sites_due": 2}]}`},
		"a site without dates is due always, so far as the month has come": {
			records: records{sheet.HazardSites: "C1,G1,仓库"}, at: "2026-10-02 08:00",
			want: `{"days": [{"date": "2026-10-01", "hazard_sites_due": 1}, {"date": "2026-10-02", "hazard_sites_due": 1}]}`},
		"a site is due only on the days of the month": {
			records: records{sheet.HazardSites: "C1,G1,仓库,2026-10-31\nC2,G1,油库,,2026-10-01\nC3,G1,厂房,2026-11-01"},
			want:    `{"days": [{"date": "2026-10-31", "hazard_sites_due": 1}]}`},
		"whoever visits it with a photo, a site is visited once a day": {
			records: records{
				sheet.HazardSites: "C1,G1,仓库,2026-10-08,2026-10-10\nC2,G1,油库,2026-10-08,2026-10-10",
				sheet.Visits: `V1,G1,甲,2026-10-08 09:00,1,C1
V2,G1,乙,2026-10-08 10:00,1,C1
V3,G1,戊,2026-10-08 11:00,1,C2
V4,G1,戊,2026-10-09 11:00,0,C2`},
			want: `{"days": [
				{"date": "2026-10-08", "chief_visits": 1, "member_visits": 1, "hazard_sites_due": 2, "hazard_sites_visited": 2},
				{"date": "2026-10-09", "hazard_sites_due": 2}]}`},
		"a site is not visited by a visit of another grid": {
			records: records{
				sheet.HazardSites: "C1,G1,仓库,2026-10-08,2026-10-09",
				sheet.Visits:      "V1,G2,丁,2026-10-08 09:00,1,C1"},
			want: `{"days": [{"date": "2026-10-08", "hazard_sites_due": 1}]}`},
		"a visit on a day on which the site is not on the list does not count for it": {
			records: records{
				sheet.HazardSites: "C1,G1,仓库,2026-10-08,2026-10-09",
				sheet.Visits:      "V1,G1,戊,2026-10-07 09:00,1,C1\nV2,G1,戊,2026-10-09 09:00,1,C1"},
			want: `{"days": [{"date": "2026-10-08", "hazard_sites_due": 1}]}`},
	})
}
