package store_test

import (
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// What the reader finds about persons and sites.

// onList says of somebody or something on a list what is known of it now.
func (r *reader) onList(listed, unlisted, d calendar.Date) bool {
	if listed > r.asOf {
		return false
	}
	return listed <= d && (unlisted.IsZero() || unlisted > r.asOf || d < unlisted)
}

// daysOnList counts the days of a person on the list.
func (r *reader) daysOnList(c sheet.Concern, from, to calendar.Date) (n int) {
	for d := from; d <= to; d++ {
		if r.onList(c.ListedOn, c.UnlistedOn, d) {
			n++
		}
	}
	return n
}

// visited reports whether anybody visited a person or site of the grid, with a photo.
func (r *reader) visited(number string, from, to calendar.Date, recorded bool) bool {
	for _, v := range r.visits {
		d := calendar.DateOf(v.At)
		if v.Watched == number && v.GridID == r.grid && v.Photos > 0 && r.seen(v.At) && from <= d && d <= to && (v.Control || !recorded) {
			return true
		}
	}
	return false
}

func (r *reader) keyPersons() (weeks []scoring.KeyWeek) {
	for monday := october.First().Monday(); monday.Sunday() <= october.Last() && monday <= r.asOf; monday += 7 {
		week := scoring.KeyWeek{Week: monday}
		for _, c := range r.concerns {
			if c.GridID == r.grid && c.Key && r.daysOnList(c, monday, monday.Sunday()) == 7 {
				week.Due++
				if r.visited(c.ID, monday, monday.Sunday(), false) {
					week.Visited++
				}
			}
		}
		if week.Due > 0 {
			weeks = append(weeks, week)
		}
	}
	return weeks
}

func (r *reader) monthlyPersons() (special scoring.Visited, control scoring.Control) {
	for _, c := range r.concerns {
		days := r.daysOnList(c, october.First(), october.Last())
		if c.GridID != r.grid || days == 0 {
			continue
		}
		if days >= 15 && (!c.Key || c.Category == "关爱对象") {
			special.Due++
			if r.visited(c.ID, october.First(), october.Last(), false) {
				special.Visited++
			}
		}
		if c.Category == "关爱对象" {
			continue
		}
		control.Persons++
		if !c.Archived {
			control.WithoutArchive++
		}
		if !r.visited(c.ID, october.First(), october.Last(), true) {
			control.WithoutRecord++
		}
	}
	return special, control
}

func (r *reader) specialPeriods() (periods []scoring.SpecialPeriod) {
	for _, day := range daysOf(october) { // in the order of their first days
		for _, p := range r.periods {
			if p.StartsOn != day {
				continue
			}
			period := scoring.SpecialPeriod{Name: p.ID, Start: p.StartsOn, End: p.EndsOn}
			for _, c := range r.concerns {
				if c.GridID == r.grid && c.Category != "关爱对象" && c.Category != "精神病人" && r.daysOnList(c, p.StartsOn, p.EndsOn) > 0 {
					period.StabilityPersons++
				}
			}
			for _, ready := range r.readinesses {
				if ready.PeriodID == p.ID && ready.GridID == r.grid {
					period.Roster, period.Plan, period.Responsible = ready.Roster, ready.Plan, ready.Responsible
				}
			}
			periods = append(periods, period)
		}
	}
	return periods
}

func daysOf(m calendar.Month) (days []calendar.Date) {
	for d := m.First(); d <= m.Last(); d++ {
		days = append(days, d)
	}
	return days
}
