package store_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/seal"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestStabilityPersonsAndTheirVisitsOfADay(t *testing.T) {
	periods := "T1,安保,2026-11-22,2026-11-24"
	for name, c := range map[string]struct {
		records records
		want    string
	}{
		"each visit with a photo of the own grid counts, whoever made it": {records{
			sheet.SpecialPeriods: periods,
			sheet.Concerns:       "D1,G1,王小明,涉毒人员,是\nD2,G2,李四,重点上访人员,否",
			sheet.Visits: `V1,G1,甲,2026-11-23 00:00,1,D1
V2,G1,戊,2026-11-23 12:00,2,D1
V3,G1,甲,2026-11-23 10:00,0,D1
V4,G2,丁,2026-11-23 10:00,1,D1
V5,G1,甲,2026-11-23 10:00,1,
V6,G2,丁,2026-11-22 23:59,1,D2
V7,G2,丁,2026-11-23 12:01,1,D2`}, "T1 G1 D1 王小明 2, T1 G2 D2 李四 0"},
		"none but the four categories": {records{
			sheet.SpecialPeriods: periods,
			sheet.Concerns:       "D1,G1,子子,精神病人,是\nD2,G1,丑丑,关爱对象,是\nD3,G1,寅寅,邪教人员,否\nD4,G1,卯卯,社区矫正人员,否"},
			"T1 G1 D3 寅寅 0, T1 G1 D4 卯卯 0"},
		"who is on the list on any day of it": {records{
			sheet.SpecialPeriods: periods,
			sheet.Concerns: `D1,G1,子子,邪教人员,是,,2026-11-23
D2,G1,丑丑,邪教人员,是,,,2026-11-23
D3,G1,寅寅,邪教人员,是,,,2026-11-22
D4,G1,卯卯,邪教人员,是,,2026-11-24`}, "T1 G1 D1 子子 0, T1 G1 D2 丑丑 0"},
		"of each period that runs": {records{
			sheet.SpecialPeriods: periods + "\nT2,别的,2026-11-23,2026-11-23\nT3,过了,2026-11-20,2026-11-22\nT4,将来,2026-11-24,2026-11-25",
			sheet.Concerns:       "D1,G1,子子,邪教人员,是"}, "T1 G1 D1 子子 0, T2 G1 D1 子子 0"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			twoGrids.take(t, s, store.ImportOptions{})
			c.records.take(t, s, store.ImportOptions{})
			persons, err := s.PeriodPersons(t.Context(), noon)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range persons {
				got = append(got, fmt.Sprintf("%s %s %s %s %d", p.Period, p.GridID, p.Number, p.Name, p.Visits))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWithoutTheKeyAStabilityPersonHasNoNameAndNoNumber(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	records{sheet.SpecialPeriods: "T1,安保,2026-11-22,2026-11-24", sheet.Concerns: "D1,G1,王小明,涉毒人员,是"}.take(t, s, store.ImportOptions{})
	for name, keys := range map[string]*seal.Ring{"no key at all": nil, "another key": anotherRing(t)} {
		t.Run(name, func(t *testing.T) {
			other, err := store.Open(t.Context(), s.Pool().Config().ConnString(), store.Options{Keys: keys})
			if err != nil {
				t.Fatal(err)
			}
			defer other.Close()
			persons, err := other.PeriodPersons(t.Context(), noon)
			if err != nil || len(persons) != 1 || persons[0].Name != "" || persons[0].Number != "" || persons[0].GridID != "G1" {
				t.Errorf("%+v, %v", persons, err)
			}
		})
	}
}

func anotherRing(t *testing.T) *seal.Ring {
	t.Helper()
	ring, err := seal.NewRing(seal.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return ring
}
