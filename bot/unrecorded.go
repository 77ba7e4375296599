package bot

import (
	"slices"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// withhold takes what was never recorded for what it is: in a month that is over,
// a daily sheet without a single row from the whole street – the street did not
// keep it yet, or its export was never brought – has no data. Nothing of it is
// decided, whatever later days it reaches.
func withhold(facts []*scoring.Facts, sheets []sheet.Name) {
	for _, f := range facts {
		for _, g := range scoring.Groups {
			if name := sheetOf(g); name == "" || !slices.Contains(sheets, name) {
				continue
			}
			if f.Through == nil {
				f.Through = map[scoring.Group]calendar.Date{}
			}
			f.Through[g] = f.Month.First() - 1
		}
	}
}

// unrecorded lists the daily sheets of which nothing was recorded in the month,
// in any grid; none of a month that is not over.
func unrecorded(facts []*scoring.Facts) []sheet.Name {
	var none []sheet.Name
	for _, name := range dailySheets {
		has := func(f *scoring.Facts) bool { return f.AsOf <= f.Month.Last() || recorded(f, name) }
		if !slices.ContainsFunc(facts, has) {
			none = append(none, name)
		}
	}
	return none
}

// recorded reports whether a daily sheet says anything of the grid in its month.
func recorded(f *scoring.Facts, name sheet.Name) bool {
	switch {
	case name == sheet.Visits && f.SpecialPersons.Visited > 0, name == sheet.Items && f.Disposal.Due() > 0:
		return true
	}
	return slices.ContainsFunc(f.Days, func(d scoring.Day) bool { return f.Month.Contains(d.Date) && noted(&d, name) })
}

// noted reports whether a daily sheet says anything of a day.
func noted(d *scoring.Day, name sheet.Name) bool {
	switch name {
	case sheet.Visits:
		return d.Visits() > 0 || d.HazardSitesVisited > 0
	case sheet.Patrols:
		return !d.Km.IsZero() || !d.ChiefHours.IsZero() || !d.MemberHours.IsZero()
	}
	return d.Reported() > 0
}
