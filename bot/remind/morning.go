package remind

import (
	"context"
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
	day, err := s.agenda(ctx)
	if err != nil {
		return nil, err
	}
	c := card.Card{Title: s.say("morning.title", nil), Summary: s.say("morning.summary", nil)}.
		Add(card.Text{Content: s.say("morning.lead", nil)})
	note := street.reach.words(tasks)
	var reminders []Reminder
	street.eachWorker(func(store.Role) []gridWork { return street.work }, func(who store.Person, work []gridWork) {
		var parts []gridPart
		for _, g := range work {
			if lines := s.morningOf(g, day, who.Role); len(lines) > 0 {
				parts = append(parts, gridPart{g.Grid, lines})
			}
		}
		if len(parts) > 0 {
			reminders = append(reminders, s.toPerson(who, s.personCard(c, parts, note)))
		}
	})
	return reminders, nil
}

// agenda is what a day asks, whatever has been recorded: of every grid the same,
// its sites on the list, and its items that fall due.
type agenda struct {
	all   *scoring.Result // of a grid without any record, on this day
	sites map[string]int  // by grid
	items map[string][]store.Item
}

func (s *scene) agenda(ctx context.Context) (day agenda, err error) {
	day.all, err = scoring.Evaluate(s.Rules, &scoring.Facts{
		GridID: "-", Month: s.day.Month(), AsOf: s.day, DutyDays: []calendar.Date{s.day},
	})
	if err != nil {
		return agenda{}, err
	}
	if day.sites, err = s.Records.HazardSites(ctx, s.day); err != nil {
		return agenda{}, err
	}
	items, err := s.Records.DueItems(ctx, nil, s.now, s.now.Add(soon), s.now)
	day.items = map[string][]store.Item{}
	for _, item := range items {
		day.items[item.GridID] = append(day.items[item.GridID], item)
	}
	return day, err
}

// asked is what a clause asks of a day, of the grid ("") or of a role.
func (a agenda) asked(c scoring.Clause, subject string) decimal.Decimal {
	for _, s := range a.all.Standards {
		if s.Clause == c && s.Subject == subject && s.Span == calendar.SpanDay {
			return s.Required
		}
	}
	return decimal.Zero
}

// morningOf says what a day asks of a grid. Of its persons it says who was not
// seen yet this week, as far as records have come.
func (s *scene) morningOf(g gridWork, day agenda, role store.Role) []string {
	var lines []string
	say := func(key string, f fields) { lines = append(lines, s.say(key, f)) }
	if visits := day.asked(scoring.ClauseVisitsDaily, ""); visits.IsPositive() {
		say("morning.visits", fields{"grid": visits, "role": role, "own": day.asked(scoring.ClauseVisitsDaily, string(role))})
	}
	if km := day.asked(scoring.ClauseDistance, ""); km.IsPositive() {
		say("morning.km", fields{"km": km})
	}
	if reports := day.asked(scoring.ClauseReportingDaily, ""); reports.IsPositive() {
		say("morning.reports", fields{"reports": reports})
	}
	for _, d := range dutiesOf(g.result, []task{keyPersons}, s.day, role) {
		if d.short() {
			say("morning.key_persons", fields{"persons": d.Missing()})
		}
	}
	if sites := day.sites[g.ID]; sites > 0 {
		say("morning.hazard_sites", fields{"sites": sites})
	}
	if due := day.items[g.ID]; len(due) > 0 {
		say("morning.items", fields{"items": len(due), "deadline": momentName(due[0].DueAt)})
	}
	return lines
}

// momentName is 11月23日 16:10.
func momentName(t time.Time) string {
	return dayName(calendar.DateOf(t)) + " " + t.In(calendar.Shanghai).Format("15:04")
}
