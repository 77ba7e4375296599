package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestWhoCameToAGridWhen(t *testing.T) {
	s := open(t)
	const head = "姓名,手机号,角色,网格编号,在岗\n"
	for i, people := range []string{
		"留一,13800000001,网格长,G1,是\n调二,13800000002,网格员,G1,是\n添三,13800000003,网格长,G1,是\n回四,13800000004,网格员,G1,是",
		"回四,13800000004,网格员,G2,是\n新五,13800000005,网格员,G1,是",
		"留一,13800000001,网格长,G1,否\n调二,13800000002,网格员,G2,是\n添三,13800000003,网格长,G1、G2,是\n回四,13800000004,网格员,G1,是",
	} {
		load(t, s, sheets{
			sheet.Grids:  "网格编号,网格名称,社区,总户数\nG1,一号网格,东社区,300\nG2,二号网格,东社区,300",
			sheet.People: head + people,
		}, store.ImportOptions{Now: noon.Add(time.Duration(i) * time.Hour)})
	}
	third := noon.Add(2 * time.Hour)
	for name, c := range map[string]struct {
		since time.Time
		want  map[string]map[string]time.Time
	}{
		"since before all of it": {noon, map[string]map[string]time.Time{
			"13800000002": {"G2": third}, "13800000003": {"G2": third}, "13800000004": {"G1": third},
		}},
		"since afterwards": {third.Add(time.Second), map[string]map[string]time.Time{}},
	} {
		got, err := s.Arrivals(t.Context(), c.since)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}
