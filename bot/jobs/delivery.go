package jobs

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// What the centre reads about a delivery that did not go out.
const (
	reasonLate    = "过了该发出的时候还没能发出，不再发送"
	reasonUnknown = "平台一直没有确认是否发出，为避免重复不再发送"
)

// DeliveryArgs is the job of one delivery: the row holds everything else.
type DeliveryArgs struct {
	Key string        `json:"key"`
	Day calendar.Date `json:"day"`
}

// Kind names the job in the database.
func (DeliveryArgs) Kind() string { return "delivery" }

// InsertOpts are the job's queue and its number of attempts: so many that only
// the delivery's own rules end it.
func (DeliveryArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queueDeliveries, MaxAttempts: 1000}
}

// Plan stores a delivery and its job in the caller's transaction, and reports
// whether it is new: what has the same key and day is already on its way or
// done. An empty UUID is made from key and day. One that is planned in a final
// state (skipped, failed) is only recorded.
func (j *Jobs) Plan(ctx context.Context, tx pgx.Tx, d store.Delivery) (isNew bool, err error) {
	if d.UUID == "" {
		d.UUID = UUID("delivery", d.Key, d.Day.String())
	}
	isNew, err = j.Records.PlanDelivery(ctx, tx, d)
	if err == nil && isNew && (d.State == "" || d.State == store.DeliveryWaiting) {
		_, err = j.client.InsertTx(ctx, tx, DeliveryArgs{Key: d.Key, Day: d.Day}, j.start(d))
	}
	if err != nil {
		return false, fmt.Errorf("jobs: plan a delivery: %w", err)
	}
	return isNew, nil
}

// start says when a delivery's first try may begin, by the queue's own clock:
// every receiver has a place of its own within the spread.
func (j *Jobs) start(d store.Delivery) *river.InsertOpts {
	if j.Spread <= 0 {
		return nil
	}
	place := fnv.New64a()
	place.Write([]byte(d.Receiver))
	return &river.InsertOpts{ScheduledAt: time.Now().Add(time.Duration(place.Sum64() % uint64(j.Spread)))}
}

// Retry sends a delivery that failed again; [store.ErrNotFound] if there is none.
func (j *Jobs) Retry(ctx context.Context, key string, day calendar.Date) error {
	err := pgx.BeginFunc(ctx, j.Pool, func(tx pgx.Tx) error {
		if err := j.Records.RetryDelivery(ctx, tx, key, day, j.Now()); err != nil {
			return err
		}
		_, err := j.client.InsertTx(ctx, tx, DeliveryArgs{Key: key, Day: day}, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("jobs: retry a delivery: %w", err)
	}
	return nil
}

type deliverer struct {
	river.WorkerDefaults[DeliveryArgs]
	jobs *Jobs
}

func (w *deliverer) NextRetry(job *river.Job[DeliveryArgs]) time.Time {
	return w.jobs.retryAt(job.JobRow)
}

// Work sends one delivery, if that is still to be done. The try is on record
// before the message leaves and the success only after the platform's answer:
// a crash in between leads to a repetition that the platform recognises.
func (w *deliverer) Work(ctx context.Context, job *river.Job[DeliveryArgs]) error {
	key, day, now := job.Args.Key, job.Args.Day, w.jobs.Now()
	d, err := w.jobs.Records.Delivery(ctx, key, day)
	if errors.Is(err, store.ErrNotFound) {
		return river.JobCancel(err)
	}
	if err != nil || d.State != store.DeliveryWaiting {
		return err
	}
	if outcome, over := expired(d, now); over {
		w.jobs.Log.WarnContext(ctx, "jobs: delivery not sent", "kind", d.Kind, "state", outcome.State, "tries", d.Tries)
		return w.jobs.Records.FinishDelivery(ctx, key, day, outcome)
	}
	if err := w.jobs.inTurn(ctx, d); err != nil {
		return err
	}
	return w.try(ctx, d)
}

func (w *deliverer) try(ctx context.Context, d store.Delivery) error {
	if err := w.jobs.Records.TryDelivery(ctx, d.Key, d.Day, w.jobs.Now()); err != nil {
		return err
	}
	messageID, err := w.jobs.Platform.Send(ctx, receiverType(d), d.Receiver, d.Card, d.UUID)
	refused, again := w.jobs.judge(ctx, err)
	switch {
	case again != nil:
		return again
	case refused != nil:
		return w.refused(ctx, d, refused)
	}
	return w.jobs.Records.FinishDelivery(ctx, d.Key, d.Day,
		store.Outcome{State: store.DeliverySent, At: w.jobs.Now(), MessageID: messageID})
}

// expired decides about a delivery whose time has passed: never tried, it is
// skipped; tried without an answer, nobody knows, and twice would be worse.
// Whether the platform still knows the first try is told by the database's clock:
// that of a replica may have jumped since.
func expired(d store.Delivery, now time.Time) (store.Outcome, bool) {
	over := !now.Before(d.Until)
	switch {
	case d.FirstTryAt == nil && over:
		return store.Outcome{State: store.DeliverySkipped, At: now, Reason: reasonLate}, true
	case d.FirstTryAt != nil && (over || !mayRepeat(d.TriedFor)):
		return store.Outcome{State: store.DeliveryFailed, At: now, Reason: reasonUnknown}, true
	}
	return store.Outcome{}, false
}

func receiverType(d store.Delivery) string {
	if d.ReceiverType == store.ToChat {
		return feishu.ToChat
	}
	return feishu.ToPerson
}

// refused records why a delivery cannot go out. A group that the assistant is not
// in any more is unbound.
func (w *deliverer) refused(ctx context.Context, d store.Delivery, refusal *feishu.Error) error {
	w.jobs.logRefusal(ctx, "delivery", refusal, "kind", d.Kind)
	if refusal.Verdict == feishu.Unbind && d.ReceiverType == store.ToChat {
		if err := w.jobs.Records.UnbindGroup(ctx, d.Receiver); err != nil {
			return err
		}
	}
	return w.jobs.Records.FinishDelivery(ctx, d.Key, d.Day,
		store.Outcome{State: store.DeliveryFailed, At: w.jobs.Now(), Code: refusal.Code, Reason: refusal.Meaning()})
}
