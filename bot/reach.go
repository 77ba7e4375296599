package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// The records that arrive day by day, and may be late.
var dailySheets = []sheet.Name{sheet.Visits, sheet.Patrols, sheet.Items}

// sheetOf is the sheet that a group of facts comes from; "" for what is never late.
func sheetOf(g scoring.Group) sheet.Name {
	switch g {
	case scoring.GroupKm, scoring.GroupHours:
		return sheet.Patrols
	case scoring.GroupVisits, scoring.GroupKeyPersons, scoring.GroupSpecialPersons, scoring.GroupHazardSites, scoring.GroupControl:
		return sheet.Visits
	case scoring.GroupReports, scoring.GroupDisposal:
		return sheet.Items
	}
	return ""
}

// reach is how far the records reach at a moment.
type reach struct {
	now    time.Time
	sheets map[sheet.Name]store.Reach
}

// reachedAt is how far they reached when somebody asked last.
type reachedAt struct {
	version int64 // of the records
	minute  int64
	sheets  map[sheet.Name]store.Reach
}

func (a *Assistant) reach(ctx context.Context, v View) (reach, error) {
	last, ok := a.reaches.get("")
	minute := v.now.Unix() / 60
	if ok && last.version == v.version.Records && last.minute == minute {
		return reach{v.now, last.sheets}, nil
	}
	sheets, err := a.Records.Reach(ctx, v.now)
	if err == nil {
		a.reaches.put("", reachedAt{v.version.Records, minute, sheets})
	}
	return reach{v.now, sheets}, err
}

// has reports whether a sheet says anything about a day: it has a record of it or
// of later from anybody, or is declared complete.
func (r reach) has(name sheet.Name, day calendar.Date) bool {
	s, ok := r.sheets[name]
	return !ok || s.Through >= day || !s.Latest.IsZero() && calendar.DateOf(s.Latest) >= day
}

func (r reach) hasToday(name sheet.Name) bool { return r.has(name, calendar.DateOf(r.now)) }

// awaits reports whether the data of an open standard have not come at all: its
// window begins today, or has ended, and its sheet says nothing of it yet.
func (r reach) awaits(o opening) bool {
	today := calendar.DateOf(r.now)
	name := sheetOf(o.Clause.Group())
	return name != "" && (o.last() < today || o.window.First == today && !r.hasToday(name))
}

// awaited says which data an open standard waits for: 今天的事项数据还没到.
func (r reach) awaited(o opening) string {
	name, today := string(sheetOf(o.Clause.Group())), calendar.DateOf(r.now)
	if o.last() < today {
		return windowName(o.window, r.now) + "的" + name + "数据还没到齐"
	}
	return "今天的" + name + "数据还没到"
}

// words says how far all records reach: 截至 11月23日 16:10 · 走访记录到 16:02 ·
// 里程数据到 11月20日.
func (r reach) words() string {
	parts := []string{"截至 " + momentName(r.now)}
	for _, name := range dailySheets {
		parts = append(parts, r.sheetWords(name))
	}
	return joined(parts...)
}

func (r reach) sheetWords(name sheet.Name) string {
	s := r.sheets[name]
	latest := calendar.DateOf(s.Latest)
	switch {
	case s.Latest.IsZero() && s.Through.IsZero():
		return string(name) + "数据还没到"
	case !r.hasToday(name) && !s.Latest.IsZero():
		return string(name) + "数据到 " + dayName(latest)
	case !r.hasToday(name):
		return string(name) + "数据到 " + dayName(s.Through)
	case latest == calendar.DateOf(r.now) && !s.Latest.Equal(latest.Start()):
		return string(name) + "记录到 " + clockName(s.Latest)
	}
	return string(name) + "数据到今天"
}

// Undetermined reports whether a whole section of a result has no data at all,
// so that its total means nothing yet.
func Undetermined(r *scoring.Result) bool {
	return slices.ContainsFunc(r.Sections, func(s scoring.SectionScore) bool { return sectionLate(r, s.ID) == nothingCame })
}

// lateness of a section's data.
type lateness int

const (
	allCame     lateness = iota
	partCame             // up to some day of the month, or of some groups
	nothingCame          // of the month
)

// sectionLate says how much of a section's data is missing.
func sectionLate(r *scoring.Result, id scoring.Section) lateness {
	late, absent := 0, 0
	for _, u := range r.Undecided {
		if slices.Contains(dailyGroups[id], u.Group) {
			late++
			if u.Through < r.Month.First() {
				absent++
			}
		}
	}
	switch {
	case late == 0:
		return allCame
	case absent == len(dailyGroups[id]):
		return nothingCame
	}
	return partCame
}

// dailyGroups are the groups of facts of each section that may be late.
var dailyGroups = func() map[scoring.Section][]scoring.Group {
	groups := map[scoring.Section][]scoring.Group{}
	for _, c := range scoring.Clauses() {
		section, group := c.Section(), c.Group()
		if sheetOf(group) != "" && !slices.Contains(groups[section], group) {
			groups[section] = append(groups[section], group)
		}
	}
	return groups
}()

// nothingOf says that a sheet has nothing of the month.
func nothingOf(name sheet.Name, r *scoring.Result) string {
	if r.Closed {
		return fmt.Sprintf("没有%d月的%s记录", r.Month.Calendar(), name)
	}
	return string(name) + "数据还没到"
}

// undecidedWords says honestly which data a result is waiting for, a line a sheet.
func undecidedWords(r *scoring.Result) []string {
	var lines []string
	for _, name := range dailySheets {
		i := slices.IndexFunc(r.Undecided, func(u scoring.Undecided) bool { return sheetOf(u.Group) == name })
		if i < 0 {
			continue
		}
		if through := r.Undecided[i].Through; through < r.Month.First() {
			lines = append(lines, nothingOf(name, r)+"，这部分暂不计分")
		} else {
			lines = append(lines, string(name)+"数据到 "+dayName(through)+"，之后的还没算")
		}
	}
	return lines
}
