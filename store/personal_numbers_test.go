package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/seal"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// private is what nobody may find in the database.
var private = []string{"DX-7781", "DX-7782", "YH-7783", "独居情绪不稳", "家中无人", "现场不符", personalName}

// privateSheets are records with all of it, and others that count with them.
var privateSheets = sheets{
	sheet.Grids:  street[sheet.Grids],
	sheet.People: street[sheet.People],
	sheet.Concerns: "对象编号,网格编号,姓名,类别,重点,档案\n" +
		"DX-7781,G1," + personalName + "甲,精神病人,是,是\nDX-7782,G1," + personalName + "乙,涉毒人员,否,是",
	sheet.HazardSites: "场所编号,网格编号,名称\nYH-7783,G1,仓库",
	sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,对象编号,管控信息,内容\n" +
		"V1,G1,13800000001,2026-11-18 10:00,1,DX-7781,是,独居情绪不稳\n" +
		"V2,G1,13800000001,2026-11-18 11:00,1,YH-7783,否,\nV3,G1,13800000001,2026-11-18 12:00,1,,否,家中无人",
	sheet.Findings: "认定编号,网格编号,类型,日期,说明\nR1,G1,相互推诿,2026-11-18,现场不符",
}

// mustBePrivate fails if anything of that is in the database.
func mustBePrivate(t *testing.T, s *store.Store, when string) {
	t.Helper()
	all := dump(t, s)
	for _, text := range private {
		if holds(all, text) {
			t.Errorf("%s: %s is in the database", when, text)
		}
	}
	if !holds(all, "一号网格") || !holds(all, "13800000001") {
		t.Errorf("%s: the dump does not hold what it should: it proves nothing", when)
	}
}

func TestNoNumberAndNoNoteIsInTheDatabase(t *testing.T) {
	older, newer := seal.NewKey(), seal.NewKey()
	s := withKeys(t, open(t), older)
	load(t, s, privateSheets, store.ImportOptions{})
	mustBePrivate(t, s, "after an import")
	if !strings.Contains(dump(t, s), sealedNumber(t, s, "DX-7782", older)) {
		t.Error("the number is not there sealed either: this proves nothing")
	}
	load(t, s, sheets{
		sheet.Concerns:    "对象编号,网格编号,姓名,类别,重点,档案\nDX-7781,G2," + personalName + "丙,精神病人,是,是",
		sheet.HazardSites: "场所编号,网格编号,名称\nYH-7783,G1,油库",
		sheet.Visits:      "记录编号,网格编号,手机号,走访时间,图片数,对象编号,内容\nV1,G1,13800000001,2026-11-18 10:00,2,DX-7782,家中无人",
		sheet.Findings:    "认定编号,网格编号,类型,日期,说明\nR1,G1,相互推诿,2026-11-18,现场不符，又",
	}, store.ImportOptions{})
	mustBePrivate(t, s, "after rows were replaced")
	load(t, s, sheets{
		sheet.Visits:   "记录编号,网格编号,手机号,走访时间,图片数,作废\nV1,,,,,是\nV2,,,,,是",
		sheet.Findings: "认定编号,网格编号,类型,日期,作废\nR1,,,,是",
	}, store.ImportOptions{})
	load(t, s, sheets{ // once no visit names them
		sheet.Concerns:    "对象编号,网格编号,姓名,类别,作废\nDX-7781,,,,是",
		sheet.HazardSites: "场所编号,网格编号,名称,作废\nYH-7783,,,是",
	}, store.ImportOptions{})
	if n := number(t, s, `select count(*) from row_history`); n != 9 {
		t.Errorf("%d rows of history", n)
	}
	mustBePrivate(t, s, "after rows were withdrawn")
	if _, err := withKeys(t, s, newer, older).Reseal(t.Context()); err != nil {
		t.Error(err)
	}
	mustBePrivate(t, s, "after a rotation")
}

func TestNumbersStillMeetWhenTheKeyThatSealedThemIsGone(t *testing.T) {
	older, newer := seal.NewKey(), seal.NewKey()
	s := withKeys(t, open(t), older)
	load(t, s, privateSheets, store.ImportOptions{})
	before := document(t, facts(t, s, store.FactsQuery{Month: november, At: noon})[0])
	for _, want := range []string{`"hazard_sites_visited":1`, `"visited":1`} {
		if !strings.Contains(strings.ReplaceAll(before, " ", ""), want) {
			t.Fatalf("no %s: this proves nothing: %s", want, before)
		}
	}
	if _, err := withKeys(t, s, newer, older).Reseal(t.Context()); err != nil {
		t.Fatal(err)
	}
	alone := withKeys(t, s, newer)
	for name, r := range load(t, alone, privateSheets, store.ImportOptions{}) {
		if r.New+r.Changed+r.Bad.Count > 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if diff := cmp.Diff(before, document(t, facts(t, alone, store.FactsQuery{Month: november, At: noon})[0])); diff != "" {
		t.Error(diff)
	}
	late := sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,对象编号\nV9,G1,13800000001,2026-11-19 11:00,1,YH-7783"}
	if r := load(t, alone, late, store.ImportOptions{})[sheet.Visits]; r.New != 1 {
		t.Errorf("%+v", r)
	}
	after := document(t, facts(t, alone, store.FactsQuery{Month: november, At: noon})[0])
	if n := strings.Count(strings.ReplaceAll(after, " ", ""), `"hazard_sites_visited":1`); n != 2 {
		t.Errorf("%d days with a site visited: %s", n, after)
	}
	mustBePrivate(t, alone, "with the newer key")
}

func TestTheDiffShowsNumbersAsTheyWereGivenAndInOrder(t *testing.T) {
	s := settled(t)
	texts, want := sheets{sheet.Concerns: "对象编号,网格编号,姓名,类别\nD1,G1,另一位,精神病人"}, []string{"更新 对象 D1"}
	for i := range 9 {
		texts[sheet.Concerns] += fmt.Sprintf("\nDX-%d,G1,某人,精神病人", 9-i)
		want = append(want, fmt.Sprintf("新增 对象 DX-%d", i+1))
	}
	texts[sheet.HazardSites] = "场所编号,网格编号,名称\nYH-1,G1,仓库"
	want = append(want, "新增 隐患场所 YH-1")
	load(t, s, texts, store.ImportOptions{Now: noon.Add(time.Hour)})
	changes, err := s.ChangesSince(t.Context(), "G1", november, noon)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range changes {
		got = append(got, fmt.Sprintf("%s %s %s", c.What, c.Sheet, c.Key))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	load(t, s, sheets{sheet.HazardSites: "场所编号,网格编号,名称,作废\nYH-1,,,是"}, store.ImportOptions{Now: noon.Add(2 * time.Hour)})
	changes, err = s.ChangesSince(t.Context(), "G1", november, noon.Add(time.Hour))
	if err != nil || len(changes) != 1 || changes[0].Key != "YH-1" || changes[0].What != "作废" {
		t.Errorf("%+v, %v", changes, err)
	}
}

func TestBadCellsShowNumbersAsTheyWereGiven(t *testing.T) {
	s := settled(t)
	for _, c := range []struct {
		name string
		rows sheets
		want string
	}{
		{"a visit of somebody unknown", sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,对象编号\nV3,G1,13800000001,2026-11-20 10:00,1,DX-404"}, "2 对象编号 DX-404"},
		{"a value that looks sealed and is not", sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,对象编号\nV3,~AAAA,13800000001,2026-11-20 10:00,1,~BBBB"}, "2 网格编号 ~AAAA; 2 对象编号 ~BBBB"},
		{"a number that is a site's", sheets{sheet.Concerns: "对象编号,网格编号,姓名,类别\nC1,G1,某人,精神病人"}, "2 对象编号 C1"},
		{"a number that a person has", sheets{sheet.HazardSites: "场所编号,网格编号,名称\nD1,G1,仓库"}, "2 场所编号 D1"},
		{"one number with two meanings", sheets{sheet.HazardSites: "场所编号,网格编号,名称\nC8,G1,仓库\nC8,G1,油库"}, "2 场所编号 C8; 3 场所编号 C8"},
		{"a site that visits name", sheets{sheet.HazardSites: "场所编号,网格编号,名称,作废\nC1,,,是"}, "2 场所编号 C1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range load(t, s, c.rows, store.ImportOptions{}) {
				if diff := cmp.Diff(c.want, counts(r)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestStoresThatNeedAKeyAtOnceHaveOneKey(t *testing.T) {
	s := open(t)
	load(t, s, sheets{sheet.Grids: street[sheet.Grids]}, store.ImportOptions{})
	replicas := make([]*store.Store, 4)
	var at errgroup.Group
	for i := range replicas {
		replicas[i] = openAt(t, s.Pool().Config().ConnString())
		book := watchedPersons(3).book(t)
		at.Go(func() error {
			_, err := replicas[i].Import(t.Context(), book, store.ImportOptions{Now: noon})
			return err
		})
	}
	if err := at.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, replica := range replicas {
		if r := load(t, replica, watchedPersons(3), store.ImportOptions{})[sheet.Concerns]; r.Same != 3 {
			t.Errorf("%+v", r)
		}
	}
	if n := number(t, s, `select count(*) from data_keys`); n != 1 {
		t.Errorf("%d keys", n)
	}
}

func TestADryRunMakesNoKey(t *testing.T) {
	s := open(t)
	r := load(t, s, street, store.ImportOptions{DryRun: true})[sheet.Concerns]
	if n := number(t, s, `select count(*) from data_keys`); n != 0 || r.New != 1 {
		t.Errorf("%d keys, %+v", n, r)
	}
	if r := load(t, withKeys(t, s, seal.NewKey()), street, store.ImportOptions{})[sheet.Concerns]; r.New != 1 {
		t.Errorf("another key than that of the dry run: %+v", r)
	}
}
