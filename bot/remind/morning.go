package remind

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// soon is how far ahead items are told of by their deadline.
const soon = 24 * time.Hour

// morning lists what everybody is told of the day's work of their grids.
func (s *scene) morning(ctx context.Context) ([]Reminder, error) {
	street, err := s.street(ctx)
	if err != nil {
		return nil, err
	}
	var before map[string]*scoring.Result
	if slices.ContainsFunc(street.work, func(g gridWork) bool { return !saysAll(g.result) }) {
		if before, err = s.before(ctx); err != nil {
			return nil, err
		}
	}
	items, err := s.Records.DueItems(ctx, nil, s.now, s.now.Add(soon), s.now)
	if err != nil {
		return nil, err
	}
	due := map[string][]store.Item{}
	for _, item := range items {
		due[item.GridID] = append(due[item.GridID], item)
	}
	var reminders []Reminder
	street.eachWorker(func(store.Role) []gridWork { return street.work }, func(who store.Person, work []gridWork) {
		var parts []gridPart
		for _, g := range work {
			if lines := s.morningOf(g, before[g.ID], who.Role, due[g.ID]); len(lines) > 0 {
				parts = append(parts, gridPart{g.Grid, lines})
			}
		}
		if len(parts) > 0 {
			c := card.Card{Title: s.say("morning.title", nil), Summary: s.say("morning.summary", nil)}.
				Add(card.Text{Content: s.say("morning.lead", nil)})
			reminders = append(reminders, s.toPerson(who, s.personCard(c, parts, street.reach.words(tasks))))
		}
	})
	return reminders, nil
}

// morningOf says what a day asks of a grid. What it asks today is not in the
// result before today's records have begun to come in: the last day's standard
// says it as well, on the first days of a month last month's.
func (s *scene) morningOf(g gridWork, before *scoring.Result, role store.Role, due []store.Item) []string {
	asked := func(c scoring.Clause, subject string) (decimal.Decimal, bool) {
		required, known := asked(g.result, c, subject)
		if !known && before != nil {
			required, known = asked(before, c, subject)
		}
		return required, known
	}
	var lines []string
	say := func(key string, f fields) { lines = append(lines, s.say(key, f)) }
	if visits, ok := asked(scoring.ClauseVisitsDaily, ""); ok {
		own, _ := asked(scoring.ClauseVisitsDaily, string(role))
		say("morning.visits", fields{"grid": visits, "role": role, "own": own})
	}
	if km, ok := asked(scoring.ClauseDistance, ""); ok {
		say("morning.km", fields{"km": km})
	}
	if reports, ok := asked(scoring.ClauseReportingDaily, ""); ok {
		say("morning.reports", fields{"reports": reports})
	}
	for _, d := range dutiesOf(g.result, []task{keyPersons}, s.day, role) {
		if d.short() {
			say("morning.key_persons", fields{"persons": d.Missing()})
		}
	}
	if sites, ok := asked(scoring.ClauseHazardSites, ""); ok {
		say("morning.hazard_sites", fields{"sites": sites})
	}
	if len(due) > 0 {
		say("morning.items", fields{"items": len(due), "deadline": momentName(due[0].DueAt)})
	}
	return lines
}

// saysAll reports whether a result knows everything that a day asks. Where all
// do, the records of the street need not be gone through for last month too.
// Hazard sites are asked with the visits: where these are known and no site is
// asked, there is none.
func saysAll(r *scoring.Result) bool {
	for _, clause := range []scoring.Clause{scoring.ClauseVisitsDaily, scoring.ClauseDistance, scoring.ClauseReportingDaily} {
		if _, known := asked(r, clause, ""); !known {
			return false
		}
	}
	return true
}

// asked is what a clause asked on the last day that a result knows of.
func asked(r *scoring.Result, c scoring.Clause, subject string) (required decimal.Decimal, known bool) {
	last := ""
	for _, s := range r.Standards {
		if s.Clause == c && s.Subject == subject && s.Span == calendar.SpanDay && s.Window > last {
			required, last = s.Required, s.Window
		}
	}
	return required, last != ""
}

// momentName is 11月23日 16:10.
func momentName(t time.Time) string {
	return dayName(calendar.DateOf(t)) + " " + t.In(calendar.Shanghai).Format("15:04")
}
