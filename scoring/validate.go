package scoring

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// FieldError says which field of a facts document is wrong, and how.
type FieldError struct {
	Field   string // its path, such as days[3].km; "" for the document itself
	Problem string
}

// Error names the field and its problem.
func (e *FieldError) Error() string {
	if e.Field == "" {
		return "the document " + e.Problem
	}
	return e.Field + " " + e.Problem
}

// under puts the field below a parent: a name, or an index such as [3].
func (e *FieldError) under(parent string) *FieldError {
	field := parent
	switch {
	case e.Field == "":
	case e.Field[0] == '[':
		field += e.Field
	default:
		field += "." + e.Field
	}
	return &FieldError{field, e.Problem}
}

func atIndex(i int) string { return fmt.Sprintf("[%d]", i) }

// The problems of a field that is there.
const (
	problemMissing  = "is missing"
	problemNegative = "must not be negative"
	problemRange    = "is out of range"
	problemTwice    = "is given twice"
)

// Validate checks what the document's types cannot: required dates, no
// negative or absurd figure, no date given twice, weeks that begin on a Monday,
// known groups and categories, and AsOf not before the month. Its error is a
// [*FieldError] for one problem, the same one each time.
func (f *Facts) Validate() error {
	for _, check := range []func() *FieldError{
		f.checkMonth, f.checkDates, f.checkThrough, f.checkDays, f.checkKeyPersons, f.checkPeriods, f.checkCounts,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (f *Facts) checkMonth() *FieldError {
	switch {
	case f.Month.IsZero():
		return &FieldError{"month", problemMissing}
	case f.AsOf.IsZero():
		return &FieldError{"as_of", problemMissing}
	case f.AsOf < f.Month.First():
		return &FieldError{"as_of", "lies before the month"}
	}
	return nil
}

func (f *Facts) checkDates() *FieldError {
	if err := checkDates(len(f.DutyDays), func(i int) calendar.Date { return f.DutyDays[i] }, ""); err != nil {
		return err.under("duty_days")
	}
	if err := checkDates(len(f.ExemptDays), func(i int) calendar.Date { return f.ExemptDays[i] }, ""); err != nil {
		return err.under("exempt_days")
	}
	return nil
}

// checkDates checks that n dates are there and that none is given twice.
func checkDates(n int, date func(int) calendar.Date, name string) *FieldError {
	var seen map[calendar.Date]bool // needed only for dates out of order
	for i := range n {
		d := date(i)
		if d.IsZero() {
			return (&FieldError{name, problemMissing}).under(atIndex(i))
		}
		if seen == nil && i > 0 && d <= date(i-1) {
			seen = map[calendar.Date]bool{}
			for j := range i {
				seen[date(j)] = true
			}
		}
		if seen == nil {
			continue
		}
		if seen[d] {
			return (&FieldError{name, d.String() + " " + problemTwice}).under(atIndex(i))
		}
		seen[d] = true
	}
	return nil
}

func (f *Facts) checkThrough() *FieldError {
	for _, g := range slices.Sorted(maps.Keys(f.Through)) {
		switch {
		case !slices.Contains(Groups, g):
			return &FieldError{"through." + string(g), "is no group of facts"}
		case f.Through[g].IsZero():
			return &FieldError{"through." + string(g), problemMissing}
		}
	}
	return nil
}

func (f *Facts) checkDays() *FieldError {
	if err := checkDates(len(f.Days), func(i int) calendar.Date { return f.Days[i].Date }, "date"); err != nil {
		return err.under("days")
	}
	for i := range f.Days {
		if err := f.Days[i].check(); err != nil {
			return err.under(atIndex(i)).under("days")
		}
	}
	return nil
}

func (d *Day) check() *FieldError {
	switch {
	case badDecimal(d.Km) != "":
		return &FieldError{"km", badDecimal(d.Km)}
	case badDecimal(d.ChiefHours) != "":
		return &FieldError{"chief_hours", badDecimal(d.ChiefHours)}
	case badDecimal(d.MemberHours) != "":
		return &FieldError{"member_hours", badDecimal(d.MemberHours)}
	case d.Coverage != nil && badDecimal(*d.Coverage) != "":
		return &FieldError{"coverage", badDecimal(*d.Coverage)}
	}
	if err := d.checkReports(); err != nil {
		return err.under("reports")
	}
	return checkCounts("",
		count{"chief_visits", d.ChiefVisits}, count{"member_visits", d.MemberVisits},
		count{"hazard_sites_due", d.HazardSitesDue}, count{"hazard_sites_visited", d.HazardSitesVisited})
}

func (d *Day) checkReports() *FieldError {
	known := 0
	for _, category := range Categories {
		n, ok := d.Reports[category]
		if ok {
			known++
		}
		if problem := badCount(n); problem != "" {
			return &FieldError{string(category), problem}
		}
	}
	if known == len(d.Reports) {
		return nil
	}
	for _, category := range slices.Sorted(maps.Keys(d.Reports)) {
		if !slices.Contains(Categories, category) {
			return &FieldError{string(category), problemCategory}
		}
	}
	return nil
}

const problemCategory = "is none of the nine categories"

func (f *Facts) checkKeyPersons() *FieldError {
	if err := checkDates(len(f.KeyPersons), func(i int) calendar.Date { return f.KeyPersons[i].Week }, "week"); err != nil {
		return err.under("key_persons")
	}
	for i, w := range f.KeyPersons {
		err := checkCounts("", count{"due", w.Due}, count{"visited", w.Visited})
		if w.Week != w.Week.Monday() {
			err = &FieldError{"week", w.Week.String() + " is no Monday"}
		}
		if err != nil {
			return err.under(atIndex(i)).under("key_persons")
		}
	}
	return nil
}

func (f *Facts) checkPeriods() *FieldError {
	for i, p := range f.SpecialPeriods {
		err := checkCounts("", count{"stability_persons", p.StabilityPersons})
		if p.Start.IsZero() {
			err = &FieldError{"start", problemMissing}
		}
		if err != nil {
			return err.under(atIndex(i)).under("special_periods")
		}
	}
	return nil
}

func (f *Facts) checkCounts() *FieldError {
	d, n := &f.Disposal, &f.Findings
	for _, err := range []*FieldError{
		checkCounts("meetings", count{"absent", f.Meetings.Absent}, count{"late", f.Meetings.Late}),
		checkCounts("special_persons", count{"due", f.SpecialPersons.Due}, count{"visited", f.SpecialPersons.Visited}),
		checkCounts("control", count{"persons", f.Control.Persons}, count{"without_archive", f.Control.WithoutArchive},
			count{"unlisted", f.Control.Unlisted}, count{"without_record", f.Control.WithoutRecord}),
		checkCounts("households", count{"total", f.Households.Total}, count{"collected", f.Households.Collected},
			count{"entered", f.Households.Entered}, count{"complete", f.Households.Complete}),
		checkCounts("findings", count{"lost_control", n.LostControl}, count{"not_proactive", n.NotProactive},
			count{"emergency", n.Emergency}, count{"emergency_serious", n.EmergencySerious}, count{"falsified", n.Falsified},
			count{"shirking", n.Shirking}, count{"improper_escalation", n.ImproperEscalation}),
		checkCounts("disposal", count{"on_time", d.OnTime}, count{"extended", d.Extended}, count{"overdue", d.Overdue},
			count{"constrained", d.Constrained}, count{"rework", d.Rework}, count{"overdue_open", d.OverdueOpen},
			count{"open", d.Open}, count{"in_grid", d.InGrid}),
		checkCounts("", count{"adopted", f.Adopted}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// count is a count with its field.
type count struct {
	field string
	n     int
}

func checkCounts(parent string, counts ...count) *FieldError {
	for _, c := range counts {
		problem := badCount(c.n)
		switch {
		case problem == "":
		case parent == "":
			return &FieldError{c.field, problem}
		default:
			return &FieldError{parent + "." + c.field, problem}
		}
	}
	return nil
}

func badCount(n int) string {
	switch {
	case n < 0:
		return problemNegative
	case n > maxCount:
		return problemRange
	}
	return ""
}

func badDecimal(d decimal.Decimal) string {
	switch {
	case d.IsNegative():
		return problemNegative
	case d.Exponent() < -maxExponent || d.Exponent() > maxExponent:
		return problemRange
	}
	return ""
}
