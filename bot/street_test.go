package bot

import (
	"testing"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestTheDirectoryIsKeptAsLongAsNamesAreTheSame(t *testing.T) {
	records := hamletStore(t)
	keeper := &streetKeeper{records: records}
	current := func() *street {
		s, err := keeper.current(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := current()
	if current() != first {
		t.Error("the same records were read again")
	}
	importSheets(t, records, sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nG2,13800000003,2026-11-20,6"}, store.ImportOptions{Now: now})
	second := current()
	if second == first || second.directory != first.directory {
		t.Error("a patrol makes another street, but no other directory")
	}
	importSheets(t, records, sheets{sheet.Grids: "网格编号,网格名称,社区,总户数\nG4,四号网格,西社区,300"}, store.ImportOptions{Now: now})
	if third := current(); third.directory == second.directory || len(third.grids) != 4 {
		t.Error("a new grid is in no directory")
	}
}
