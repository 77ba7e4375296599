package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDatesAreDaysInShanghai(t *testing.T) {
	for instant, want := range map[string]string{
		"2026-10-31T15:59:59Z":      "2026-10-31",
		"2026-10-31T16:00:00Z":      "2026-11-01",
		"2026-11-01T00:00:00+08:00": "2026-11-01",
		"2026-11-01T23:59:59+08:00": "2026-11-01",
		"2026-12-31T20:00:00-05:00": "2027-01-01",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.DateOf(at).String(); got != want {
			t.Errorf("%s is %s, want %s", instant, got, want)
		}
		if got := calendar.MonthOf(at).String(); got != want[:7] {
			t.Errorf("%s is in %s, want %s", instant, got, want[:7])
		}
	}
}

func TestWeeksBeginOnMonday(t *testing.T) {
	cases := []struct {
		day     string
		weekday time.Weekday
		monday  string
		sunday  string
	}{
		{"2026-09-28", time.Monday, "2026-09-28", "2026-10-04"},
		{"2026-10-01", time.Thursday, "2026-09-28", "2026-10-04"},
		{"2026-10-04", time.Sunday, "2026-09-28", "2026-10-04"},
		{"2026-12-31", time.Thursday, "2026-12-28", "2027-01-03"},
		{"2024-02-29", time.Thursday, "2024-02-26", "2024-03-03"},
		{"0001-01-01", time.Monday, "0001-01-01", "0001-01-07"},
		{"1969-12-31", time.Wednesday, "1969-12-29", "1970-01-04"},
		{"9999-12-26", time.Sunday, "9999-12-20", "9999-12-26"},
	}
	for _, c := range cases {
		d := date(t, c.day)
		if d.Weekday() != c.weekday || d.Monday().String() != c.monday || d.Sunday().String() != c.sunday {
			t.Errorf("%s is a %s of %s to %s", d, d.Weekday(), d.Monday(), d.Sunday())
		}
	}
}

func TestDatesAgreeWithTheTimePackage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Date(rapid.Int32Range(1, 3_652_059).Draw(t, "day")) // to 9999-12-31
		noon := d.Start().Add(12 * time.Hour)
		if d.Weekday() != d.UTC().Weekday() || noon.Weekday() != d.Weekday() {
			t.Fatalf("%s is a %s, in UTC %s, at noon %s", d, d.Weekday(), d.UTC().Weekday(), noon.Weekday())
		}
		if calendar.DateOf(d.Start()) != d || calendar.DateOf(d.Start().Add(-1)) != d-1 {
			t.Fatalf("%s begins at %s", d, d.Start())
		}
		if d.UTC().Format(calendar.DateLayout) != d.String() || (d+1).UTC().Sub(d.UTC()) != 24*time.Hour {
			t.Fatalf("%s in UTC is %s", d, d.UTC())
		}
		if m := d.Month(); !m.Contains(d) || m.First() > d || m.Last() < d || m.Contains(m.First()-1) || m.Contains(m.Last()+1) {
			t.Fatalf("%s is in %s, %s to %s", d, m, m.First(), m.Last())
		}
		year, month, day := d.UTC().Date()
		if calendar.NewDate(year, month, day) != d || d.Month() != calendar.NewMonth(year, month) {
			t.Fatalf("%s is %d-%d-%d", d, year, month, day)
		}
	})
}

func TestNewDateCarriesOver(t *testing.T) {
	if got := calendar.NewDate(2026, 13, 0).String(); got != "2026-12-31" {
		t.Errorf("the day before the 13th month is %s", got)
	}
	if got := calendar.NewMonth(2026, 13).String(); got != "2027-01" {
		t.Errorf("the 13th month is %s", got)
	}
}

func TestMonthsHaveTheirDays(t *testing.T) {
	for month, days := range map[string]int{"2024-02": 29, "2026-02": 28, "2100-02": 28, "2000-02": 29, "2026-04": 30, "2026-12": 31} {
		m, err := calendar.ParseMonth(month)
		if err != nil {
			t.Fatal(err)
		}
		if got := int(m.Last()-m.First()) + 1; got != days || m.String() != month || (m+12).Year() != m.Year()+1 {
			t.Errorf("%s has %d days, %s to %s", m, got, m.First(), m.Last())
		}
	}
}

func TestDatesAndMonthsAreReadStrictly(t *testing.T) {
	for _, s := range []string{"", "2026", "2026-1-2", "2026-02-30", "2026-00-10", "2026-10-00", "0000-01-01", "2026-10-08 ", " 2026-10-08",
		"2026-10-08T00:00:00Z", "2026/10/08", "20261008", "-2026-10-08", "12026-10-08", "２０２６-10-08"} {
		if d, err := calendar.ParseDate(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
	for _, s := range []string{"", "2026", "2026-1", "2026-13", "2026-00", "0000-01", "2026-10-01", "2026-10 ", "2026/10"} {
		if m, err := calendar.ParseMonth(s); err == nil {
			t.Errorf("%q is read as %s", s, m)
		}
	}
}

func TestDatesAndMonthsSurviveTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Date(rapid.Int32Range(1, 3_652_059).Draw(t, "day"))
		text, _ := d.MarshalText()
		var again calendar.Date
		if err := again.UnmarshalText(text); err != nil || again != d {
			t.Fatalf("%s is read as %s, %v", text, again, err)
		}
		text, _ = d.Month().MarshalText()
		var month calendar.Month
		if err := month.UnmarshalText(text); err != nil || month != d.Month() {
			t.Fatalf("%s is read as %s, %v", text, month, err)
		}
	})
}

func TestNoDayAndNoMonth(t *testing.T) {
	var d calendar.Date
	var m calendar.Month
	if !d.IsZero() || d.String() != "" || !m.IsZero() || m.String() != "" || date(t, "0001-01-01").IsZero() {
		t.Errorf("%q, %q", d, m)
	}
}
