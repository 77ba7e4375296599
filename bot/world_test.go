package bot

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/cmd/gridbot/sample"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestMain(m *testing.M) { defer pgtest.Stop(); m.Run() }

// now is when everything is asked: a Monday, a duty day.
var now = at("2026-11-23 16:10")

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Shanghai)
	if err != nil {
		panic(err)
	}
	return t
}

// emptyStore is a migrated store without any record.
func emptyStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), pgtest.Database(t, store.Migrate), store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// importDir takes the sheets of a folder as they come in at the moment.
func importDir(t testing.TB, s *store.Store, dir string, options store.ImportOptions) {
	t.Helper()
	book, err := sheet.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(t.Context(), book, options)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Sheets {
		if r.Refused() {
			t.Fatalf("%s: %+v", r.Sheet, r.Bad.Cells)
		}
	}
}

// sampleStreet is a store with the sample street: 1 September to 23 November,
// where the last day is running.
func sampleStreet(t testing.TB) *store.Store {
	t.Helper()
	s, dir := emptyStore(t), t.TempDir()
	if err := sample.Write(dir, day("2026-09-01"), day("2026-11-23"), calendar.Mainland()); err != nil {
		t.Fatal(err)
	}
	importDir(t, s, dir, store.ImportOptions{Now: now})
	return s
}

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

type sheets map[sheet.Name]string

// importSheets takes CSV texts.
func importSheets(t testing.TB, s *store.Store, texts sheets, options store.ImportOptions) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, string(name)+".csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	importDir(t, s, dir, options)
}

// assistantOn is an assistant on the records with the default rules; change
// alters what it works with.
func assistantOn(t testing.TB, records Records, change ...func(*Deps)) *Assistant {
	t.Helper()
	deps := Deps{Records: records, Rules: scoring.Default(), Workdays: calendar.Mainland(), Openness: OpenOwn, Contact: "街道网格中心"}
	for _, c := range change {
		c(&deps)
	}
	a, err := New(deps)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// personOf finds somebody by name.
func personOf(t testing.TB, records Records, name string) store.Person {
	t.Helper()
	people, err := records.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("nobody is called %s", name)
	return store.Person{}
}
