package remind

import (
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// reach is how far the records reach on a day.
type reach struct {
	today  calendar.Date
	sheets map[sheet.Name]store.Reach
}

// hasToday reports whether a sheet says anything about today: it has a record of
// today from anybody in the street, or is declared complete.
func (r reach) hasToday(name sheet.Name) bool {
	s := r.sheets[name]
	return s.Through >= r.today || r.latestDay(name) >= r.today
}

// latestDay is the day of the latest record, the zero Date without one.
func (r reach) latestDay(name sheet.Name) calendar.Date {
	if latest := r.sheets[name].Latest; !latest.IsZero() {
		return calendar.DateOf(latest)
	}
	return 0
}

// words say how far the records of some tasks reach: 走访截至 16:10 · 里程数据到
// 11月20日 · 事项截至 16:02. What the centre enters itself is never late.
func (r reach) words(tasks []task) string {
	var parts []string
	for _, t := range tasks {
		_, arrives := r.sheets[t.sheet]
		part := string(t.sheet) + r.wordsOf(t.sheet)
		if arrives && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

func (r reach) wordsOf(name sheet.Name) string {
	s, latest := r.sheets[name], r.latestDay(name)
	switch {
	case latest == r.today && !s.Latest.Equal(latest.Start()):
		return "截至 " + s.Latest.In(calendar.Shanghai).Format("15:04")
	case r.hasToday(name):
		return "数据到今天"
	case !latest.IsZero():
		return "数据到 " + dayName(latest)
	case !s.Through.IsZero():
		return "数据到 " + dayName(s.Through)
	}
	return "数据还没到"
}
