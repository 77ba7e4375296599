package calendar

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

//go:embed workdays.yaml
var mainland []byte

// Workdays knows the official workdays of mainland China in the years for which
// there is a notice of the State Council. It does not change and may be used by
// many goroutines at once.
type Workdays struct {
	years map[int]exceptions
}

// exceptions are a year's days that differ from Monday to Friday: true for a
// day that is worked, false for a day off.
type exceptions map[Date]bool

// NoDataError says that nobody knows yet which days of a year are worked.
type NoDataError struct{ Year int }

// Error names the year and what to do.
func (e *NoDataError) Error() string {
	return fmt.Sprintf("the official workdays of %d are not known: add the State Council's notice of that year", e.Year)
}

// Mainland returns the workdays of the years in workdays.yaml, 2024 to 2026.
func Mainland() *Workdays {
	w, err := (&Workdays{}).Extend(bytes.NewReader(mainland), "workdays.yaml")
	if err != nil {
		panic(err) // the file is embedded and its test reads it
	}
	return w
}

// Extend returns w with the years of another file of the same shape, which take
// the place of the same years in w. Its error has a line "name:line: …" for
// everything that is wrong: an unknown key, a day that does not exist or is
// given twice, a working day that needs no mention.
func (w *Workdays) Extend(r io.Reader, name string) (*Workdays, error) {
	read, err := readYears(r, name)
	if err != nil {
		return nil, err
	}
	extended := &Workdays{years: maps.Clone(w.years)}
	if extended.years == nil {
		extended.years = map[int]exceptions{}
	}
	maps.Copy(extended.years, read)
	return extended, nil
}

// Years lists the years whose workdays are known, in order.
func (w *Workdays) Years() []int { return slices.Sorted(maps.Keys(w.years)) }

// IsDutyDay reports whether d is an official workday: Monday to Friday less the
// public holidays, and the weekend days worked instead. A year that is not
// known is a [*NoDataError].
func (w *Workdays) IsDutyDay(d Date) (bool, error) {
	year, ok := w.years[d.Month().Year()]
	if !ok {
		return false, &NoDataError{d.Month().Year()}
	}
	if worked, exception := year[d]; exception {
		return worked, nil
	}
	return !weekend(d), nil
}

// DutyDays lists the official workdays from one day to another, both included.
// Its error is a [*NoDataError].
func (w *Workdays) DutyDays(from, to Date) ([]Date, error) {
	var days []Date
	for d := from; d <= to; d++ {
		duty, err := w.IsDutyDay(d)
		if err != nil {
			return nil, err
		}
		if duty {
			days = append(days, d)
		}
	}
	return days, nil
}

func weekend(d Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}
