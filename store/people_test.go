package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestPeopleAreTheRowsOfTheSheet(t *testing.T) {
	s := open(t)
	load(t, s, sheets{
		sheet.Grids: street[sheet.Grids],
		sheet.People: `姓名,手机号,角色,网格编号,社区,open_id,在岗
乙,13800000002,网格员,G2、G1,,,否
甲,13800000001,网格长,G1,,ou_1,
丙,13800000003,社区负责人,,东社区,,是`,
	}, store.ImportOptions{})
	want := []store.Person{
		{Mobile: "13800000001", Name: "甲", Role: store.Chief, Grids: []string{"G1"}, OpenID: "ou_1", OnDuty: true},
		{Mobile: "13800000002", Name: "乙", Role: store.Member, Grids: []string{"G2", "G1"}},
		{Mobile: "13800000003", Name: "丙", Role: store.CommunityLead, Communities: []string{"东社区"}, OnDuty: true},
	}
	got, err := s.People(t.Context())
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// bound returns whom the identity is bound to, "" = nobody.
func bound(t testing.TB, s *store.Store, openID string) string {
	t.Helper()
	p, err := s.PersonByOpenID(t.Context(), openID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		t.Fatal(err)
	}
	return p.Name
}

func TestABindingMoves(t *testing.T) {
	s := settled(t)
	bind := func(mobile, openID string) {
		t.Helper()
		if err := s.Bind(t.Context(), mobile, openID); err != nil {
			t.Fatal(err)
		}
	}
	bind("13800000001", "ou_1")
	if got := bound(t, s, "ou_1"); got != "甲" {
		t.Errorf("bound to %s", got)
	}
	bind("13800000002", "ou_1") // another person with the same identity
	if got := bound(t, s, "ou_1"); got != "乙" {
		t.Errorf("bound to %s", got)
	}
	bind("13800000002", "ou_2") // another identity of the same person
	if one, two := bound(t, s, "ou_1"), bound(t, s, "ou_2"); one != "" || two != "乙" {
		t.Errorf("bound to %q and %q", one, two)
	}
	for range 2 { // nobody's is fine
		if err := s.Unbind(t.Context(), "ou_2"); err != nil {
			t.Fatal(err)
		}
		if got := bound(t, s, "ou_2"); got != "" {
			t.Errorf("bound to %s", got)
		}
	}
}

func TestABindingOfNobodyKeepsTheOneThereIs(t *testing.T) {
	s := settled(t)
	if err := s.Bind(t.Context(), "13800000001", "ou_1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Bind(t.Context(), "13900000000", "ou_1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if got := bound(t, s, "ou_1"); got != "甲" {
		t.Errorf("bound to %q", got)
	}
}

func TestAnImportOfPeopleAndTheirBindings(t *testing.T) {
	const header = "姓名,手机号,角色,网格编号,open_id\n"
	s := open(t)
	for name, c := range map[string]struct {
		rows string
		want string // who ou_1 is bound to; it was 甲
	}{
		"an empty open_id keeps the binding":     {"甲,13800000001,网格长,G1,", "甲"},
		"another row takes the binding over":     {"乙,13800000002,网格员,G2,ou_1", "乙"},
		"it may be taken over in one sheet":      {"甲,13800000001,网格长,G1,\n乙,13800000002,网格员,G2,ou_1", "乙"},
		"two people may swap theirs":             {"甲,13800000001,网格长,G1,ou_2\n乙,13800000002,网格员,G2,ou_1", "乙"},
		"another identity takes the place of it": {"甲,13800000001,网格长,G1,ou_3", ""},
		"another's row does not touch it":        {"乙,13800000002,网格员,G1,ou_3", "甲"},
	} {
		t.Run(name, func(t *testing.T) {
			empty(t, s)
			settle(t, s)
			for mobile, openID := range map[string]string{"13800000001": "ou_1", "13800000002": "ou_2"} {
				if err := s.Bind(t.Context(), mobile, openID); err != nil {
					t.Fatal(err)
				}
			}
			report := load(t, s, sheets{sheet.People: header + c.rows}, store.ImportOptions{})[sheet.People]
			if got := bound(t, s, "ou_1"); report.Refused() || got != c.want {
				t.Errorf("bound to %q, want %q (%s)", got, c.want, counts(report))
			}
		})
	}
}

func TestWhoLosesABindingToAnImportKeepsItInTheHistory(t *testing.T) {
	const header = "姓名,手机号,角色,网格编号,open_id,作废\n"
	s := open(t)
	settle(t, s)
	if err := s.Bind(t.Context(), "13800000001", "ou_1"); err != nil {
		t.Fatal(err)
	}
	lost := func() int {
		return number(t, s, `select count(*) from row_history join imports i on i.id = ended_by
			where sheet = '人员' and key = '13800000001' and before ->> 'open_id' = 'ou_1' and by_whom = 'wang'`)
	}
	for _, step := range []struct {
		rows    string
		changed int
		lost    int
	}{
		{"己,13800000009,网格员,G2,ou_1,是", 0, 0}, // who is taken back takes nothing
		{"乙,13800000002,网格员,G2,ou_1,", 2, 1},
		{"乙,13800000002,网格员,G2,ou_1,", 0, 1},
	} {
		r := load(t, s, sheets{sheet.People: header + step.rows}, store.ImportOptions{By: "wang"})[sheet.People]
		if r.Refused() || r.Changed != step.changed || lost() != step.lost {
			t.Errorf("%s: %s, %d in the history", step.rows, counts(r), lost())
		}
	}
	if got := bound(t, s, "ou_1"); got != "乙" {
		t.Errorf("bound to %q", got)
	}
}

func TestALookUpThatFindsNothingSaysSo(t *testing.T) {
	s := settled(t)
	ctx := t.Context()
	for name, look := range map[string]func() error{
		"person by open_id": func() error { _, err := s.PersonByOpenID(ctx, "ou_9"); return err },
		"person by mobile":  func() error { _, err := s.PersonByMobile(ctx, "13900000000"); return err },
		"group":             func() error { _, err := s.Group(ctx, "oc_9"); return err },
		"delivery":          func() error { _, err := s.Delivery(ctx, "k", today); return err },
		"try of a delivery": func() error { return s.TryDelivery(ctx, "k", today, noon) },
	} {
		if err := look(); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p, err := s.PersonByMobile(ctx, "13800000001"); err != nil || p.Name != "甲" {
		t.Errorf("a person who is there: %+v, %v", p, err)
	}
}

func TestGroupsAreBoundAndUnbound(t *testing.T) {
	s := settled(t)
	east := store.Group{ChatID: "oc_1", Name: "东社区群", Community: "东社区", BoundBy: "ou_1", BoundAt: noon}
	whole := store.Group{ChatID: "oc_1", BoundBy: "ou_2", BoundAt: noon.Add(time.Hour)}
	other := store.Group{ChatID: "oc_0", Community: "西社区", BoundBy: "ou_1", BoundAt: noon}
	for _, c := range []struct {
		bind store.Group
		want []store.Group
	}{{east, []store.Group{east}}, {whole, []store.Group{whole}}, {other, []store.Group{other, whole}}} {
		if err := s.BindGroup(t.Context(), c.bind); err != nil {
			t.Fatal(err)
		}
		all, err := s.Groups(t.Context())
		if diff := cmp.Diff(c.want, all, cmp.Comparer(time.Time.Equal)); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		if one, err := s.Group(t.Context(), c.bind.ChatID); err != nil || one.BoundBy != c.bind.BoundBy {
			t.Errorf("%+v, %v", one, err)
		}
	}
	for range 2 {
		if err := s.UnbindGroup(t.Context(), "oc_1"); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := s.Groups(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestGridsAndCommunitiesAreInOrder(t *testing.T) {
	s := open(t)
	load(t, s, sheets{sheet.Grids: "网格编号,网格名称,社区,总户数\nb,二,Y,1\nG10,三,X,2\nG9,四,Y,3"}, store.ImportOptions{})
	grids, err := s.Grids(t.Context())
	want := []store.Grid{{"G10", "三", "X", 2}, {"G9", "四", "Y", 3}, {"b", "二", "Y", 1}}
	if diff := cmp.Diff(want, grids); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	communities, err := s.Communities(t.Context())
	if diff := cmp.Diff([]string{"X", "Y"}, communities); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}
