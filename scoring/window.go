package scoring

import (
	"iter"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// window is the day, week or month in which a standard is to be met.
type window struct {
	first calendar.Date
	span  calendar.Span
	label string
	open  bool // it can still be met
}

// dutyDays yields the month's duty days that have begun; today is open.
func (m *gridMonth) dutyDays(today calendar.Date) iter.Seq[window] {
	return func(yield func(window) bool) {
		for d := m.first; d <= min(today, m.last); d++ {
			if m.duty[d-m.monday] && !yield(m.dayWindow(d, d == today)) {
				return
			}
		}
	}
}

func (m *gridMonth) dayWindow(d calendar.Date, open bool) window {
	return window{d, calendar.SpanDay, m.label(d), open}
}

// month returns the window of the whole month.
func (m *gridMonth) month(today calendar.Date) window {
	return window{m.first, calendar.SpanMonth, m.monthLabel, !m.closed(today)}
}

// week is a week that belongs to the month and has a duty day, so that its
// weekly minima hold.
type week struct {
	window
	dutyDays int
}

// weeks returns the weeks that have begun; one is open until it has ended.
func (m *gridMonth) weeks(today calendar.Date) []week {
	weeks := make([]week, 0, 6)
	for monday := m.monday; monday <= today && monday.Sunday() <= m.last; monday += 7 {
		w := week{window: window{monday, calendar.SpanWeek, m.label(monday), monday.Sunday() >= today}}
		for d := monday; d <= monday.Sunday(); d++ {
			if m.duty[d-m.monday] {
				w.dutyDays++
			}
		}
		if w.dutyDays > 0 {
			weeks = append(weeks, w)
		}
	}
	return weeks
}

// fullWeek is how many duty days make a whole week for the policy prorate_weeks.
const fullWeek = 5

// weekly returns a weekly minimum for w by the policy prorate_weeks.
func (m *gridMonth) weekly(w week, minimum Figure) decimal.Decimal {
	if !m.rules.Policies.ProrateWeeks || w.dutyDays >= fullWeek {
		return minimum.Decimal
	}
	return minimum.Mul(decimal.New(int64(w.dutyDays)*10/fullWeek, -1))
}

// sum adds a figure over the days of a week up to today.
func (m *gridMonth) sum(w week, today calendar.Date, of func(*Day) decimal.Decimal) decimal.Decimal {
	var total tally
	for d := w.first; d <= min(w.first.Sunday(), today); d++ {
		total.add(of(m.day(d)))
	}
	return total.sum()
}

// label writes a day of the layout as 2026-10-08.
func (m *gridMonth) label(d calendar.Date) string {
	at := &m.labels[d-m.monday]
	if *at == "" {
		*at = d.String()
	}
	return *at
}
