package store_test

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// reader makes the facts of October of a grid as data.md has them, from one
// record after the other and one day after the other. It is slow and plain.
type reader struct {
	*world
	grid string
	at   time.Time
	asOf calendar.Date
}

func (r *reader) facts(grid sheet.Grid) *scoring.Facts {
	f := &scoring.Facts{GridID: r.grid, Month: october, AsOf: r.asOf}
	from, to := october.First().Monday(), october.Last().Sunday()
	walks := r.walks(grid)
	for d := from; d <= to; d++ {
		if r.streetDuty(d) && !r.exempt(d, r.grid) {
			f.DutyDays = append(f.DutyDays, d)
		}
		if october.Contains(d) && (r.exempt(d, "") || r.exempt(d, r.grid)) {
			f.ExemptDays = append(f.ExemptDays, d)
		}
		if day := r.day(d, walks); d <= r.asOf && (day.Coverage != nil || day.Km.IsPositive() || day.ChiefHours.IsPositive() || day.MemberHours.IsPositive() ||
			day.Visits() > 0 || len(day.Reports) > 0 || day.HazardSitesDue > 0) {
			f.Days = append(f.Days, day)
		}
	}
	visits, patrols, items := r.through()
	f.Through = r.late(visits, patrols, items)
	f.KeyPersons = r.keyPersons()
	f.SpecialPersons, f.Control = r.monthlyPersons()
	f.SpecialPeriods = r.specialPeriods()
	f.Meetings = r.meetings()
	f.Households = r.households(grid.Households)
	r.addFindings(f)
	f.Disposal = r.disposal(items)
	return f
}

func (r *reader) seen(t time.Time) bool { return !t.After(r.at) }

func (r *reader) exempt(d calendar.Date, grid string) bool {
	for _, e := range r.exemptions {
		if e.GridID == grid && e.StartsOn <= d && d <= e.EndsOn {
			return true
		}
	}
	return false
}

func (r *reader) streetDuty(d calendar.Date) bool {
	duty, err := calendar.Mainland().IsDutyDay(d)
	return err == nil && duty && !r.exempt(d, "")
}

func (r *reader) role(mobile string) string {
	for _, p := range r.people {
		if p.Mobile == mobile {
			return p.Role
		}
	}
	return ""
}

func (r *reader) day(d calendar.Date, walks walks) scoring.Day {
	day := scoring.Day{Date: d, Reports: map[scoring.Category]int{}}
	for _, p := range r.patrols {
		if p.GridID != r.grid || p.Day != d {
			continue
		}
		day.Km = day.Km.Add(p.Km)
		if p.Hours != nil && r.role(p.Mobile) == sheet.Chief {
			day.ChiefHours = day.ChiefHours.Add(*p.Hours)
		}
		if p.Hours != nil && r.role(p.Mobile) == sheet.Member {
			day.MemberHours = decimal.Max(day.MemberHours, *p.Hours)
		}
	}
	r.addWalks(&day, walks)
	for _, v := range r.visits {
		if v.GridID == r.grid && calendar.DateOf(v.At) == d && r.seen(v.At) && v.Photos > 0 {
			switch r.role(v.Mobile) {
			case sheet.Chief:
				day.ChiefVisits++
			case sheet.Member:
				day.MemberVisits++
			}
		}
	}
	for _, i := range r.items {
		if i.GridID == r.grid && calendar.DateOf(i.ReportedAt) == d && r.seen(i.ReportedAt) && i.Status == sheet.Valid {
			day.Reports[i.Category]++
		}
	}
	for _, c := range r.sites {
		if c.GridID == r.grid && october.Contains(d) && r.onList(c.ListedOn, c.UnlistedOn, d) {
			day.HazardSitesDue++
			if r.visited(c.ID, d, d, false) {
				day.HazardSitesVisited++
			}
		}
	}
	return day
}

func (r *reader) meetings() (m scoring.Meetings) {
	for _, a := range r.attendances {
		for _, p := range r.people {
			if p.Mobile != a.Mobile || p.Role == sheet.CommunityLead || p.Grids[0] != r.grid || !october.Contains(a.HeldOn) || a.HeldOn > r.asOf {
				continue
			}
			switch a.Status {
			case "缺席":
				m.Absent++
			case "迟到":
				m.Late++
			}
		}
	}
	return m
}

func (r *reader) households(total int) scoring.Households {
	h := scoring.Households{Total: total}
	for _, c := range r.collections {
		if c.GridID != r.grid || c.Month() != october || !r.seen(c.CollectedAt) {
			continue
		}
		h.Collected++
		if !c.EnteredAt.IsZero() && r.seen(c.EnteredAt) && calendar.MonthOf(c.EnteredAt) <= october {
			h.Entered++
			if c.Complete {
				h.Complete++
			}
		}
	}
	return h
}

func (r *reader) addFindings(f *scoring.Facts) {
	places := map[string]*int{
		"脱管漏管": &f.Findings.LostControl, "人员缺漏": &f.Control.Unlisted, "不主动报送": &f.Findings.NotProactive,
		"应急迟报": &f.Findings.Emergency, "应急瞒报": &f.Findings.Emergency, "应急漏报": &f.Findings.Emergency,
		"严重后果": &f.Findings.EmergencySerious, "弄虚作假": &f.Findings.Falsified, "相互推诿": &f.Findings.Shirking,
		"推诿上交": &f.Findings.ImproperEscalation, "区级录用": &f.Adopted,
	}
	for _, found := range r.findings {
		if found.GridID == r.grid && october.Contains(found.FoundOn) && found.FoundOn <= r.asOf {
			*places[found.Kind]++
		}
	}
}

func (r *reader) disposal(through calendar.Date) (d scoring.Disposal) {
	cut := r.at
	for _, end := range []time.Time{(october + 1).First().Start(), (through + 1).Start()} {
		if end.Before(cut) {
			cut = end
		}
	}
	before := func(t time.Time) bool { return !t.IsZero() && t.Before(cut) }
	for _, i := range r.items {
		effective := i.Deadline
		if !i.ExtendedTo.IsZero() {
			effective = i.ExtendedTo
		}
		if i.GridID != r.grid || i.Status == sheet.Falsified || !r.seen(i.ReportedAt) || calendar.MonthOf(effective) != october {
			continue
		}
		d.Rework += i.Reworks
		if before(i.DisposedAt) && i.ByGrid {
			d.InGrid++
		}
		switch {
		case before(i.DisposedAt) && !i.DisposedAt.After(i.Deadline):
			d.OnTime++
		case before(i.DisposedAt) && !i.DisposedAt.After(i.ExtendedTo):
			d.Extended++
		case before(i.DisposedAt):
			d.Overdue++
		case i.Constrained && (i.ConstrainedAt.IsZero() || before(i.ConstrainedAt)):
			d.Constrained++
		case before(effective):
			d.OverdueOpen++
		default:
			d.Open++
		}
	}
	return d
}

// through is the last day on which each of the daily sheets is complete.
func (r *reader) through() (visits, patrols, items calendar.Date) {
	var latestVisit, latestPatrol, latestItem calendar.Date
	for _, v := range r.visits {
		latestVisit = max(latestVisit, calendar.DateOf(v.At))
	}
	for _, p := range r.patrols {
		latestPatrol = max(latestPatrol, p.Day)
	}
	for _, p := range r.points {
		latestPatrol = max(latestPatrol, calendar.DateOf(p.At))
	}
	for _, i := range r.items {
		latestItem = max(latestItem, calendar.DateOf(i.ReportedAt))
	}
	complete := func(latest calendar.Date) calendar.Date {
		d := min(latest, r.cameIn-1)
		for d < r.asOf && !r.streetDuty(d+1) {
			d++
		}
		return d
	}
	return complete(latestVisit), complete(latestPatrol), complete(latestItem)
}

func (r *reader) late(visits, patrols, items calendar.Date) map[scoring.Group]calendar.Date {
	late := map[scoring.Group]calendar.Date{}
	for group, day := range map[scoring.Group]calendar.Date{
		"visits": visits, "key_persons": visits, "special_persons": visits, "hazard_sites": visits, "control": visits,
		"km": patrols, "hours": patrols, "reports": items, "disposal": items,
	} {
		if day < r.asOf-1 {
			late[group] = day
		}
	}
	return late
}
