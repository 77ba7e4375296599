package scoring

import (
	"slices"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// ParseFacts reads one facts document, valid by [Facts.Validate]. Its error is a
// [*FieldError].
func ParseFacts(text []byte) (*Facts, error) {
	facts, err := readFacts(text)
	if err != nil {
		return nil, err
	}
	return facts, nil
}

// readFacts reads one facts document and validates it.
func readFacts(text []byte) (*Facts, *FieldError) {
	t, f := &jsonText{rest: text}, &Facts{}
	if t.peek() != '{' {
		return nil, &FieldError{Problem: "must be an object in braces"}
	}
	if err := t.facts(f); err != nil {
		return nil, err
	}
	if t.peek() != 0 {
		return nil, notJSON("something follows the object")
	}
	if err, wrong := f.Validate().(*FieldError); wrong {
		return nil, err
	}
	return f, nil
}

var problemUnknown = &FieldError{Problem: "is an unknown field"}

func (t *jsonText) facts(f *Facts) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "grid_id":
			return t.str(&f.GridID)
		case "month":
			return t.month(&f.Month)
		case "as_of":
			return t.date(&f.AsOf)
		case "duty_days":
			return t.dates(&f.DutyDays)
		case "through":
			return t.through(&f.Through)
		case "exempt_days":
			return t.dates(&f.ExemptDays)
		case "meetings":
			return t.meetings(&f.Meetings)
		case "days":
			return list(t, &f.Days, t.day)
		case "key_persons":
			return list(t, &f.KeyPersons, t.keyWeek)
		case "special_persons":
			return t.visited(&f.SpecialPersons)
		case "control":
			return t.control(&f.Control)
		case "special_periods":
			return list(t, &f.SpecialPeriods, t.specialPeriod)
		case "households":
			return t.households(&f.Households)
		case "findings":
			return t.findings(&f.Findings)
		case "disposal":
			return t.disposal(&f.Disposal)
		case "adopted":
			return t.count(&f.Adopted)
		}
		return problemUnknown
	})
}

// list reads a list of objects.
func list[T any](t *jsonText, into *[]T, read func(*T) *FieldError) *FieldError {
	return t.array(func() *FieldError {
		var item T
		err := read(&item)
		*into = append(*into, item)
		return err
	})
}

func (t *jsonText) dates(into *[]calendar.Date) *FieldError { return list(t, into, t.date) }

func (t *jsonText) through(into *map[Group]calendar.Date) *FieldError {
	return t.object(func(key []byte) *FieldError {
		i := slices.IndexFunc(Groups, func(g Group) bool { return string(g) == string(key) })
		if i < 0 {
			return &FieldError{Problem: "is no group of facts"}
		}
		var day calendar.Date
		if err := t.date(&day); err != nil || day.IsZero() {
			return err
		}
		if *into == nil {
			*into = map[Group]calendar.Date{}
		}
		(*into)[Groups[i]] = day
		return nil
	})
}

func (t *jsonText) reports(into *map[Category]int) *FieldError {
	return t.object(func(key []byte) *FieldError {
		i := slices.IndexFunc(Categories, func(c Category) bool { return string(c) == string(key) })
		if i < 0 {
			return &FieldError{Problem: problemCategory}
		}
		if *into == nil {
			*into = make(map[Category]int, len(Categories))
		}
		n := 0
		err := t.count(&n)
		(*into)[Categories[i]] = n
		return err
	})
}

func (t *jsonText) meetings(m *Meetings) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "absent":
			return t.count(&m.Absent)
		case "late":
			return t.count(&m.Late)
		}
		return problemUnknown
	})
}

func (t *jsonText) day(d *Day) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "date":
			return t.date(&d.Date)
		case "km":
			return t.decimal(&d.Km)
		case "chief_hours":
			return t.decimal(&d.ChiefHours)
		case "member_hours":
			return t.decimal(&d.MemberHours)
		case "chief_visits":
			return t.count(&d.ChiefVisits)
		case "member_visits":
			return t.count(&d.MemberVisits)
		case "coverage":
			return t.optional(&d.Coverage)
		case "reports":
			return t.reports(&d.Reports)
		case "hazard_sites_due":
			return t.count(&d.HazardSitesDue)
		case "hazard_sites_visited":
			return t.count(&d.HazardSitesVisited)
		}
		return problemUnknown
	})
}

func (t *jsonText) keyWeek(w *KeyWeek) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "week":
			return t.date(&w.Week)
		case "due":
			return t.count(&w.Due)
		case "visited":
			return t.count(&w.Visited)
		}
		return problemUnknown
	})
}

func (t *jsonText) visited(v *Visited) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "due":
			return t.count(&v.Due)
		case "visited":
			return t.count(&v.Visited)
		}
		return problemUnknown
	})
}

func (t *jsonText) control(c *Control) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "persons":
			return t.count(&c.Persons)
		case "without_archive":
			return t.count(&c.WithoutArchive)
		case "unlisted":
			return t.count(&c.Unlisted)
		case "without_record":
			return t.count(&c.WithoutRecord)
		}
		return problemUnknown
	})
}

func (t *jsonText) specialPeriod(p *SpecialPeriod) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "name":
			return t.str(&p.Name)
		case "start":
			return t.date(&p.Start)
		case "end":
			return t.date(&p.End)
		case "stability_persons":
			return t.count(&p.StabilityPersons)
		case "roster":
			return t.boolean(&p.Roster)
		case "plan":
			return t.boolean(&p.Plan)
		case "responsible":
			return t.boolean(&p.Responsible)
		}
		return problemUnknown
	})
}

func (t *jsonText) households(h *Households) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "total":
			return t.count(&h.Total)
		case "collected":
			return t.count(&h.Collected)
		case "entered":
			return t.count(&h.Entered)
		case "complete":
			return t.count(&h.Complete)
		}
		return problemUnknown
	})
}

func (t *jsonText) findings(f *Findings) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "lost_control":
			return t.count(&f.LostControl)
		case "not_proactive":
			return t.count(&f.NotProactive)
		case "emergency":
			return t.count(&f.Emergency)
		case "emergency_serious":
			return t.count(&f.EmergencySerious)
		case "falsified":
			return t.count(&f.Falsified)
		case "shirking":
			return t.count(&f.Shirking)
		case "improper_escalation":
			return t.count(&f.ImproperEscalation)
		}
		return problemUnknown
	})
}

func (t *jsonText) disposal(d *Disposal) *FieldError {
	return t.object(func(key []byte) *FieldError {
		switch string(key) {
		case "on_time":
			return t.count(&d.OnTime)
		case "extended":
			return t.count(&d.Extended)
		case "overdue":
			return t.count(&d.Overdue)
		case "constrained":
			return t.count(&d.Constrained)
		case "rework":
			return t.count(&d.Rework)
		case "overdue_open":
			return t.count(&d.OverdueOpen)
		case "open":
			return t.count(&d.Open)
		case "in_grid":
			return t.count(&d.InGrid)
		}
		return problemUnknown
	})
}
