package remind

import (
	"context"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// monthTasks are what can still be made up for near the end of a month.
var monthTasks = []task{
	{scoring.ClauseVisits, sheet.Visits, "走访", "条", calendar.SpanMonth, false},
	{scoring.ClauseSpecialPersons, sheet.Visits, "特殊人群", "人", calendar.SpanMonth, false},
	{scoring.ClauseControlRecord, sheet.Visits, "管控记录", "人", calendar.SpanMonth, false},
	{scoring.ClauseHouseholds, sheet.Collections, "户数采集", "户", calendar.SpanMonth, false},
}

// month lists what the groups, and those whose grids are short, are told of the
// month's rest.
func (s *scene) month(ctx context.Context) ([]Reminder, error) {
	street, err := s.street(ctx)
	if err != nil {
		return nil, err
	}
	days, err := s.dutyDays(s.day, s.day.Month().Last())
	if err != nil {
		return nil, err
	}
	work := street.of(monthTasks, "")
	var reminders []Reminder
	for _, g := range s.groups {
		reminders = append(reminders, s.toGroup(g, street.monthOf(g.Community, work, len(days)))...)
	}
	c := card.Card{Title: s.say("month.title", nil), Tone: card.Warning, Summary: s.say("month.summary", nil)}.
		Add(card.Text{Content: s.say("month.lead", fields{"days": len(days)})})
	return append(reminders, street.shortWorkers(monthTasks, c)...), nil
}

// monthOf is what a group is told: figures alone, of nobody by name.
func (s *street) monthOf(community string, work []gridWork, days int) []card.Card {
	work = in(work, community)
	short := shortOnes(work)
	switch {
	case len(work) == 0:
		return nil
	case len(short) == 0:
		return []card.Card{s.groupNote("month.thanks", community, card.Good, nil).Add(card.Note(s.reach.words(monthTasks)))}
	}
	c := card.Card{Title: s.say("month.title", nil), Tone: card.Warning, Summary: s.say("month.group_summary", nil)}
	return s.groupCards(c, table{
		lead: s.say("month.group_lead", fields{"days": days, "grids": len(short)}), work: short, tasks: monthTasks,
		community: community, note: s.reach.words(monthTasks),
	})
}
