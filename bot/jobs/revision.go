package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// staleAfter is how long after it was made a new version of a card is of use.
const staleAfter = time.Hour

// RevisionArgs is the job of a new version of a card that was delivered.
type RevisionArgs struct {
	Key  string          `json:"key"`
	Day  calendar.Date   `json:"day"`
	Card json.RawMessage `json:"card"`
	At   time.Time       `json:"at"` // when it was made
}

// Kind names the job in the database.
func (RevisionArgs) Kind() string { return "revision" }

// InsertOpts are the job's queue and how often it is tried: an old figure on a
// card is no disaster.
func (RevisionArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queueDeliveries, MaxAttempts: 6}
}

// Revise puts another card in the place of a delivered one, by a job that the
// caller's transaction inserts. Nobody is notified. What was not delivered stays
// as it is.
func (j *Jobs) Revise(ctx context.Context, tx pgx.Tx, key string, day calendar.Date, card json.RawMessage) error {
	if _, err := j.client.InsertTx(ctx, tx, RevisionArgs{key, day, card, j.Now()}, nil); err != nil {
		return fmt.Errorf("jobs: revise a card: %w", err)
	}
	return nil
}

type reviser struct {
	river.WorkerDefaults[RevisionArgs]
	jobs *Jobs
}

func (w *reviser) NextRetry(job *river.Job[RevisionArgs]) time.Time {
	return w.jobs.retryAt(job.JobRow)
}

// Work replaces the card. To do so twice does no harm.
func (w *reviser) Work(ctx context.Context, job *river.Job[RevisionArgs]) error {
	d, err := w.jobs.Records.Delivery(ctx, job.Args.Key, job.Args.Day)
	stale := w.jobs.Now().Sub(job.Args.At) > staleAfter
	if errors.Is(err, store.ErrNotFound) || err == nil && (d.State != store.DeliverySent || stale) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.jobs.await(ctx, d.Receiver, deliveryLimits); err != nil {
		return err
	}
	refused, again := w.jobs.judge(ctx, w.jobs.Platform.Update(ctx, d.MessageID, job.Args.Card))
	if refused != nil {
		w.jobs.logRefusal(ctx, "new card", refused, "kind", d.Kind)
		return river.JobCancel(refused)
	}
	return again
}
