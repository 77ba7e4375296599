package scoring

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// gridMonth is a facts document laid out by day, from the Monday on or before
// the month's first day to the Sunday on or after its last, with the standards
// measured on it so far.
type gridMonth struct {
	rules *Rulebook
	facts *Facts

	first  calendar.Date // the month's first day
	last   calendar.Date // the month's last day
	next   calendar.Date // the next month's first day: from then on the month is closed
	monday calendar.Date // of the week that first lies in

	days   [maxDays]*Day
	duty   [maxDays]bool
	exempt [maxDays]bool
	labels [maxDays]string // the days as 2026-10-08, once they are needed

	monthLabel string

	standards []Standard
}

// maxDays are the days of six weeks, the most that a month can touch.
const maxDays = 6 * 7

// newGridMonth lays facts out. It takes days after AsOf too: a clause looks no
// further than its own date.
func newGridMonth(rules *Rulebook, facts *Facts) *gridMonth {
	m := &gridMonth{rules: rules, facts: facts, standards: make([]Standard, 0, 256)}
	m.monthLabel = facts.Month.String()
	m.first, m.last, m.next = facts.Month.First(), facts.Month.Last(), facts.Month.Last()+1
	m.monday = m.first.Monday()
	for i := range facts.Days {
		if at, ok := m.index(facts.Days[i].Date); ok {
			m.days[at] = &facts.Days[i]
		}
	}
	m.mark(&m.duty, facts.DutyDays)
	m.mark(&m.exempt, facts.ExemptDays)
	return m
}

func (m *gridMonth) index(d calendar.Date) (int, bool) {
	i := int(d - m.monday)
	return i, 0 <= i && i < maxDays
}

func (m *gridMonth) mark(set *[maxDays]bool, days []calendar.Date) {
	for _, d := range days {
		if i, ok := m.index(d); ok {
			set[i] = true
		}
	}
}

// today returns the own date of a group of facts: the day that is open for it.
// Where it lies before the month, nothing of the group is decided.
func (m *gridMonth) today(g Group) calendar.Date {
	if through, ok := m.facts.Through[g]; ok {
		return min(m.facts.AsOf, through+1)
	}
	return m.facts.AsOf
}

// closed reports whether the month lies before today.
func (m *gridMonth) closed(today calendar.Date) bool { return today >= m.next }

var quietDay Day // what a day is that the document leaves out

// day returns a day of the month or of a week that touches it.
func (m *gridMonth) day(d calendar.Date) *Day {
	if day := m.days[d-m.monday]; day != nil {
		return day
	}
	return &quietDay
}

// count adds a count over the days of the month up to today.
func (m *gridMonth) count(today calendar.Date, of func(*Day) int) int {
	total := 0
	for d := m.first; d <= min(today, m.last); d++ {
		total += of(m.day(d))
	}
	return total
}

// measure notes a standard with its window, and returns it to be read.
func (m *gridMonth) measure(c Clause, subject string, w window, required, actual decimal.Decimal) *Standard {
	m.standards = append(m.standards, Standard{
		Clause: c, Subject: subject, Window: w.label, Span: w.span,
		Required: required, Actual: actual, Met: actual.Cmp(required) >= 0, Open: w.open,
	})
	return &m.standards[len(m.standards)-1]
}

// charges reports whether a visiting standard carries the penalty.
func (m *gridMonth) charges(s VisitStandard) bool {
	return slices.Contains(m.rules.Policies.VisitStandards, s)
}

// integers saves making the small ones anew for every standard.
var integers = func() (small [256]decimal.Decimal) {
	for i := range small {
		small[i] = decimal.NewFromInt(int64(i))
	}
	return small
}()

func integer[N ~int](n N) decimal.Decimal {
	if 0 <= n && int(n) < len(integers) {
		return integers[n]
	}
	return decimal.NewFromInt(int64(n))
}
