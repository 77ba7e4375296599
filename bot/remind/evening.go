package remind

import (
	"context"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// evening lists the reminders of what is still missing today: to every bound
// group, and to those who work in a grid that is short.
func (s *scene) evening(ctx context.Context) ([]Reminder, error) {
	street, err := s.street(ctx)
	if err != nil {
		return nil, err
	}
	var reminders []Reminder
	for _, g := range s.groups {
		reminders = append(reminders, s.toGroup(g, street.eveningOf(g.Community))...)
	}
	short := shortOnes(street.work)
	street.eachWorker(func(store.Role) []gridWork { return short }, func(who store.Person, work []gridWork) {
		c := card.Card{Title: s.say("evening.title", nil), Tone: card.Warning, Summary: s.say("evening.summary", nil)}.
			Add(card.Text{Content: s.say("evening.lead", nil)})
		reminders = append(reminders, s.toPerson(who, s.personCard(c, shortParts(work), street.reach.words(tasks))))
	})
	return reminders, nil
}

// eveningOf is what a group of a community, or of the whole street (""), is told:
// which grids are short of what; thanks if none is; how far the data reach if
// nobody can say; nothing where nobody is on duty.
func (s *street) eveningOf(community string) []card.Card {
	work := in(s.work, community)
	short := shortOnes(work)
	switch {
	case len(work) == 0:
		return nil
	case len(s.known) == 0:
		return []card.Card{s.groupNote("evening.waiting", community, card.Quiet, nil).Add(card.Note(s.reach.words(tasks)))}
	case len(short) == 0:
		return []card.Card{s.groupNote("evening.thanks", community, card.Good, fields{"tasks": listed(s.known)}).Add(card.Note(s.reach.words(tasks)))}
	}
	c := card.Card{Title: s.say("evening.title", nil), Tone: card.Warning, Summary: s.say("evening.group_summary", nil)}
	return s.groupCards(c, table{
		lead: s.say("evening.group_lead", fields{"grids": len(short)}), work: short, tasks: s.known,
		community: community, note: s.reach.words(tasks),
	})
}
