package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestADryRunReportsEverythingAndStoresNothing(t *testing.T) {
	s := open(t)
	reports := load(t, s, street, store.ImportOptions{DryRun: true})
	for _, name := range sheet.Names {
		if reports[name].Refused() || reports[name].New == 0 {
			t.Errorf("%s: %s", name, counts(reports[name])) // each finds the rows of the others
		}
	}
	for _, table := range []string{"grids", "people", "visits", "arrivals", "watched_numbers"} {
		if n := number(t, s, "select count(*) from "+table); n != 0 {
			t.Errorf("%d rows of %s", n, table)
		}
	}
	if v := version(t, s); v != (store.Version{}) {
		t.Errorf("version %+v", v)
	}
}

func TestASheetWithABadRowIsRefusedWholeAndDoesNotHoldBackTheOthers(t *testing.T) {
	for _, dryRun := range []bool{false, true} {
		s := settled(t)
		reports := load(t, s, sheets{
			sheet.Visits:  "记录编号,网格编号,手机号,走访时间,图片数\nV8,G1,13800000001,2026-11-20 10:00,1\nV9,G9,13800000001,2026-11-20 10:00,1",
			sheet.Patrols: "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-19,6",
		}, store.ImportOptions{DryRun: dryRun})
		if got := counts(reports[sheet.Visits]); got != "3 网格编号 G9" {
			t.Errorf("visits: %s", got)
		}
		if got := counts(reports[sheet.Patrols]); got != "1/0/0/0" {
			t.Errorf("patrols: %s", got)
		}
		if n := number(t, s, `select count(*) from visits`); n != 2 {
			t.Errorf("%d visits", n)
		}
	}
}

func TestRowsOfARefusedSheetAreNotThereForTheSheetsAfterIt(t *testing.T) {
	s := open(t)
	reports := load(t, s, sheets{
		sheet.Grids:   "网格编号,网格名称,社区,总户数\nG1,一号网格,东社区,300\nG2,二号网格,东社区,x",
		sheet.People:  "姓名,手机号,角色,网格编号\n甲,13800000001,网格长,G1",
		sheet.Patrols: "网格编号,手机号,日期,公里数\nG1,13800000001,2026-11-19,6",
	}, store.ImportOptions{})
	for name, want := range map[sheet.Name]string{
		sheet.Grids: "3 总户数 x", sheet.People: "2 网格编号 G1", sheet.Patrols: "2 网格编号 G1; 2 手机号 13800000001",
	} {
		if got := counts(reports[name]); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestTheOrderOfFilesDoesNotMatter(t *testing.T) {
	s, dir := open(t), t.TempDir()
	var paths []string
	for i := len(sheet.Names) - 1; i >= 0; i-- { // the last sheet first
		name := sheet.Names[i]
		path := filepath.Join(dir, string(name)+".csv")
		if err := os.WriteFile(path, []byte(street[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	book, err := sheet.Open(paths...)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(t.Context(), book, store.ImportOptions{Now: noon})
	if err != nil || report.Refused() {
		t.Fatalf("%+v, %v", report, err)
	}
	for i, r := range report.Sheets {
		if r.Sheet != sheet.Names[i] {
			t.Errorf("sheet %d is %s, want %s", i, r.Sheet, sheet.Names[i])
		}
	}
}

func TestFourWhoImportTheSameAtOnceLeaveOneOfEachRow(t *testing.T) {
	s := open(t)
	atOnce(t, s, street, street, street, street)
	for table, want := range map[string]int{"visits": 2, "items": 1, "track_points": 1, "people": 3} {
		if n := number(t, s, "select count(*) from "+table); n != want {
			t.Errorf("%d rows of %s", n, table)
		}
	}
	if v := version(t, s); v.Records != int64(len(sheet.Names)) {
		t.Errorf("version %d: only the first import of a sheet changed anything", v)
	}
}

func TestARowThatNamesAnotherWaitsForItsWithdrawal(t *testing.T) {
	s := settled(t)
	load(t, s, sheets{sheet.HazardSites: "场所编号,网格编号,名称\nC2,G1,油库"}, store.ImportOptions{})
	site := sealedNumber(t, s, "C2")
	holder, err := s.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Rollback(t.Context()) }()
	// The withdrawal finds that nothing names the site, and then has to wait.
	if _, err := holder.Exec(t.Context(), `select from hazard_sites where number = $1 for update`, site); err != nil {
		t.Fatal(err)
	}
	withdrawal := inBackground(t, s, sheets{sheet.HazardSites: "场所编号,网格编号,名称,作废\nC2,,,是"})
	untilWaiting(t, s, 1, withdrawal)
	naming := inBackground(t, s, sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,对象编号\nV3,G1,13800000001,2026-11-20 10:00,1,C2"})
	untilWaiting(t, s, 2, naming)
	if err := holder.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(<-withdrawal, <-naming); err != nil {
		t.Fatal(err)
	}
	if n := number(t, s, `select count(*) from hazard_sites where number = $1`, site); n != 0 {
		t.Error("the site was not withdrawn")
	}
	if n := number(t, s, `select count(*) from visits where watched = $1`, site); n != 0 {
		t.Error("a visit names a site that is not there")
	}
}

// inBackground imports the sheets and sends what came of it.
func inBackground(t *testing.T, s *store.Store, texts sheets) chan error {
	t.Helper()
	book, done := texts.book(t), make(chan error, 1)
	go func() {
		_, err := s.Import(t.Context(), book, store.ImportOptions{Now: noon})
		done <- err
	}()
	return done
}

// untilWaiting returns when that many wait for a lock, or when the one that
// should has not waited.
func untilWaiting(t *testing.T, s *store.Store, n int, done chan error) {
	t.Helper()
	const waiting = `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
	for number(t, s, waiting) < n {
		select {
		case err := <-done:
			done <- err
			return
		default:
		}
	}
}

// atOnce imports several at the same time.
func atOnce(t *testing.T, s *store.Store, all ...sheets) {
	t.Helper()
	var importers errgroup.Group
	for _, texts := range all {
		book := texts.book(t)
		importers.Go(func() error {
			_, err := s.Import(t.Context(), book, store.ImportOptions{Now: noon})
			return err
		})
	}
	if err := importers.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestTheVersionGrowsOnlyWithAChange(t *testing.T) {
	s := settled(t)
	const visits = "记录编号,网格编号,手机号,走访时间,图片数\n"
	for _, c := range []struct {
		name    string
		sheets  sheets
		options store.ImportOptions
		grows   bool
	}{
		{"nothing new", street, store.ImportOptions{}, false},
		{"nothing new on another day", street, store.ImportOptions{Now: noon.AddDate(0, 0, 1)}, false},
		{"a row more", sheets{sheet.Visits: visits + "V3,G1,13800000001,2026-11-24 10:00,1"}, store.ImportOptions{Now: noon.AddDate(0, 0, 1)}, true},
		{"nothing new, but now the day is complete", sheets{sheet.Visits: visits + "V3,G1,13800000001,2026-11-24 10:00,1"},
			store.ImportOptions{Now: noon.AddDate(0, 0, 2)}, true},
		{"a row changed", sheets{sheet.Visits: visits + "V3,G1,13800000001,2026-11-24 10:00,2"}, store.ImportOptions{}, true},
		{"a row withdrawn", sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,作废\nV3,,,,,是"}, store.ImportOptions{}, true},
		{"the same again", sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,作废\nV3,,,,,是"}, store.ImportOptions{}, false},
		{"a refused sheet", sheets{sheet.Visits: visits + "V4,G9,13800000001,2026-11-20 10:00,1"}, store.ImportOptions{}, false},
		{"a dry run", sheets{sheet.Visits: visits + "V4,G1,13800000001,2026-11-20 10:00,1"}, store.ImportOptions{DryRun: true}, false},
		{"a day declared complete", sheets{sheet.Visits: street[sheet.Visits]},
			store.ImportOptions{Through: map[sheet.Name]calendar.Date{sheet.Visits: calendar.NewDate(2026, time.November, 30)}}, true},
		{"the same declared again", sheets{sheet.Visits: street[sheet.Visits]},
			store.ImportOptions{Through: map[sheet.Name]calendar.Date{sheet.Visits: calendar.NewDate(2026, time.November, 30)}}, false},
	} {
		before := version(t, s)
		load(t, s, c.sheets, c.options)
		if grew := version(t, s).Records > before.Records; grew != c.grows {
			t.Errorf("%s: the version grew: %v", c.name, grew)
		}
	}
}
