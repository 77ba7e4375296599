package sample_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/cmd/gridbot/sample"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestMain(m *testing.M) {
	defer pgtest.Stop()
	m.Run()
}

// write returns the texts of the sheets of the days, by file name.
func write(t *testing.T, first, last calendar.Date) (dir string, texts map[string]string) {
	t.Helper()
	dir = t.TempDir()
	if err := sample.Write(dir, first, last, calendar.Mainland()); err != nil {
		t.Fatal(err)
	}
	texts = map[string]string{}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(file)] = string(text)
	}
	return dir, texts
}

func TestTheSameDaysGiveTheSameSheets(t *testing.T) {
	first, last := calendar.NewDate(2026, time.September, 1), calendar.NewDate(2026, time.November, 24)
	_, one := write(t, first, last)
	_, other := write(t, first, last)
	if diff := cmp.Diff(one, other); diff != "" {
		t.Error(diff)
	}
}

// Whatever day it is – a working day, a Sunday, the first of a month, within a
// long holiday – the street imports without a bad cell, again without a change,
// and the day after with the new rows alone.
func TestEveryDayImports(t *testing.T) {
	for name, today := range map[string]calendar.Date{
		"a working day":         calendar.NewDate(2026, time.November, 24),
		"a Sunday":              calendar.NewDate(2026, time.November, 22),
		"the first of a month":  calendar.NewDate(2026, time.December, 1),
		"a long holiday":        calendar.NewDate(2026, time.October, 3),
		"the first of October":  calendar.NewDate(2026, time.October, 1),
		"the last of a year":    calendar.NewDate(2025, time.December, 31),
		"the first of the year": calendar.NewDate(2026, time.January, 1),
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			first := (today.Month() - 2).First()
			dir, _ := write(t, first, today)
			load(t, s, dir, today)
			for _, r := range load(t, s, dir, today).Sheets {
				if r.New+r.Changed+r.Withdrawn > 0 {
					t.Errorf("%s changed when it came a second time: %+v", r.Sheet, r)
				}
			}
			dir, _ = write(t, first, today+1)
			load(t, s, dir, today+1)
		})
	}
}

func open(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), pgtest.Database(t, store.Migrate), store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func load(t *testing.T, s *store.Store, dir string, today calendar.Date) store.ImportReport {
	t.Helper()
	book, err := sheet.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	report, err := s.Import(t.Context(), book, store.ImportOptions{Now: today.Start().Add(17 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Sheets {
		if r.Refused() {
			t.Fatalf("%s was refused: %v", r.Sheet, r.Bad.Cells)
		}
	}
	return report
}
