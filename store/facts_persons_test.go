package store_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestKeyPersonsAreDueEachWeek(t *testing.T) {
	const neither = `[{"week": "2026-09-28", "due": 1}, {"week": "2026-10-05", "due": 1}, {"week": "2026-10-12", "due": 1}, {"week": "2026-10-19", "due": 1}]`
	testFacts(t, map[string]factsCase{
		"a week belongs to the month its Sunday lies in": {
			records: records{sheet.Concerns: "D1,G1,某人,精神病人,是"},
			want:    `{"key_persons": ` + neither + `}`},
		"a week that has not begun is not there": {
			records: records{sheet.Concerns: "D1,G1,某人,精神病人,是"}, at: "2026-10-05 00:00",
			want: `{"key_persons": [{"week": "2026-09-28", "due": 1}, {"week": "2026-10-05", "due": 1}]}`},
		"due is who is on the list for the whole week": {
			records: records{sheet.Concerns: `D1,G1,某人,精神病人,是,,2026-10-05,2026-10-12
D2,G1,某人,精神病人,是,,2026-10-06,2026-10-12
D3,G1,某人,精神病人,是,,2026-10-05,2026-10-11`},
			want: `{"key_persons": [{"week": "2026-10-05", "due": 1}]}`},
		"an unlisting that is still to come has not happened": {
			records: records{sheet.Concerns: "D1,G1,某人,精神病人,是,,2026-10-05,2026-10-09"}, at: "2026-10-08 12:00",
			want: `{"key_persons": [{"week": "2026-10-05", "due": 1}]}`},
		"an unlisting of the day has happened": {
			records: records{sheet.Concerns: "D1,G1,某人,精神病人,是,,2026-10-05,2026-10-09"}, at: "2026-10-09 12:00",
			want: `{"key_persons": null}`},
		"who is not marked as key is not due": {
			records: records{sheet.Concerns: "D1,G1,某人,重点上访人员,否"},
			want:    `{"key_persons": null}`},
		"a care person marked as key is a key person": {
			records: records{sheet.Concerns: "D1,G1,某人,关爱对象,是"},
			want:    `{"key_persons": ` + neither + `}`},
		"a visit with a photo by anybody, from Monday to Sunday, covers the week": {
			records: records{
				sheet.Concerns: "D1,G1,某人,精神病人,是\nD2,G1,某人,涉毒人员,是",
				sheet.Visits: `V1,G1,戊,2026-10-05 00:00,1,D1
V2,G1,甲,2026-10-18 23:59:59,1,D1
V3,G1,甲,2026-10-18 10:00,1,D1
V4,G1,甲,2026-10-18 10:00,1,D2
V5,G1,甲,2026-10-20 10:00,0,D2`},
			want: `{"key_persons": [{"week": "2026-09-28", "due": 2}, {"week": "2026-10-05", "due": 2, "visited": 1},
				{"week": "2026-10-12", "due": 2, "visited": 2}, {"week": "2026-10-19", "due": 2}]}`},
		"a visit in a day of the neighbouring month counts for the week": {
			records: records{
				sheet.Concerns: "D1,G1,某人,精神病人,是",
				sheet.Visits:   "V1,G1,甲,2026-09-28 09:00,1,D1"}, at: "2026-10-01 12:00",
			want: `{"key_persons": [{"week": "2026-09-28", "due": 1, "visited": 1}]}`},
		"a person is not visited by a visit of another grid": {
			records: records{
				sheet.Concerns: "D1,G1,某人,精神病人,是,,2026-10-19",
				sheet.Visits:   "V1,G2,甲,2026-10-20 09:00,1,D1"},
			want: `{"key_persons": [{"week": "2026-10-19", "due": 1}]}`},
		"a visit later than the moment is left out": {
			records: records{
				sheet.Concerns: "D1,G1,某人,精神病人,是,,2026-10-05",
				sheet.Visits:   "V1,G1,甲,2026-10-08 12:00:01,1,D1"}, at: "2026-10-08 12:00",
			want: `{"key_persons": [{"week": "2026-10-05", "due": 1}]}`},
		"a person's grid is that of the present row": {
			records: records{
				sheet.Concerns: "D1,G2,某人,精神病人,是,,2026-10-19",
				sheet.Visits:   "V1,G1,甲,2026-10-20 09:00,1,D1\nV2,G2,丁,2026-10-20 09:00,1,D1"},
			grid: "G2", want: `{"key_persons": [{"week": "2026-10-19", "due": 1, "visited": 1}]}`},
	})
}

func TestSpecialPersonsAreDueOnceAMonth(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"special are all controlled persons not marked key, and care persons, key or not": {
			records: records{sheet.Concerns: `D1,G1,某人,精神病人,否
D2,G1,某人,邪教人员,是
D3,G1,某人,关爱对象,否
D4,G1,某人,关爱对象,是`},
			want: `{"special_persons": {"due": 3}}`},
		"who joined or left is due with at least 15 days of the month": {
			records: records{sheet.Concerns: `D1,G1,某人,关爱对象,,,2026-10-17
D2,G1,某人,关爱对象,,,2026-10-18
D3,G1,某人,关爱对象,,,,2026-10-16
D4,G1,某人,关爱对象,,,,2026-10-15
D5,G1,某人,关爱对象,,,2026-10-05,2026-10-20
D6,G1,某人,关爱对象,,,2026-10-05,2026-10-19`},
			want: `{"special_persons": {"due": 3}}`},
		"an unlisting that is still to come has not happened": {
			records: records{sheet.Concerns: "D1,G1,某人,关爱对象,,,,2026-10-12"}, at: "2026-10-11 12:00",
			want: `{"special_persons": {"due": 1}}`},
		"a listing that is still to come has not happened": {
			records: records{sheet.Concerns: "D1,G1,某人,关爱对象,,,2026-10-12"}, at: "2026-10-11 12:00",
			want: `{"special_persons": null}`},
		"one visit with a photo in the month by anybody covers it": {
			records: records{
				sheet.Concerns: "D1,G1,某人,关爱对象\nD2,G1,某人,精神病人\nD3,G1,某人,精神病人\nD4,G1,某人,关爱对象",
				sheet.Visits: `V1,G1,戊,2026-10-01 00:00,1,D1
V2,G1,戊,2026-10-31 23:59:59,1,D1
V3,G1,甲,2026-10-20 10:00,0,D2
V4,G1,甲,2026-09-30 23:59:59,1,D3
V5,G1,甲,2026-11-01 00:00,1,D3
V6,G2,甲,2026-10-20 10:00,1,D4`},
			want: `{"special_persons": {"due": 4, "visited": 1}}`},
		"a visit later than the moment is left out": {
			records: records{
				sheet.Concerns: "D1,G1,某人,关爱对象",
				sheet.Visits:   "V1,G1,甲,2026-10-08 12:00:01,1,D1"}, at: "2026-10-08 12:00",
			want: `{"special_persons": {"due": 1}}`},
	})
}

func TestControlledPersonsNeedAnArchiveAndARecord(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"controlled are the five categories on the list on any day of the month, key or not": {
			records: records{sheet.Concerns: `D1,G1,某人,重点上访人员,是,是
D2,G1,某人,精神病人,否,是
D3,G1,某人,涉毒人员,是,否,2026-10-31
D4,G1,某人,社区矫正人员,是,是,,2026-10-02
D5,G1,某人,邪教人员,是,是
D6,G1,某人,关爱对象,是,否
D7,G1,某人,精神病人,是,否,2026-11-01
D8,G1,某人,精神病人,是,否,,2026-10-01`},
			want: `{"control": {"persons": 5, "without_archive": 1, "without_record": 5}}`},
		"a listing that is still to come has not happened": {
			records: records{sheet.Concerns: "D1,G1,某人,精神病人,是,是,2026-10-12"}, at: "2026-10-11 12:00",
			want: `{"control": null}`},
		"a control record is a visit with photo and 管控信息 in the month by anybody of the own grid": {
			records: records{
				sheet.Concerns: `D1,G1,某人,精神病人,,是
D2,G1,某人,精神病人,,是
D3,G1,某人,精神病人,,是
D4,G1,某人,精神病人,,是
D5,G1,某人,精神病人,,是`,
				sheet.Visits: `V1,G1,戊,2026-10-01 00:00,1,D1,是
V2,G1,甲,2026-10-02 00:00,1,D1
V3,G1,甲,2026-10-02 00:00,1,D2,否
V4,G1,甲,2026-10-02 00:00,0,D3,是
V5,G1,甲,2026-11-01 00:00,1,D4,是
V6,G2,甲,2026-10-01 00:00,1,D5,是`},
			want: `{"control": {"persons": 5, "without_record": 4}}`},
	})
}

func TestSpecialPeriods(t *testing.T) {
	testFacts(t, map[string]factsCase{
		"a period counts in the month it starts in, also before it starts": {
			records: records{sheet.SpecialPeriods: `P1,国庆,2026-10-01,2026-10-08
P2,会议,2026-10-31,2026-11-03
P3,中秋,2026-09-30,2026-10-01
P4,展会,2026-11-01,2026-11-03`}, at: "2026-10-08 00:00",
			want: `{"special_periods": [{"name": "国庆", "start": "2026-10-01", "end": "2026-10-08"},
				{"name": "会议", "start": "2026-10-31", "end": "2026-11-03"}]}`},
		"periods that start together are in the order of their ids": {
			records: records{sheet.SpecialPeriods: "b,二,2026-10-01,2026-10-01\nC,三,2026-10-01,2026-10-03\na,一,2026-10-01,2026-10-02"},
			want: `{"special_periods": [{"name": "三", "start": "2026-10-01", "end": "2026-10-03"},
				{"name": "一", "start": "2026-10-01", "end": "2026-10-02"},
				{"name": "二", "start": "2026-10-01", "end": "2026-10-01"}]}`},
		"what is ready is what 稳控 says of the grid": {
			records: records{
				sheet.SpecialPeriods: "P1,国庆,2026-10-01,2026-10-08",
				sheet.Readinesses:    "P1,G1,是,否,王五\nP1,G2,是,是,是"},
			want: `{"special_periods": [{"name": "国庆", "start": "2026-10-01", "end": "2026-10-08", "roster": true, "responsible": true}]}`},
		"stability persons are those of four categories on the list on any day of the period": {
			records: records{
				sheet.SpecialPeriods: "P1,国庆,2026-10-03,2026-10-08",
				sheet.Concerns: `D1,G1,某人,重点上访人员
D2,G1,某人,精神病人
D3,G1,某人,涉毒人员,,,2026-10-08
D4,G1,某人,社区矫正人员,,,,2026-10-04
D5,G1,某人,邪教人员,是
D6,G1,某人,关爱对象
D7,G1,某人,邪教人员,,,2026-10-09
D8,G1,某人,邪教人员,,,,2026-10-03
D9,G2,某人,邪教人员`},
			want: `{"special_periods": [{"name": "国庆", "start": "2026-10-03", "end": "2026-10-08", "stability_persons": 4}]}`},
		"a listing and an unlisting that are still to come have not happened": {
			records: records{
				sheet.SpecialPeriods: "P1,国庆,2026-10-03,2026-10-08",
				sheet.Concerns:       "D1,G1,某人,涉毒人员,,,2026-10-04\nD2,G1,某人,涉毒人员,,,,2026-10-02"}, at: "2026-10-01 09:00",
			want: `{"special_periods": [{"name": "国庆", "start": "2026-10-03", "end": "2026-10-08", "stability_persons": 1}]}`},
	})
}
