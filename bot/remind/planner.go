// Package remind knows what is due to whom and when: it plans the reminders
// that fall due, each exactly once, and leaves the sending to durable jobs.
package remind

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Records is what the planner asks the database; *store.Store is one.
type Records interface {
	Grids(ctx context.Context) ([]store.Grid, error)
	People(ctx context.Context) ([]store.Person, error)
	Groups(ctx context.Context) ([]store.Group, error)
	Reach(ctx context.Context, at time.Time) (map[sheet.Name]store.Reach, error)
	DueItems(ctx context.Context, grids []string, from, until, at time.Time) ([]store.Item, error)
	SpecialPeriods(ctx context.Context, first, last calendar.Date) ([]store.SpecialPeriod, error)
	PeriodPersons(ctx context.Context, at time.Time) ([]store.PeriodPerson, error)
	Muted(ctx context.Context, kind string, day calendar.Date) (map[string]bool, error)
	Silences(ctx context.Context, day calendar.Date) ([]store.Silence, error)
	HazardSites(ctx context.Context, day calendar.Date) (map[string]int, error)
	ExemptGrids(ctx context.Context, day calendar.Date) (map[string]bool, error)
	Delivery(ctx context.Context, key string, day calendar.Date) (store.Delivery, error)
	DeliveryCounts(ctx context.Context, day calendar.Date) ([]store.Count, error)
	HaveTold(ctx context.Context, subjects []string) (map[store.Told]bool, error)
	Tell(ctx context.Context, tx pgx.Tx, told []store.Told, now time.Time) error
	AdvancePlan(ctx context.Context, now time.Time, plan func(tx pgx.Tx, since time.Time) error) error
	PlanAlone(ctx context.Context, tx pgx.Tx) error
	Pool() *pgxpool.Pool
}

// Results gives the results of all grids, the same that questions are answered from.
type Results interface {
	All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error)
}

// Queue takes a delivery and the job that sends it, in one transaction; a key
// that was taken before does nothing. It also takes other cards for what was
// delivered.
type Queue interface {
	Plan(ctx context.Context, tx pgx.Tx, d store.Delivery) (isNew bool, err error)
	Revise(ctx context.Context, tx pgx.Tx, key string, day calendar.Date, card json.RawMessage) error
}

// Planner plans the reminders of a street.
type Planner struct {
	Records  Records
	Results  Results
	Queue    Queue // may be nil where nothing but Due is asked
	Rules    *scoring.Rulebook
	Workdays *calendar.Workdays
	EveryDay bool // the street is on duty every day (policy daily_days: all)
	Schedule Schedule
	// Emergencies are the categories of items, 公共安全, or single kinds of them,
	// 公共安全/消防通道, of which people are reminded at night and on days off too.
	Emergencies []string
	Words       *Words       // nil = as they come with the program
	Log         *slog.Logger // nil = nowhere
}

// Due lists the reminders of the given kinds that are due at a moment: their
// time has come and is not longer ago than they are worth sending. No kinds
// means all that are switched on. In a year whose workdays are not known it
// fails with a [*calendar.NoDataError].
func (p *Planner) Due(ctx context.Context, at time.Time, kinds ...Kind) ([]Reminder, error) {
	var due []Reminder
	for _, o := range p.Schedule.between(at.Add(-longestLateness-time.Nanosecond), at) {
		if len(kinds) > 0 && !slices.Contains(kinds, o.kind) || o.kind == eveningUpdate || o.expired(at) {
			continue
		}
		falls, err := p.falls(ctx, o)
		if err != nil {
			return nil, err
		}
		if !falls {
			continue
		}
		reminders, err := p.reminders(ctx, o, at)
		if err != nil {
			return nil, err
		}
		due = append(due, reminders...)
	}
	return due, nil
}

// Send queues the reminders of the given kinds that are due at a moment, as
// planned now, whether or not a tick has come to them yet. It returns how many
// were new.
func (p *Planner) Send(ctx context.Context, at, now time.Time, kinds ...Kind) (added int, err error) {
	err = pgx.BeginFunc(ctx, p.Records.Pool(), func(tx pgx.Tx) error {
		if err := p.Records.PlanAlone(ctx, tx); err != nil {
			return err
		}
		due, err := p.Due(ctx, at, kinds...)
		if err != nil {
			return err
		}
		added, err = p.queue(ctx, tx, due, now)
		return err
	})
	return added, err
}

// Tick queues everything that has fallen due since the last tick of any replica.
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

// plan queues what an occurrence brings. A year without known workdays must not
// hold up everything after it: its occurrences are passed over.
func (p *Planner) plan(ctx context.Context, tx pgx.Tx, o occurrence, now time.Time) error {
	err := p.planKnown(ctx, tx, o, now)
	if unknown := (*calendar.NoDataError)(nil); errors.As(err, &unknown) {
		p.log().WarnContext(ctx, "remind: passed over", "kind", o.kind, "day", o.day, "error", err)
		return nil
	}
	return err
}

func (p *Planner) planKnown(ctx context.Context, tx pgx.Tx, o occurrence, now time.Time) error {
	falls, err := p.falls(ctx, o)
	switch {
	case err != nil || !falls:
		return err
	case o.kind == eveningUpdate:
		return p.update(ctx, tx, o, now)
	case o.expired(now) && o.urgent:
		return nil
	case o.expired(now):
		p.log().WarnContext(ctx, "remind: missed", "kind", o.kind, "day", o.day)
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

// reminders lists what an occurrence has to say, and to whom.
func (p *Planner) reminders(ctx context.Context, o occurrence, now time.Time) ([]Reminder, error) {
	s, err := p.scene(ctx, o, now)
	if err != nil {
		return nil, fmt.Errorf("remind: %s of %s: %w", o.kind, o.day, err)
	}
	tell := map[Kind]func(context.Context) ([]Reminder, error){
		Morning: s.morning, Escalation: s.escalation, Overdue: s.overdue, Month: s.month,
		Result: s.result, Week: s.week, Evening: s.evening, Period: s.period,
	}[o.kind]
	reminders, err := tell(ctx)
	if err != nil {
		return nil, fmt.Errorf("remind: %s of %s: %w", o.kind, o.day, err)
	}
	return reminders, nil
}

// queue hands reminders over for delivery, and counts those that are new. The
// further parts of a message go where its first part goes, or nowhere.
func (p *Planner) queue(ctx context.Context, tx pgx.Tx, reminders []Reminder, now time.Time) (added int, err error) {
	var isNew bool
	for _, r := range reminders {
		if r.part > 1 && !isNew {
			continue
		}
		if isNew, err = p.queueOne(ctx, tx, r, now); err != nil {
			return 0, err
		}
		if isNew {
			added++
		}
	}
	return added, nil
}

func (p *Planner) queueOne(ctx context.Context, tx pgx.Tx, r Reminder, now time.Time) (isNew bool, err error) {
	d, err := r.delivery(now)
	if err != nil {
		return false, err
	}
	isNew, err = p.Queue.Plan(ctx, tx, d)
	if err == nil && isNew && len(r.tells) > 0 {
		err = p.Records.Tell(ctx, tx, r.tells, now)
	}
	return isNew, err
}

func (p *Planner) log() *slog.Logger {
	if p.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return p.Log
}
