package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/db"
)

// The states of a delivery. Only a waiting one is sent; the others are final.
const (
	DeliveryWaiting = "waiting" // planned, not sent yet, or to be tried again
	DeliverySent    = "sent"    // the platform has taken it
	DeliveryFailed  = "failed"  // cannot be delivered: not in the group, no open_id, out of scope, …
	DeliverySkipped = "skipped" // not sent on purpose: too late, muted, …
)

// Who a delivery goes to.
const (
	ToPerson = "person" // Receiver is an open_id
	ToChat   = "chat"   // Receiver is a chat_id
)

// Delivery is one message that must reach somebody exactly once, known by its
// key and day.
type Delivery struct {
	Key          string // (kind, day or threshold, receiver)
	Day          calendar.Date
	Kind         string // morning, evening, …
	ReceiverType string // ToPerson, ToChat
	Receiver     string // "" = not known
	Title        string
	Card         json.RawMessage
	UUID         string // the platform's idempotency key: the same at every try
	State        string // "" when planned is DeliveryWaiting
	Tries        int
	PlannedAt    time.Time
	Until        time.Time // the last moment at which it may go out; zero when planned is 3 hours later
	FirstTryAt   *time.Time
	// TriedFor is how long ago it was first tried by the database's clock, which
	// jumps with no replica's; 0 if never.
	TriedFor   time.Duration
	FinishedAt *time.Time
	MessageID  string // the platform's, once sent
	Code       int    // the platform's error, if it failed
	Reason     string // why it failed or was skipped
}

// Outcome is how a delivery ended.
type Outcome struct {
	State     string // DeliverySent, DeliveryFailed, DeliverySkipped
	At        time.Time
	MessageID string
	Code      int
	Reason    string
}

// DeliveryFilter chooses deliveries; a zero field does not restrict.
type DeliveryFilter struct {
	First, Last calendar.Date // both included
	Kind, State string
}

// PlanDelivery stores a delivery in the transaction that also inserts its job,
// and reports whether it is new. One that is there already stays as it is, and
// must not be sent a second time.
func (s *Store) PlanDelivery(ctx context.Context, tx pgx.Tx, d Delivery) (isNew bool, err error) {
	queries := s.queries.WithTx(tx)
	if err := queries.EnsureDeliveryMonth(ctx, d.Day.UTC()); err != nil {
		return false, failed("month of deliveries", err)
	}
	if d.State == "" {
		d.State = DeliveryWaiting
	}
	added, err := queries.PlanDelivery(ctx, db.PlanDeliveryParams{
		Key: d.Key, Day: d.Day.UTC(), Kind: d.Kind, ReceiverType: d.ReceiverType, Receiver: d.Receiver,
		Title: d.Title, Card: d.Card, Uuid: d.UUID, State: d.State, PlannedAt: d.PlannedAt,
		Until: momentOrNull(d.Until), FinishedAt: d.FinishedAt, Reason: d.Reason,
	})
	return added > 0, failed("plan a delivery", err)
}

// Delivery returns the delivery with that key and day, or [ErrNotFound].
func (s *Store) Delivery(ctx context.Context, key string, day calendar.Date) (Delivery, error) {
	row, err := s.queries.Delivery(ctx, db.DeliveryParams{Key: key, Day: day.UTC()})
	if err != nil {
		return Delivery{}, failed("delivery", err)
	}
	return delivery(db.DeliveriesRow(row)), nil
}

// Deliveries returns the chosen deliveries by day, then by when they were planned.
func (s *Store) Deliveries(ctx context.Context, filter DeliveryFilter) ([]Delivery, error) {
	if filter.Last.IsZero() {
		filter.Last = calendar.NewDate(9999, time.December, 31)
	}
	rows, err := s.queries.Deliveries(ctx, db.DeliveriesParams{
		First: max(filter.First, 1).UTC(), Last: filter.Last.UTC(), Kind: filter.Kind, State: filter.State,
	})
	if err != nil {
		return nil, failed("deliveries", err)
	}
	deliveries := make([]Delivery, len(rows))
	for i, row := range rows {
		deliveries[i] = delivery(row)
	}
	return deliveries, nil
}

// TryDelivery counts a try that is about to be made; [ErrNotFound] if no such
// delivery is waiting.
func (s *Store) TryDelivery(ctx context.Context, key string, day calendar.Date, now time.Time) error {
	waiting, err := s.queries.TryDelivery(ctx, db.TryDeliveryParams{Key: key, Day: day.UTC(), Now: now})
	if err == nil && waiting == 0 {
		err = ErrNotFound
	}
	return failed("count the try of a delivery", err)
}

// FinishDelivery records how a waiting delivery ended. One that has ended
// keeps its first outcome.
func (s *Store) FinishDelivery(ctx context.Context, key string, day calendar.Date, outcome Outcome) error {
	return failed("finish a delivery", s.queries.FinishDelivery(ctx, db.FinishDeliveryParams{
		Key: key, Day: day.UTC(), State: outcome.State, FinishedAt: outcome.At,
		MessageID: outcome.MessageID, Code: int32(outcome.Code), Reason: outcome.Reason,
	}))
}

func delivery(row db.DeliveriesRow) Delivery {
	d := Delivery{
		Key: row.Key, Day: calendar.NewDate(row.Day.Date()), Kind: row.Kind,
		ReceiverType: row.ReceiverType, Receiver: row.Receiver, Title: row.Title, Card: row.Card,
		UUID: row.Uuid, State: row.State, Tries: int(row.Tries), PlannedAt: row.PlannedAt,
		Until: row.Until, FirstTryAt: row.FirstTryAt, FinishedAt: row.FinishedAt, Reason: row.Reason,
		TriedFor: time.Duration(row.TriedFor * float64(time.Second)),
	}
	if row.MessageID != nil {
		d.MessageID = *row.MessageID
	}
	if row.Code != nil {
		d.Code = int(*row.Code)
	}
	return d
}

func momentOrNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
