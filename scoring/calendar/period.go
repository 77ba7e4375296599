package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Span is how long a [Period] is.
type Span string

// The spans that people ask about and the Measure assesses.
const (
	SpanDay     Span = "day"
	SpanWeek    Span = "week"
	SpanMonth   Span = "month"
	SpanQuarter Span = "quarter"
	SpanYear    Span = "year"
)

// Period is a day, week, month, quarter or year. The zero Period is none.
type Period struct {
	Span  Span
	First Date // the first day of the period; a week's is its Monday
}

// PeriodOf returns the period of the given span that d lies in.
func PeriodOf(span Span, d Date) Period {
	switch span {
	case SpanWeek:
		return Period{span, d.Monday()}
	case SpanMonth:
		return Period{span, d.Month().First()}
	case SpanQuarter:
		m := d.Month()
		return Period{span, (m - m%3).First()}
	case SpanYear:
		return Period{span, NewDate(d.Month().Year(), time.January, 1)}
	}
	return Period{SpanDay, d}
}

// Last returns the last day of the period.
func (p Period) Last() Date { return p.Next().First - 1 }

// Next returns the period of the same span that follows p.
func (p Period) Next() Period { return p.shift(1) }

// Previous returns the period of the same span before p.
func (p Period) Previous() Period { return p.shift(-1) }

func (p Period) shift(n int) Period {
	months := map[Span]Month{SpanMonth: 1, SpanQuarter: 3, SpanYear: 12}
	switch p.Span {
	case SpanDay:
		return Period{p.Span, p.First + Date(n)}
	case SpanWeek:
		return Period{p.Span, p.First + Date(7*n)}
	}
	return Period{p.Span, (p.First.Month() + Month(n)*months[p.Span]).First()}
}

// Months returns the months of the period in order; the month it lies in for
// a day, and the month a week's Sunday lies in (the Measure's reading) for a week.
func (p Period) Months() []Month {
	if p.Span == SpanDay || p.Span == SpanWeek {
		return []Month{p.Last().Month()}
	}
	var months []Month
	for m := p.First.Month(); m <= p.Last().Month(); m++ {
		months = append(months, m)
	}
	return months
}

// IsZero reports whether p is no period.
func (p Period) IsZero() bool { return p.First == 0 }

// String returns day:2026-11-23, week:2026-11-23, month:2026-11,
// quarter:2026-Q3, year:2026, and "" for the zero Period.
func (p Period) String() string {
	switch m := p.First.Month(); {
	case p.IsZero():
		return ""
	case p.Span == SpanDay || p.Span == SpanWeek:
		return string(p.Span) + ":" + p.First.String()
	case p.Span == SpanQuarter:
		return fmt.Sprintf("quarter:%04d-Q%d", m.Year(), m%12/3+1)
	case p.Span == SpanYear:
		return fmt.Sprintf("year:%04d", m.Year())
	default:
		return "month:" + m.String()
	}
}

// ParsePeriod reads what [Period.String] writes.
func ParsePeriod(s string) (Period, error) {
	span, rest, _ := strings.Cut(s, ":")
	bad := fmt.Errorf("%q is no period (day:2026-11-23, week:…, month:2026-11, quarter:2026-Q3, year:2026)", s)
	var first Date
	var err error
	switch Span(span) {
	case SpanDay, SpanWeek:
		first, err = ParseDate(rest)
	case SpanMonth:
		var m Month
		m, err = ParseMonth(rest)
		first = m.First()
	case SpanQuarter:
		year, q, ok := strings.Cut(rest, "-Q")
		n, nerr := strconv.Atoi(q)
		if !ok || nerr != nil || n < 1 || n > 4 || len(q) != 1 {
			return Period{}, bad
		}
		first, err = ParseDate(fmt.Sprintf("%s-%02d-01", year, 3*n-2))
	case SpanYear:
		first, err = ParseDate(rest + "-01-01")
	default:
		return Period{}, bad
	}
	if err != nil || Span(span) == SpanWeek && first != first.Monday() {
		return Period{}, bad
	}
	return Period{Span(span), first}, nil
}
