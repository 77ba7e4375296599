package remind

import (
	"fmt"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// Receiver is a person, by open_id, or a chat. A person who is not bound yet has
// an empty ID.
type Receiver struct {
	Type string `json:"type"` // store.ToPerson or store.ToChat
	ID   string `json:"id"`
}

// Reminder is one message to one receiver. Its key tells it from every other:
// kind, day and receiver.
type Reminder struct {
	Kind     Kind
	Day      calendar.Date
	Receiver Receiver
	Key      string
	Title    string
	Card     card.Card
	Name     string // of the person, or of what the group is for; "" = the whole street
	Mobile   string // of the person; "" = it is to a chat

	of    occurrence
	part  int          // from 1; what one card does not hold goes on in the next
	tells []store.Told // what its receiver need not be told again
}

// toPerson is a reminder to somebody of the street, who may mute its kind for the
// day. Its key holds the person, not the identity on the platform, which may be
// bound anew; and of the person nothing that can be read.
func (s *scene) toPerson(p store.Person, c card.Card) Reminder {
	return Reminder{
		Kind: s.kind, Day: s.day, Receiver: Receiver{store.ToPerson, p.OpenID},
		Key: KeyTo(s.kind, s.when(), p.Mobile), Title: c.Title,
		Card: withButton(c, s.muteButton()), Name: p.Name, Mobile: p.Mobile, of: s.occurrence, part: 1,
	}
}

// toGroup is a reminder to a group, of as many messages as there are cards.
func (s *scene) toGroup(g store.Group, cards []card.Card) []Reminder {
	parts := make([]Reminder, len(cards))
	whole := key(s.kind, s.day.String(), store.ToChat, g.ChatID)
	for i, c := range cards {
		parts[i] = Reminder{
			Kind: s.kind, Day: s.day, Receiver: Receiver{store.ToChat, g.ChatID},
			Key: partKey(whole, i+1), Title: c.Title, Card: c, Name: g.Community, of: s.occurrence, part: i + 1,
		}
	}
	return parts
}

// partKey is the key of a message's part, from 1.
func partKey(whole string, part int) string {
	if part == 1 {
		return whole
	}
	return fmt.Sprintf("%s:%d", whole, part)
}

// when is the day of the scene's reminders, or the hour of those that are told of
// every hour: 2026-11-23, 2026-11-23T16.
func (s *scene) when() string {
	if s.kind == Overdue {
		return s.at.In(calendar.Shanghai).Format("2006-01-02T15")
	}
	return s.day.String()
}

// KeyTo is the key of the reminder of a kind, of a day or hour, to a person.
func KeyTo(kind Kind, when, mobile string) string {
	return key(kind, when, store.ToPerson, store.PersonKey(mobile))
}

// key names a reminder by its day, or hour.
func key(kind Kind, when, receiverType, receiver string) string {
	return fmt.Sprintf("%s:%s:%s:%s", kind, when, receiverType, receiver)
}

// What the centre reads about a reminder that was never on its way.
const (
	ReasonUnbound = "还没有绑定飞书账号" // to somebody who has no identity on the platform
	reasonMissed  = "服务停了太久，过了该提醒的时候"
)

// delivery is the reminder as it is stored. What cannot reach anybody is stored
// as failed.
func (r Reminder) delivery(now time.Time) (store.Delivery, error) {
	content, err := r.Card.JSON()
	if err != nil {
		return store.Delivery{}, fmt.Errorf("remind: card of %s: %w", r.Key, err)
	}
	d := store.Delivery{
		Key: r.Key, Day: r.Day, Kind: string(r.Kind), ReceiverType: r.Receiver.Type, Receiver: r.Receiver.ID,
		Title: r.Title, Card: content, State: store.DeliveryWaiting, PlannedAt: now,
		Until: r.of.until(now),
	}
	if d.Receiver == "" {
		d.State, d.Reason, d.FinishedAt = store.DeliveryFailed, ReasonUnbound, &now
	}
	return d, nil
}

// skipped records, once for all receivers, that a reminder was missed for too
// long to be sent.
func skipped(o occurrence, now time.Time) store.Delivery {
	return store.Delivery{
		Key: fmt.Sprintf("%s:%s:%s:skipped", o.kind, o.day, o.at.In(calendar.Shanghai).Format("15:04")), Day: o.day, Kind: string(o.kind),
		ReceiverType: store.ToChat, Title: "没有发出的提醒", Card: []byte("{}"),
		State: store.DeliverySkipped, Reason: reasonMissed, PlannedAt: now, FinishedAt: &now,
	}
}
