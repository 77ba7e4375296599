// Package calendar knows the days, weeks and months by which the Measure
// counts, and which days are duty days in mainland China.
//
// Every day is a day in Asia/Shanghai; nothing here reads a clock.
package calendar

import (
	"fmt"
	"time"
	_ "time/tzdata" // Asia/Shanghai must exist on a host without time-zone files
)

// Shanghai is the time zone of every day, week and month of the Measure.
var Shanghai = mustLoad("Asia/Shanghai")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // cannot happen: time/tzdata is linked in
	}
	return loc
}

// Date is a calendar day: the number of days since 0001-01-01, which is 1.
// The zero Date is no day at all. Dates compare and subtract as numbers.
type Date int32

// DateLayout is how a date is written in documents: 2026-10-08.
const DateLayout = "2006-01-02"

const dayOne = 719162 // days from 0001-01-01 to 1970-01-01

// NewDate returns the given day; values out of range are carried over as by
// [time.Date], so NewDate(2026, 13, 0) is 2026-12-31.
func NewDate(year int, month time.Month, day int) Date {
	return utcDate(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the day in Shanghai on which t lies.
func DateOf(t time.Time) Date {
	year, month, day := t.In(Shanghai).Date()
	return NewDate(year, month, day)
}

func utcDate(t time.Time) Date {
	secs := t.Unix() + dayOne*86400
	return Date(secs/86400) + 1
}

// ParseDate reads YYYY-MM-DD, years 0001 to 9999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(DateLayout, s)
	if err != nil || t.Year() < 1 {
		return 0, fmt.Errorf("%q is no date (YYYY-MM-DD)", s)
	}
	return utcDate(t), nil
}

// UTC returns midnight UTC of the day, for libraries that take a date as a
// time. See [Date.Start] for the instant at which the day begins.
func (d Date) UTC() time.Time {
	return time.Unix((int64(d)-1-dayOne)*86400, 0).UTC()
}

// Start returns the instant at which the day begins in Shanghai.
func (d Date) Start() time.Time {
	year, month, day := d.UTC().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, Shanghai)
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == 0 }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Weekday(d % 7) } // 0001-01-01 is a Monday

// Monday returns the first day of d's week.
func (d Date) Monday() Date { return d - (d-1)%7 }

// Sunday returns the last day of d's week.
func (d Date) Sunday() Date { return d.Monday() + 6 }

// Month returns the month d lies in.
func (d Date) Month() Month {
	year, month, _ := d.UTC().Date()
	return NewMonth(year, month)
}

// String returns the day as 2026-10-08, and "" for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.UTC().Format(DateLayout)
}

// MarshalText writes the day as 2026-10-08.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a day as [ParseDate] does.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}
