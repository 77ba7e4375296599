// Package undelivered tells the centre once a day what the assistant could not
// deliver and what can be done about it, and which records are late.
package undelivered

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Kind is the kind of these messages among the deliveries.
const Kind = "undelivered"

// night is the time of day from which no report is made or sent any more.
const night = 20 * time.Hour

// firstLook is how far the first report of all looks back.
const firstLook = 24 * time.Hour

// Records is what the report asks the database; *store.Store is one.
type Records interface {
	People(ctx context.Context) ([]store.Person, error)
	Reach(ctx context.Context, at time.Time) (map[sheet.Name]store.Reach, error)
	Undelivered(ctx context.Context, after, until time.Time, exceptKind string) ([]store.Undelivered, error)
	LastDeliveryOf(ctx context.Context, kind string, before calendar.Date) (time.Time, error)
	PlanAlone(ctx context.Context, tx pgx.Tx) error
	Pool() *pgxpool.Pool
}

// Queue takes a delivery and the job that sends it, in one transaction; a key
// that was taken before does nothing.
type Queue interface {
	Plan(ctx context.Context, tx pgx.Tx, d store.Delivery) (isNew bool, err error)
}

// Report goes to every 中心管理员 on duty who has an identity on the platform.
type Report struct {
	Records  Records
	Queue    Queue
	Workdays *calendar.Workdays
	EveryDay bool            // the street is on duty every day
	At       []time.Duration // the time of day in Shanghai; none: no report
	Words    *remind.Words   // nil = as they come with the program

	made calendar.Date // the last day this process has made it for
}

// Tick plans the day's report on a duty day, at its time or as soon after as it is
// called: one to each receiver, however many processes do so. Where there is
// nothing to tell, nobody is told.
func (r *Report) Tick(ctx context.Context, now time.Time) error {
	today := calendar.DateOf(now)
	sinceMidnight := now.Sub(today.Start())
	if r.made == today || len(r.At) == 0 || sinceMidnight < r.At[0] || sinceMidnight >= night {
		return nil
	}
	duty, err := r.onDuty(today)
	if err == nil && duty {
		err = r.plan(ctx, today, now)
	}
	if err != nil {
		return fmt.Errorf("undelivered: report of %s: %w", today, err)
	}
	r.made = today
	return nil
}

// onDuty takes a year whose workdays are not known for one without duty: the
// reminders do so too.
func (r *Report) onDuty(day calendar.Date) (bool, error) {
	if r.EveryDay {
		return true, nil
	}
	duty, err := r.Workdays.IsDutyDay(day)
	if unknown := (*calendar.NoDataError)(nil); errors.As(err, &unknown) {
		return false, nil
	}
	return duty, err
}

func (r *Report) plan(ctx context.Context, today calendar.Date, now time.Time) error {
	c, err := r.card(ctx, today, now)
	if err != nil || c == nil {
		return err
	}
	content, err := c.JSON()
	if err != nil {
		return err
	}
	people, err := r.Records.People(ctx)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, r.Records.Pool(), func(tx pgx.Tx) error {
		if err := r.Records.PlanAlone(ctx, tx); err != nil {
			return err
		}
		for _, p := range people {
			if p.Role != store.Admin || !p.OnDuty || p.OpenID == "" {
				continue
			}
			_, err := r.Queue.Plan(ctx, tx, store.Delivery{
				Key: key(today, p), Day: today, Kind: Kind, ReceiverType: store.ToPerson, Receiver: p.OpenID,
				Title: c.Title, Card: content, PlannedAt: now, Until: today.Start().Add(night),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// key holds the person, not the identity on the platform, which may be bound
// anew; and of the person nothing that can be read.
func key(day calendar.Date, p store.Person) string {
	sum := sha256.Sum256([]byte(p.Mobile))
	return fmt.Sprintf("%s:%s:%s:%s", Kind, day, store.ToPerson, hex.EncodeToString(sum[:16]))
}

// card is what there is to tell since the last report; nil if nothing.
func (r *Report) card(ctx context.Context, today calendar.Date, now time.Time) (*card.Card, error) {
	since, err := r.Records.LastDeliveryOf(ctx, Kind, today)
	if err != nil {
		return nil, err
	}
	if since.IsZero() {
		since = now.Add(-firstLook)
	}
	failures, err := r.Records.Undelivered(ctx, since, now, Kind)
	if err != nil {
		return nil, err
	}
	reach, err := r.Records.Reach(ctx, now)
	if err != nil {
		return nil, err
	}
	expected, err := r.lastDutyDay(today)
	if err != nil {
		return nil, err
	}
	late := lateOnes(reach, expected)
	if len(failures)+len(late) == 0 {
		return nil, nil
	}
	return r.draw(since, failures, late), nil
}

// lastDutyDay is the duty day before today: its records should be there.
func (r *Report) lastDutyDay(today calendar.Date) (calendar.Date, error) {
	for day := today - 1; day > today-31; day-- {
		duty, err := r.onDuty(day)
		if err != nil || duty {
			return day, err
		}
	}
	return today - 1, nil
}
