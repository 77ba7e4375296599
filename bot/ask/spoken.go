package ask

import (
	"fmt"
	"slices"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// spoken is how a period is said so that it is read as that period; 本月 for none.
func spoken(p calendar.Period, today calendar.Date) string {
	year, month, day := p.First.UTC().Date()
	ago := func(names ...string) (string, bool) { return counted(p, today, names) }
	inYear := fmt.Sprintf("%d年", year)
	if year == today.Month().Year() {
		inYear = ""
	}
	switch p.Span {
	case calendar.SpanDay:
		if name, ok := ago("今天", "昨天", "前天"); ok {
			return name
		}
		return fmt.Sprintf("%s%d月%d日", inYear, month, day)
	case calendar.SpanWeek:
		name, _ := ago("本周", "上周", "上上周")
		return name
	case calendar.SpanMonth:
		if name, ok := ago("本月", "上月"); ok {
			return name
		}
		return fmt.Sprintf("%s%d月", inYear, month)
	case calendar.SpanQuarter:
		return inYear + []string{"一", "二", "三", "四"}[(month-1)/3] + "季度"
	case calendar.SpanYear:
		return fmt.Sprintf("%d年", year)
	}
	return "本月"
}

// counted returns the name of the period that lies as many before the running
// one as the name's index.
func counted(p calendar.Period, today calendar.Date, names []string) (string, bool) {
	q := calendar.PeriodOf(p.Span, today)
	for _, name := range names {
		if q == p {
			return name, true
		}
		q = q.Previous()
	}
	return "", false
}

// spokenName is how the grid, person or community of a question is said.
func (d *Directory) spokenName(q Question) string {
	switch {
	case q.Person != "":
		return q.Person
	case q.Grid != "":
		return d.spokenGrid(q.Grid)
	}
	return q.Community
}

// spokenGrid is a grid's name, or its id where others may be meant by the name.
func (d *Directory) spokenGrid(id string) string {
	if d == nil {
		return id
	}
	for i, g := range d.grids {
		if g.ID != id {
			continue
		}
		if form := d.byForm[canonical(g.Name)]; form != nil && !g.nameOnly && slices.Equal(form.grids, []int{i}) {
			return g.Name
		}
	}
	return id
}
