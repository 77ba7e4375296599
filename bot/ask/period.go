package ask

import (
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// when is a period as far as a text says it. What was not said is 0: 10月 has a
// month only, 去年 a year only, and 去年 with 12月 both.
type when struct {
	year, quarter, month, day int
	weekday                   int           // 1 Monday to 7 Sunday
	week                      calendar.Date // a Monday
	none                      bool          // a time that is no period, or does not exist
}

// from is the period as counted from today.
func (r relative) from(today calendar.Date, days Workdays) when {
	switch r.span {
	case workday:
		return on(dutyDay(today, r.offset, days))
	case string(calendar.SpanDay):
		return on(today + calendar.Date(r.offset))
	case string(calendar.SpanWeek):
		return when{week: today.Monday() + calendar.Date(7*r.offset)}
	case string(calendar.SpanMonth):
		m := today.Month() + calendar.Month(r.offset)
		return when{year: m.Year(), month: int(m.Calendar())}
	case string(calendar.SpanQuarter):
		m := today.Month() + calendar.Month(3*r.offset)
		return when{year: m.Year(), quarter: int(m%12)/3 + 1}
	}
	return when{year: today.Month().Year() + r.offset}
}

func on(d calendar.Date) when {
	if d.IsZero() {
		return when{none: true}
	}
	y, m, day := d.UTC().Date()
	return when{year: y, month: int(m), day: day}
}

const longestHoliday = 30 // days within which a duty day must be found

// dutyDay returns the duty day so many before today, or none where the street's
// duty days are not known.
func dutyDay(today calendar.Date, offset int, days Workdays) calendar.Date {
	for d := today - 1; d > today-longestHoliday; d-- {
		duty := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		if days != nil {
			var err error
			if duty, err = days.IsDutyDay(d); err != nil {
				return 0
			}
		}
		if duty {
			if offset++; offset == 0 {
				return d
			}
		}
	}
	return 0
}

// with adds what a later word says more closely: 去年 and 12月, 上月 and 15号,
// 上周 and 周三. It reports false where the two are two periods.
func (w when) with(finer when) (when, bool) {
	merged := w
	switch {
	case w.none || finer.none || w.day != 0 || w.weekday != 0:
		return w, false
	case w.week != 0:
		merged.weekday = finer.weekday
		return merged, finer == when{weekday: finer.weekday}
	case w.month != 0:
		merged.day = finer.day
		return merged, finer == when{day: finer.day}
	case w.year != 0 && w.quarter == 0 && finer.year == 0 && finer.week == 0 && finer.weekday == 0:
		merged = finer
		merged.year = w.year
		return merged, finer.month != 0 || finer.quarter != 0
	}
	return w, false
}

// resolve says which period is meant: of those that have begun, the latest. It
// reports false for one that does not exist or has not begun.
func (w when) resolve(today calendar.Date) (calendar.Period, bool) {
	var p calendar.Period
	switch {
	case w.none:
		return p, false
	case w.week != 0 || w.weekday != 0:
		p = w.inWeek(today)
	case w.day != 0:
		p = calendar.Period{Span: calendar.SpanDay, First: w.lastDay(today)}
	case w.month != 0 || w.quarter != 0:
		month := max(w.month, 3*w.quarter-2)
		first := calendar.NewDate(w.yearOf(month, 1, today), time.Month(month), 1)
		p = calendar.PeriodOf(calendar.SpanMonth, first)
		if w.quarter != 0 {
			p = calendar.PeriodOf(calendar.SpanQuarter, first)
		}
	case w.year != 0:
		p = calendar.PeriodOf(calendar.SpanYear, calendar.NewDate(w.year, 1, 1))
	}
	return p, !p.IsZero() && p.First <= today
}

func (w when) inWeek(today calendar.Date) calendar.Period {
	if w.weekday == 0 {
		return calendar.PeriodOf(calendar.SpanWeek, w.week)
	}
	monday := w.week
	if monday == 0 {
		if monday = today.Monday(); monday+calendar.Date(w.weekday-1) > today {
			monday -= 7
		}
	}
	return calendar.PeriodOf(calendar.SpanDay, monday+calendar.Date(w.weekday-1))
}

// yearOf returns the year said, or the latest in which the day has come.
func (w when) yearOf(month, day int, today calendar.Date) int {
	year := today.Month().Year()
	switch {
	case w.year != 0:
		return w.year
	case calendar.NewDate(year, time.Month(month), day) > today:
		return year - 1
	}
	return year
}

// lastDay returns the day said, 0 where there is none such: for 23号 the latest
// 23rd that has come.
func (w when) lastDay(today calendar.Date) calendar.Date {
	if w.month != 0 {
		year := w.yearOf(w.month, w.day, today)
		return existing(calendar.NewMonth(year, time.Month(w.month)), w.day)
	}
	for m := today.Month(); m > today.Month()-3; m-- {
		if d := existing(m, w.day); d != 0 && d <= today {
			return d
		}
	}
	return 0
}

func existing(m calendar.Month, day int) calendar.Date {
	if d := m.First() + calendar.Date(day-1); m.Contains(d) {
		return d
	}
	return 0
}
