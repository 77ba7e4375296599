package remind

import (
	"context"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

var keyPersons = task{scoring.ClauseKeyPersons, sheet.Visits, "重点人员", "人", calendar.SpanWeek, false}

// weekTasks are what the Measure asks of a week.
var weekTasks = []task{
	{scoring.ClauseDistance, sheet.Patrols, "公里", "公里", calendar.SpanWeek, false},
	{scoring.ClauseHours, sheet.Patrols, "时长", "小时", calendar.SpanWeek, true},
	keyPersons,
}

// week lists what those are told whose week is short of something.
func (s *scene) week(ctx context.Context) ([]Reminder, error) {
	street, err := s.street(ctx)
	if err != nil {
		return nil, err
	}
	c := card.Card{Title: s.say("week.title", nil), Tone: card.Warning, Summary: s.say("week.summary", nil)}.
		Add(card.Text{Content: s.say("week.lead", fields{"last": dayName(s.day.Sunday()) + " 24:00 "})})
	return street.shortWorkers(weekTasks, c), nil
}

// shortWorkers are the reminders to those whose grids are short of some of the
// tasks; the card goes on with what is missing.
func (s *street) shortWorkers(tasks []task, c card.Card) []Reminder {
	short := func(role store.Role) []gridWork { return shortOnes(s.of(tasks, role)) }
	var reminders []Reminder
	s.eachWorker(short, func(who store.Person, work []gridWork) {
		reminders = append(reminders, s.toPerson(who, s.personCard(c, shortParts(work), s.reach.words(tasks))))
	})
	return reminders
}
