package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestDueItemsAreThoseStillToBeDisposedOf(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	const reported = ",G1,甲,2026-11-20 09:00,城市管理,"
	records{sheet.Items: "open" + reported + `2026-11-24 09:00
extended` + reported + `2026-11-20 10:00,,2026-11-24 08:00
from` + reported + `2026-11-23 12:00
until` + reported + `2026-11-25 12:00
disposed` + reported + `2026-11-24 09:00,2026-11-23 12:00
later` + reported + `2026-11-24 09:00,2026-11-23 12:01
limited` + reported + `2026-11-24 09:00,,,是
limitedlater` + reported + `2026-11-24 09:00,,,是,2026-11-23 12:01
falsified` + reported + `2026-11-24 09:00,,,,,,,虚假
rejected` + reported + `2026-11-24 09:00,,,,,,,驳回
tomorrow,G1,甲,2026-11-23 12:01,城市管理,2026-11-24 09:00
elsewhere,G2,丁,2026-11-20 09:00,城市管理,2026-11-24 07:00`}.take(t, s, store.ImportOptions{})
	for name, c := range map[string]struct {
		grids []string
		want  []string
	}{
		"of all grids, by deadline, then by id": {nil, []string{"from", "elsewhere", "extended", "later", "limitedlater", "open", "rejected"}},
		"of a grid":                             {[]string{"G2"}, []string{"elsewhere"}},
		"of no grid":                            {[]string{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := s.DueItems(t.Context(), c.grids, noon, noon.Add(48*time.Hour), noon)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, i := range items {
				ids = append(ids, i.ID)
			}
			if diff := cmp.Diff(c.want, ids); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestADueItemIsTold(t *testing.T) {
	s := settled(t)
	items, err := s.DueItems(t.Context(), nil, noon.AddDate(0, 0, -2), noon, noon)
	want := []store.Item{{
		ID: "S1", GridID: "G1", Mobile: "13800000001", ReportedAt: moment(t, "2026-11-20 09:00"),
		Category: "社会治安", Kind: "邻里", DueAt: moment(t, "2026-11-22 09:00"),
	}}
	if diff := cmp.Diff(want, items, cmp.Comparer(time.Time.Equal)); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}
