package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestHazardSitesAreCountedWhileTheyAreOnTheList(t *testing.T) {
	s := settled(t)
	load(t, s, sheets{sheet.HazardSites: `场所编号,网格编号,名称,列管日期,撤管日期
C1,G1,仓库,,
C2,G1,油库,2026-11-23,
C3,G2,厂房,,2026-11-24`}, store.ImportOptions{Now: aMonday.Start()})
	for name, c := range map[string]struct {
		day  calendar.Date
		want map[string]int
	}{
		"before one is listed":    {aMonday - 1, map[string]int{"G1": 1, "G2": 1}},
		"from the day of listing": {aMonday, map[string]int{"G1": 2, "G2": 1}},
		"until that of unlisting": {aMonday + 1, map[string]int{"G1": 2}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := s.HazardSites(t.Context(), c.day)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
