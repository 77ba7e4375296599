package remind

import (
	"context"
	"fmt"
	"slices"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// falls reports whether an occurrence's kind is for its day. Without duty nobody
// is reminded of anything but emergencies.
func (p *Planner) falls(ctx context.Context, o occurrence) (bool, error) {
	falls, err := p.onDuty(o.day)
	switch {
	case err != nil:
	case o.urgent:
		falls = !falls || isNight(o.at)
	case falls:
		falls, err = p.fallsOnDutyDay(ctx, o)
	}
	if err != nil {
		return false, fmt.Errorf("remind: %s of %s: %w", o.kind, o.day, err)
	}
	return falls, nil
}

func (p *Planner) fallsOnDutyDay(ctx context.Context, o occurrence) (bool, error) {
	month := o.day.Month()
	switch o.kind {
	case Week:
		return p.isFromLast(o.day, o.day.Monday(), o.day.Sunday(), 2)
	case Month:
		return p.isFromLast(o.day, month.First(), month.Last(), 5, 2)
	case Result:
		days, err := p.dutyDays(month.First(), o.day)
		return len(days) == 3, err
	case Period:
		periods, err := p.periodsOf(ctx, o.day)
		return len(periods) > 0, err
	}
	return true, nil
}

// isFromLast reports whether a day is one of those so many duty days from the
// last of a time; 1 is the last. A time that has not so many begins with it.
func (p *Planner) isFromLast(day, first, last calendar.Date, places ...int) (bool, error) {
	days, err := p.dutyDays(first, last)
	if err != nil {
		return false, err
	}
	is := func(n int) bool { return len(days) > 0 && days[max(0, len(days)-n)] == day }
	return slices.ContainsFunc(places, is), nil
}

// dutyDays lists the street's duty days, both ends included.
func (p *Planner) dutyDays(first, last calendar.Date) ([]calendar.Date, error) {
	var days []calendar.Date
	for day := first; day <= last; day++ {
		duty, err := p.onDuty(day)
		if err != nil {
			return nil, err
		}
		if duty {
			days = append(days, day)
		}
	}
	return days, nil
}

func (p *Planner) onDuty(day calendar.Date) (bool, error) {
	if p.EveryDay {
		return true, nil
	}
	return p.Workdays.IsDutyDay(day)
}

// ahead is how far ahead special periods are looked for: three days, and the
// longest holidays before them.
const ahead = 15

// periodsOf lists the special periods of which people are reminded on a day of
// duty: those that run, and those that begin in three days or one. Where that
// is a day off it is the duty day before.
func (p *Planner) periodsOf(ctx context.Context, day calendar.Date) ([]store.SpecialPeriod, error) {
	near, err := p.Records.SpecialPeriods(ctx, day, day+ahead)
	if err != nil {
		return nil, err
	}
	var those []store.SpecialPeriod
	for _, period := range near {
		due := period.Start <= day
		for _, before := range []calendar.Date{3, 1} {
			last, err := p.isLastOnDuty(day, period.Start-before)
			if err != nil {
				return nil, err
			}
			due = due || last
		}
		if due {
			those = append(those, period)
		}
	}
	return those, nil
}

// isLastOnDuty reports whether no day after this one, up to and including until,
// is a duty day.
func (p *Planner) isLastOnDuty(day, until calendar.Date) (bool, error) {
	for d := day + 1; d <= until; d++ {
		if duty, err := p.onDuty(d); err != nil || duty {
			return false, err
		}
	}
	return day <= until, nil
}
