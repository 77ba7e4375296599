package calendar

import (
	"fmt"
	"time"
)

// Month is a calendar month: twelve times the year plus 0 for January to 11
// for December. The zero Month is none. Months compare and subtract as numbers.
type Month int32

// NewMonth returns the given month; months out of 1–12 are carried over.
func NewMonth(year int, month time.Month) Month {
	return Month(year*12 + int(month) - 1)
}

// MonthOf returns the month in Shanghai in which t lies.
func MonthOf(t time.Time) Month { return DateOf(t).Month() }

// ParseMonth reads YYYY-MM, years 0001 to 9999.
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 1 {
		return 0, fmt.Errorf("%q is no month (YYYY-MM)", s)
	}
	return NewMonth(t.Year(), t.Month()), nil
}

// Year returns the year of the month.
func (m Month) Year() int { return int(m) / 12 }

// Calendar returns which of the twelve months m is.
func (m Month) Calendar() time.Month { return time.Month(m%12) + 1 }

// First returns the month's first day.
func (m Month) First() Date { return NewDate(m.Year(), m.Calendar(), 1) }

// Last returns the month's last day.
func (m Month) Last() Date { return (m + 1).First() - 1 }

// Contains reports whether d lies in the month.
func (m Month) Contains(d Date) bool { return m.First() <= d && d <= m.Last() }

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m == 0 }

// String returns the month as 2026-10, and "" for the zero Month.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), int(m.Calendar()))
}

// MarshalText writes the month as 2026-10.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a month as [ParseMonth] does.
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMonth(string(text))
	return err
}
