package calendar_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// The notices of the State Council once more, day by day as they name them: the
// holidays from and to, and the weekend days that are worked.
var notices = map[int]struct {
	holidays [][2]string
	worked   []string
	workdays [12]int // January to December
}{
	2024: {
		holidays: [][2]string{
			{"2024-01-01", "2024-01-01"}, {"2024-02-10", "2024-02-17"}, {"2024-04-04", "2024-04-06"}, {"2024-05-01", "2024-05-05"},
			{"2024-06-10", "2024-06-10"}, {"2024-09-15", "2024-09-17"}, {"2024-10-01", "2024-10-07"},
		},
		worked: []string{
			"2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
		},
		workdays: [12]int{22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22},
	},
	2025: {
		holidays: [][2]string{
			{"2025-01-01", "2025-01-01"}, {"2025-01-28", "2025-02-04"}, {"2025-04-04", "2025-04-06"}, {"2025-05-01", "2025-05-05"},
			{"2025-05-31", "2025-06-02"}, {"2025-10-01", "2025-10-08"},
		},
		worked:   []string{"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"},
		workdays: [12]int{19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
	},
	2026: {
		holidays: [][2]string{
			{"2026-01-01", "2026-01-03"}, {"2026-02-15", "2026-02-23"}, {"2026-04-04", "2026-04-06"}, {"2026-05-01", "2026-05-05"},
			{"2026-06-19", "2026-06-21"}, {"2026-09-25", "2026-09-27"}, {"2026-10-01", "2026-10-07"},
		},
		worked:   []string{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"},
		workdays: [12]int{21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	},
}

func TestEveryDayOfTheYearsWithANotice(t *testing.T) {
	workdays := calendar.Mainland()
	if diff := cmp.Diff([]int{2024, 2025, 2026}, workdays.Years()); diff != "" {
		t.Fatal("years (-want +got):\n" + diff)
	}
	for year, notice := range notices {
		for d := calendar.NewDate(year, 1, 1); d <= calendar.NewDate(year, 12, 31); d++ {
			want := d.Sunday()-d >= 2 // Monday to Friday
			for _, h := range notice.holidays {
				want = want && (d < date(t, h[0]) || d > date(t, h[1]))
			}
			want = want || slices.Contains(notice.worked, d.String())
			if got, err := workdays.IsDutyDay(d); err != nil || got != want {
				t.Errorf("%s: workday %v, %v; want %v", d, got, err, want)
			}
		}
	}
}

func TestWorkdaysOfAYear(t *testing.T) {
	for year, want := range map[int]int{2024: 251, 2025: 248, 2026: 248} {
		total := 0
		for i, inMonth := range notices[year].workdays {
			m := calendar.NewMonth(year, 1) + calendar.Month(i)
			days, err := calendar.Mainland().DutyDays(m.First(), m.Last())
			if err != nil || len(days) != inMonth {
				t.Errorf("%s: %d workdays, %v; want %d", m, len(days), err, inMonth)
			}
			total += len(days)
		}
		if total != want {
			t.Errorf("%d: %d workdays, want %d", year, total, want)
		}
	}
}

func TestDutyDaysOfOctober(t *testing.T) {
	days, err := calendar.Mainland().DutyDays(date(t, "2026-09-30"), date(t, "2026-10-12"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range days {
		got = append(got, d.String())
	}
	if diff := cmp.Diff([]string{"2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"}, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if none, err := calendar.Mainland().DutyDays(date(t, "2026-10-12"), date(t, "2026-10-11")); err != nil || len(none) != 0 {
		t.Errorf("no days at all: %v, %v", none, err)
	}
}

func TestAYearWithoutNoticeIsNotGuessed(t *testing.T) {
	var unknown *calendar.NoDataError
	if _, err := calendar.Mainland().IsDutyDay(date(t, "2027-01-04")); !errors.As(err, &unknown) || unknown.Year != 2027 {
		t.Errorf("IsDutyDay: %v", err)
	}
	if days, err := calendar.Mainland().DutyDays(date(t, "2026-12-28"), date(t, "2027-01-03")); !errors.As(err, &unknown) || days != nil {
		t.Errorf("DutyDays: %v, %v", days, err)
	}
	if !strings.Contains(unknown.Error(), "2027") {
		t.Errorf("the error does not name the year: %v", unknown)
	}
}

func TestExtendAddsYearsAndReplacesThem(t *testing.T) {
	mainland := calendar.Mainland()
	more, err := mainland.Extend(strings.NewReader("2027:\n  source: 通知\n  off: [01-01..01-03, 10-01]\n  work: [01-09]\n2026: {}\n"), "more.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]bool{
		"2027-01-01": false, "2027-01-04": true, "2027-01-09": true, "2027-01-10": false, "2027-10-01": false,
		"2026-10-01": true,  // the replaced year has no holidays
		"2025-10-01": false, // the others stay
	} {
		if got, err := more.IsDutyDay(date(t, day)); err != nil || got != want {
			t.Errorf("%s: workday %v, %v; want %v", day, got, err, want)
		}
	}
	if diff := cmp.Diff([]int{2024, 2025, 2026, 2027}, more.Years()); diff != "" {
		t.Error("years (-want +got):\n" + diff)
	}
	if worked, err := mainland.IsDutyDay(date(t, "2026-10-01")); err != nil || worked || len(mainland.Years()) != 3 {
		t.Errorf("the calendar that was extended is not what it was: %v, %v", worked, err)
	}
	if same, err := mainland.Extend(strings.NewReader("# nothing\n"), "more.yaml"); err != nil || len(same.Years()) != 3 {
		t.Errorf("an empty file: %v", err)
	}
}

func TestExtendRefusesWithNameAndLine(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"a list of years", "- 2027", "more.yaml:1: expected keys with values"},
		{"a year without anything", "2027:", "more.yaml:1: expected keys with values"},
		{"a year that is none", "next:\n  off: []", `more.yaml:1: "next" is no year`},
		{"a year long past", "1899: {}", `more.yaml:1: "1899" is no year`},
		{"a year twice", "2027: {}\n2027: {}", "more.yaml:2: 2027 is given twice"},
		{"an unknown key", "2027:\n  of: [01-01]", `more.yaml:2: unknown key "of" (source, off, work)`},
		{"one day for a list", "2027:\n  off: 01-01", "more.yaml:2: expected a list of days"},
		{"a day that does not exist", "2027:\n  off:\n    - 02-29", `more.yaml:3: "02-29" is no day of 2027 (MM-DD) nor a run of days (MM-DD..MM-DD)`},
		{"a run backwards", "2027:\n  off: [10-07..10-01]", `more.yaml:2: "10-07..10-01" is no day of 2027 (MM-DD) nor a run of days (MM-DD..MM-DD)`},
		{"a date with its year", "2027:\n  off: [2027-10-01]", `more.yaml:2: "2027-10-01" is no day of 2027 (MM-DD) nor a run of days (MM-DD..MM-DD)`},
		{"a day twice", "2027:\n  off: [10-01..10-03, 10-03]", "more.yaml:2: 2027-10-03 is given twice"},
		{"a day off and worked", "2027:\n  off: [10-09]\n  work: [10-09]", "more.yaml:3: 2027-10-09 is given twice"},
		{"a workday that is worked anyway", "2027:\n  work: [10-08]", "more.yaml:2: 2027-10-08 is no weekend day: it is worked anyway"},
		{"two things wrong", "2027:\n  off: [13-01]\n  x: 1", "more.yaml:2: \"13-01\" is no day of 2027 (MM-DD) nor a run of days (MM-DD..MM-DD)\nmore.yaml:3: unknown key \"x\" (source, off, work)"},
		{"two documents", "2027: {}\n---\n2028: {}", "more.yaml:2: a workdays file is a single YAML document"},
		{"no YAML", "2027: {off: [", "more.yaml:1: did not find expected node content"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			more, err := calendar.Mainland().Extend(strings.NewReader(c.text), "more.yaml")
			if err == nil || more != nil {
				t.Fatalf("read as %v, %v", more, err)
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
	broken := iotest.ErrReader(errors.New("disk on fire"))
	if _, err := calendar.Mainland().Extend(broken, "more.yaml"); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

// Every line of a refusal names the file, and what is taken can be asked.
func FuzzExtend(f *testing.F) {
	for _, s := range []string{"2027: {off: [01-01..01-03], work: [01-09]}", "", "2027:", "[", "2027: {off: &a [01-01], work: *a}", "<<: {2027: {}}", "2027: {off: [[01-01]]}", "---\n---\n", "!!binary x: y", "2027: {source: !!int x}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := calendar.Mainland().Extend(strings.NewReader(s), "more.yaml")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "more.yaml:") {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		for _, year := range w.Years() {
			if days, err := w.DutyDays(calendar.NewDate(year, 1, 1), calendar.NewDate(year, 12, 31)); err != nil || len(days) > 366 {
				t.Errorf("%q: %d has %d workdays, %v", s, year, len(days), err)
			}
		}
	})
}
