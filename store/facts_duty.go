package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// span is a run of days.
type span struct{ first, last calendar.Date }

func (s span) contains(d calendar.Date) bool { return s.first <= d && d <= s.last }

// dutyDays sets every grid's duty days, less the days on which it is exempt.
func (c *collector) dutyDays(ctx context.Context, options Options) error {
	all, err := options.dutyDays(c.from, c.month.Last(), c.to)
	if err != nil {
		return err
	}
	if err := c.readExemptions(ctx); err != nil {
		return err
	}
	street, ofGrid := c.exempt.street, c.exempt.ofGrid
	common, commonExempt := without(all, street), c.exemptDays(street)
	for _, d := range c.drafts {
		d.facts.DutyDays, d.facts.ExemptDays = common, commonExempt // shared: nobody writes to them
		if own := ofGrid[d.facts.GridID]; own != nil {
			d.facts.DutyDays = without(common, own)
			d.facts.ExemptDays = c.exemptDays(slices.Concat(street, own))
		}
	}
	return nil
}

// exempted are the exempt days of the whole street, and of single grids.
type exempted struct {
	street []span
	ofGrid map[string][]span
}

func (c *collector) readExemptions(ctx context.Context) error {
	c.exempt = exempted{ofGrid: map[string][]span{}}
	var grid *string
	var first, last time.Time
	return c.each(ctx, "exemptions", `
		select grid_id, starts_on, ends_on from exemptions
		where starts_on <= @until
			and (@grids::text[] is null or grid_id is null or grid_id = any(@grids))`,
		[]any{&grid, &first, &last}, func() {
			exempt := span{calendar.DateOf(first), calendar.DateOf(last)}
			if grid == nil {
				c.exempt.street = append(c.exempt.street, exempt)
			} else {
				c.exempt.ofGrid[*grid] = append(c.exempt.ofGrid[*grid], exempt)
			}
		})
}

// exemptDays lists the days of the month within the spans.
func (c *collector) exemptDays(spans []span) []calendar.Date {
	var days []calendar.Date
	for d := c.month.First(); d <= c.month.Last(); d++ {
		if contains(spans, d) {
			days = append(days, d)
		}
	}
	return days
}

// dutyDays returns the street's duty days of the days given, before exemptions.
// Days after needed whose year has no data are left out: nothing is decided on
// them yet, and the data of a year come in the November before it.
func (o Options) dutyDays(from, needed, to calendar.Date) ([]calendar.Date, error) {
	var days []calendar.Date
	for d := from; d <= to; d++ {
		duty, err := o.isDutyDay(d)
		if noData := (*calendar.NoDataError)(nil); d > needed && errors.As(err, &noData) {
			break
		} else if err != nil {
			return nil, err
		}
		if duty {
			days = append(days, d)
		}
	}
	return days, nil
}

func (o Options) isDutyDay(d calendar.Date) (bool, error) {
	if o.EveryDay {
		return true, nil
	}
	return o.Workdays.IsDutyDay(d)
}

func without(days []calendar.Date, exempt []span) []calendar.Date {
	return slices.DeleteFunc(slices.Clone(days), func(d calendar.Date) bool { return contains(exempt, d) })
}

func contains(spans []span, d calendar.Date) bool {
	return slices.ContainsFunc(spans, func(s span) bool { return s.contains(d) })
}

// lateGroups writes how far the facts are complete that are not complete up to
// the day on which they are looked at. What never came is complete up to the
// day before the month.
func (c *collector) lateGroups(t through) {
	late := map[scoring.Group]calendar.Date{}
	for _, sheet := range []struct {
		day    calendar.Date
		groups []scoring.Group
	}{
		{t.visits, []scoring.Group{scoring.GroupVisits, scoring.GroupKeyPersons, scoring.GroupSpecialPersons,
			scoring.GroupHazardSites, scoring.GroupControl}},
		{t.patrols, []scoring.Group{scoring.GroupKm, scoring.GroupHours}},
		{t.items, []scoring.Group{scoring.GroupReports, scoring.GroupDisposal}},
	} {
		if sheet.day.IsZero() {
			sheet.day = c.month.First() - 1
		}
		for _, group := range sheet.groups {
			if sheet.day+1 < c.asOf {
				late[group] = sheet.day
			}
		}
	}
	if len(late) > 0 {
		for _, d := range c.drafts {
			d.facts.Through = late // shared: nobody writes to it
		}
	}
}
