package store_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// far is an item reported after October, so that 事项 is complete through all of it.
const far = "\nfar,G2,丁,2026-11-20 09:00,城市管理,2026-12-20 09:00"

func TestDisposalOfTheItemsDue(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"an item is due in the month of its deadline, whenever it was reported": {
			records: records{sheet.Items: `S1,G1,甲,2026-06-01 09:00,城市管理,2026-10-01 00:00,2026-06-02 09:00
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-31 23:59:59,2026-10-02 09:00
S3,G1,甲,2026-09-01 09:00,城市管理,2026-09-30 23:59:59,2026-09-02 09:00
S4,G1,甲,2026-10-01 09:00,城市管理,2026-11-01 00:00,2026-10-02 09:00
S5,G2,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-02 09:00` + far},
			want: `{"disposal": {"on_time": 2}}`},
		"its effective deadline is the extended one": {
			records: records{sheet.Items: `S1,G1,甲,2026-09-01 09:00,城市管理,2026-09-30 09:00,2026-10-01 09:00,2026-10-02 09:00
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-30 09:00,2026-10-31 09:00,2026-11-02 09:00` + far},
			want: `{"disposal": {"extended": 1}}`},
		"on time is on or before the deadline, extended on or before the extended one, overdue later": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-08 09:00
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-08 09:00,2026-10-09 09:00
S3,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-08 09:01,2026-10-09 09:00
S4,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-09 09:00,2026-10-09 09:00
S5,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-09 09:01,2026-10-09 09:00
S6,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-08 09:01` + far},
			want: `{"disposal": {"on_time": 2, "extended": 2, "overdue": 2}}`},
		"an approved limitation counts where the item was not disposed of": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,,,是
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-07 09:00,,是
S3,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,,,是,2026-10-31 23:59:59
S4,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,,,是,2026-11-01 00:00` + far},
			want: `{"disposal": {"on_time": 1, "constrained": 2, "overdue_open": 1}}`},
		"a disposal at or after the month's end has not happened": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-31 23:59:59,,,,,是
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-11-01 00:00,,,,,是` + far},
			want: `{"disposal": {"overdue": 1, "overdue_open": 1, "in_grid": 1}}`},
		"what is not disposed of before its deadline is open": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 12:00
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 11:59:59
S3,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 11:00,,2026-10-09 09:00
S4,G1,甲,2026-10-08 12:00:01,城市管理,2026-10-09 11:00
S5,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 11:00,2026-10-08 12:00` + far}, at: "2026-10-08 12:00",
			want: `{"disposal": {"overdue_open": 2, "open": 2}}`},
		"a falsified item is none, a rejected one must be disposed of": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,,,,,,,虚假
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,,,,,,,驳回` + far},
			want: `{"disposal": {"overdue_open": 1}}`},
		"reworks count of every item due, in the grid what was disposed of there": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-07 09:00,,,,2,是
S2,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,,,,,1,是
S3,G1,甲,2026-10-01 09:00,城市管理,2026-10-08 09:00,2026-10-09 09:00,,,,0,是
S4,G1,甲,2026-10-01 09:00,城市管理,2026-11-08 09:00,2026-10-09 09:00,,,,5,是` + far},
			want: `{"disposal": {"on_time": 1, "overdue": 1, "overdue_open": 1, "rework": 3, "in_grid": 2}}`},
		"the cut is never later than the day after 事项 is complete": {
			records: records{sheet.Items: `S1,G1,甲,2026-10-13 09:00,城市管理,2026-10-13 23:59:59
S2,G1,甲,2026-10-13 09:00,城市管理,2026-10-14 00:00
S3,G1,甲,2026-10-13 09:00,城市管理,2026-10-13 10:00,2026-10-13 23:59:59
S4,G1,甲,2026-10-13 09:00,城市管理,2026-10-13 10:00,2026-10-14 00:00`},
			want: `{"disposal": {"overdue": 1, "overdue_open": 2, "open": 1}}`},
	})
}

func TestTheDeadlineOfTheCatalogueIsFixedWhenTheItemIsStored(t *testing.T) {
	s := settled(t) // S1, reported on 20 November at 9, has 48 hours
	const header = "事项编号,网格编号,手机号,上报时间,类别,小类,处置时限\nS1,G1,13800000001,"
	for _, c := range []struct {
		name   string
		sheets sheets
		want   string
	}{
		{"a new limit leaves it alone", sheets{sheet.Catalogue: "类别,小类,处置时限\n社会治安,邻里,1.5",
			sheet.Items: header + "2026-11-20 09:00,社会治安,邻里,"}, "2026-11-22 09:00"},
		{"another time of report asks for the limit of today",
			sheets{sheet.Items: header + "2026-11-20 10:00,社会治安,邻里,"}, "2026-11-20 11:30"},
		{"a deadline of its own holds", sheets{sheet.Items: header + "2026-11-20 10:00,社会治安,邻里,2026-11-21 08:00"}, "2026-11-21 08:00"},
		{"an empty one after that asks again", sheets{sheet.Items: header + "2026-11-20 10:00,社会治安,邻里,"}, "2026-11-20 11:30"},
	} {
		load(t, s, c.sheets, store.ImportOptions{})
		want := moment(t, c.want)
		if n := number(t, s, `select count(*) from items where id = 'S1' and deadline = $1`, want); n != 1 {
			t.Errorf("%s: it is not %s", c.name, c.want)
		}
	}
}
