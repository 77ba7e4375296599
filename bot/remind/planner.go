// Package remind knows what is due to whom and when: it plans the reminders
// that fall due, each exactly once, and leaves the sending to durable jobs.
package remind

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Records is what the planner asks the database.
type Records interface {
	Grids(ctx context.Context) ([]store.Grid, error)
	People(ctx context.Context) ([]store.Person, error)
	Groups(ctx context.Context) ([]store.Group, error)
	Reach(ctx context.Context, at time.Time) (map[sheet.Name]store.Reach, error)
	AdvancePlan(ctx context.Context, now time.Time, plan func(tx pgx.Tx, since time.Time) error) error
}

// Results gives the results of all grids, the same that questions are answered from.
type Results interface {
	All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error)
}

// Queue takes a delivery and the job that sends it, in one transaction; a key
// that was taken before does nothing.
type Queue interface {
	Plan(ctx context.Context, tx pgx.Tx, d store.Delivery) (bool, error)
}

// Planner plans the reminders of a street.
type Planner struct {
	Records  Records
	Results  Results
	Queue    Queue
	Workdays *calendar.Workdays
	Schedule Schedule
}

// Receiver is a person, by open_id, or a chat. A person who is not bound yet has
// an empty ID.
type Receiver struct {
	Type string `json:"type"` // person or chat
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
}

// Due lists the reminders of the given kinds that are due at now: their time has
// come today and is not longer ago than they are worth sending. No kinds means
// all that are switched on.
func (p *Planner) Due(ctx context.Context, now time.Time, kinds ...Kind) ([]Reminder, error) {
	var due []Reminder
	for _, o := range p.Schedule.between(now.Add(-lateness-time.Nanosecond), now) {
		if !wanted(o.kind, kinds) {
			continue
		}
		reminders, err := p.reminders(ctx, o, now)
		if err != nil {
			return nil, err
		}
		due = append(due, reminders...)
	}
	return due, nil
}

func wanted(kind Kind, kinds []Kind) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return len(kinds) == 0
}

// Tick plans everything that has fallen due since the last tick of any replica.
// What is too late to be sent is recorded as skipped.
func (p *Planner) Tick(ctx context.Context, now time.Time) error {
	return p.Records.AdvancePlan(ctx, now, func(tx pgx.Tx, since time.Time) error {
		for _, o := range p.Schedule.between(since, now) {
			if err := p.plan(ctx, tx, o, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// Send plans the reminders of the given kinds that are due at now, whether or not
// a tick has come to them yet. It returns how many were new.
func (p *Planner) Send(ctx context.Context, begin func(context.Context, func(pgx.Tx) error) error, now time.Time, kinds ...Kind) (int, error) {
	due, err := p.Due(ctx, now, kinds...)
	if err != nil {
		return 0, err
	}
	added := 0
	err = begin(ctx, func(tx pgx.Tx) error {
		added, err = p.queue(ctx, tx, due, now)
		return err
	})
	return added, err
}

func (p *Planner) plan(ctx context.Context, tx pgx.Tx, o occurrence, now time.Time) error {
	if o.expired(now) {
		_, err := p.Queue.Plan(ctx, tx, skipped(o, now))
		return err
	}
	reminders, err := p.reminders(ctx, o, now)
	if err != nil {
		return err
	}
	_, err = p.queue(ctx, tx, reminders, now)
	return err
}

func (p *Planner) queue(ctx context.Context, tx pgx.Tx, reminders []Reminder, now time.Time) (added int, err error) {
	for _, r := range reminders {
		d, err := r.delivery(now)
		if err != nil {
			return added, err
		}
		fresh, err := p.Queue.Plan(ctx, tx, d)
		if err != nil {
			return added, err
		}
		if fresh {
			added++
		}
	}
	return added, nil
}

// reminders lists what an occurrence has to say, and to whom. On a day off it
// says nothing.
func (p *Planner) reminders(ctx context.Context, o occurrence, now time.Time) ([]Reminder, error) {
	duty, err := p.Workdays.IsDutyDay(o.day)
	if err != nil {
		return nil, fmt.Errorf("remind: %s of %s: %w", o.kind, o.day, err)
	}
	if !duty {
		return nil, nil
	}
	reminders, err := p.evening(ctx, o.day, now)
	if err != nil {
		return nil, fmt.Errorf("remind: %s of %s: %w", o.kind, o.day, err)
	}
	return reminders, nil
}

func (r Reminder) delivery(now time.Time) (store.Delivery, error) {
	content, err := r.Card.JSON()
	if err != nil {
		return store.Delivery{}, fmt.Errorf("remind: card of %s: %w", r.Key, err)
	}
	d := store.Delivery{
		Key: r.Key, Day: r.Day, Kind: string(r.Kind), ReceiverType: r.Receiver.Type, Receiver: r.Receiver.ID,
		Title: r.Title, Card: content, UUID: digest(r.Key), State: "waiting", PlannedAt: now,
	}
	if d.Receiver == "" {
		d.State, d.Reason = "failed", "no open_id bound"
	}
	return d, nil
}

// skipped records that a reminder was missed for too long to be sent.
func skipped(o occurrence, now time.Time) store.Delivery {
	key := fmt.Sprintf("%s:%s:skipped", o.kind, o.day)
	return store.Delivery{
		Key: key, Day: o.day, Kind: string(o.kind), ReceiverType: "chat", Title: "skipped", Card: []byte("{}"),
		UUID: digest(key), State: "skipped", PlannedAt: now, Reason: "the service was down for more than 3 h",
	}
}

// digest makes a short key of a long or personal one.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}
