package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// years are the first and the last year in which something can lie.
type years struct{ first, last int }

var (
	working = years{2000, 2100} // what people of the centre do
	listed  = years{1950, 9999} // who is on a list: long before computers, and 9999-12-31 means never
)

// check refuses a moment of any other year.
func (y years) check(at time.Time) error {
	if year := at.In(calendar.Shanghai).Year(); year < y.first || year > y.last {
		return problemf("年份不对，要在 %d 到 %d 年之间", y.first, y.last)
	}
	return nil
}

const (
	datePattern = `(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})(?:\s*(日))?`
	timePattern = `(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2})(\.\d{1,9})?)?\s*([Zz]|[+-]\d{2}:?\d{2})?`
)

var (
	dateShape   = regexp.MustCompile(`^` + datePattern + `$`)
	momentShape = regexp.MustCompile(`^` + datePattern + `(\s*[Tt]\s*|\s*)` + timePattern + `$`)
)

const (
	noDate   = problem("不是日期，请写成 2026-10-08 这样")
	noMoment = problem("不是时间，请写成 2026-10-08 09:30 这样")
)

// day reads the date of something that people do.
func day(c cell) (calendar.Date, error) { return dayWithin(working, c) }

// listing reads the date from or until which somebody or something is listed.
func listing(c cell) (calendar.Date, error) { return dayWithin(listed, c) }

// dayWithin reads a date. A date cell with a time of day is refused unless that
// is midnight: what it is meant to say is not known.
func dayWithin(y years, c cell) (calendar.Date, error) {
	var at time.Time
	var err error
	if parts := dateShape.FindStringSubmatch(c.tidy()); parts != nil {
		at, err = dayOf(parts[1:])
	} else {
		at, err = instant(c)
	}
	if err != nil {
		return 0, noDate
	}
	if err := y.check(at); err != nil {
		return 0, err
	}
	d := calendar.DateOf(at)
	if !d.Start().Equal(at) {
		return 0, problem("这里只写日期，不要写几点几分")
	}
	return d, nil
}

// moment reads the time of something that people do, in Shanghai where it names
// no zone.
func moment(c cell) (time.Time, error) {
	at, err := instant(c)
	if err != nil {
		return time.Time{}, err
	}
	return at, working.check(at)
}

// instant reads a time of any year.
func instant(c cell) (time.Time, error) {
	s := c.tidy()
	if at, ok := exported(s); ok {
		return at, nil
	}
	if at, ok := c.serial(); ok {
		return at, nil
	}
	parts := momentShape.FindStringSubmatch(s)
	switch {
	case parts == nil && dateShape.MatchString(s):
		return time.Time{}, problem("还要写上几点几分，例如 2026-10-08 09:30")
	case parts == nil || parts[6] == "" && parts[7] == "": // 2026-10-0809:30 could be read in two ways
		return time.Time{}, noMoment
	}
	date, err := dayOf(parts[1:])
	clock, ok := clockOf(parts[8:])
	if err != nil || !ok {
		return time.Time{}, noMoment
	}
	at := date.Add(clock)
	if zone := parts[12]; zone != "" {
		offset, ok := offsetOf(zone)
		if !ok {
			return time.Time{}, noMoment
		}
		at = at.Add(shanghaiOffset(at) - offset)
	}
	return at, nil
}

// exported reads a time as platforms write it, 2026-10-08 09:30 with or without
// seconds: nearly all of them, and many times faster than by pattern.
func exported(s string) (at time.Time, ok bool) {
	if len(s) == len("2026-10-08 09:30") {
		s += ":00"
	}
	if len(s) != len(time.DateTime) {
		return at, false
	}
	for i := range len(s) {
		digit := s[i] >= '0' && s[i] <= '9'
		if wanted := time.DateTime[i]; digit != (wanted >= '0' && wanted <= '9') || !digit && s[i] != wanted {
			return at, false
		}
	}
	year, month, dom := atoi(s[:4]), time.Month(atoi(s[5:7])), atoi(s[8:10])
	hour, minute, second := atoi(s[11:13]), atoi(s[14:16]), atoi(s[17:])
	at = time.Date(year, month, dom, hour, minute, second, 0, calendar.Shanghai)
	return at, at.Month() == month && at.Day() == dom && hour < 24 && minute < 60 && second < 60
}

// dayOf returns the beginning of the day that the parts of datePattern name.
func dayOf(parts []string) (time.Time, error) {
	switch parts[1] + parts[3] + parts[5] {
	case "--", "//", "..", "年月日":
	default:
		return time.Time{}, noDate
	}
	year, month, dom := atoi(parts[0]), time.Month(atoi(parts[2])), atoi(parts[4])
	at := time.Date(year, month, dom, 0, 0, 0, 0, calendar.Shanghai)
	if at.Month() != month || at.Day() != dom {
		return time.Time{}, noDate // a day there is not
	}
	return at, nil
}

// clockOf returns the time of day that the parts of timePattern name.
func clockOf(parts []string) (time.Duration, bool) {
	hour, minute, second := atoi(parts[0]), atoi(parts[1]), atoi(parts[2])
	clock := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if fraction := parts[3]; fraction != "" {
		nanos := strings.TrimPrefix(fraction, ".") + strings.Repeat("0", 10-len(fraction))
		clock += time.Duration(atoi(nanos)).Round(time.Microsecond) // as precise as the database
	}
	return clock, hour < 24 && minute < 60 && second < 60
}

// offsetOf reads Z, +08:00 or +0800.
func offsetOf(zone string) (time.Duration, bool) {
	if zone == "Z" || zone == "z" {
		return 0, true
	}
	digits := strings.ReplaceAll(zone[1:], ":", "")
	hours, minutes := atoi(digits[:2]), atoi(digits[2:])
	offset := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if zone[0] == '-' {
		offset = -offset
	}
	return offset, hours <= 14 && minutes < 60
}

func shanghaiOffset(at time.Time) time.Duration {
	_, seconds := at.Zone()
	return time.Duration(seconds) * time.Second
}

const lastSerial = 2_958_465 // 9999-12-31, the last day that Excel knows

// serial reads a date cell of a workbook: days since its epoch, to the second.
func (c cell) serial() (time.Time, bool) {
	if c.epoch == NoSerials {
		return time.Time{}, false
	}
	days, err := strconv.ParseFloat(c.compact(), 64)
	if err != nil || !(math.Abs(days) < lastSerial+1) {
		return time.Time{}, false
	}
	seconds := int(math.Round(days * 86400))
	year, month, dom := 1899, time.December, 30
	if c.epoch == Excel1904 {
		year, month, dom = 1904, time.January, 1
	}
	return time.Date(year, month, dom, 0, 0, seconds, 0, calendar.Shanghai), true
}

// atoi reads digits that a pattern has found already; none are 0.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
