// Package jobs does the assistant's work durably, on the same Postgres as the
// records: a chat event is answered, a reminder delivered and the minute's
// tick made although processes are killed, restarted or many.
//
// Everything here may run twice and takes effect once. An event's job is
// inserted in the transaction that remembers the event. A question is answered
// by the process that took it, without a detour: its job is there for when that
// fails or the process is killed. Then the answer is a job of its own, inserted
// in the transaction that completes the first. A message carries a uuid by
// which the platform knows a repetition for an hour; past that, what is not
// known to have failed is not sent again.
package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// Records is what jobs need of the store.
type Records interface {
	TakeEvent(ctx context.Context, e store.Event) (id int64, fresh bool, err error)
	EndJob(ctx context.Context, e store.JobEnding) error
	ForgetEvents(ctx context.Context, before time.Time) (int, error)
	PlanDelivery(ctx context.Context, tx pgx.Tx, d store.Delivery) (isNew bool, err error)
	Delivery(ctx context.Context, key string, day calendar.Date) (store.Delivery, error)
	TryDelivery(ctx context.Context, key string, day calendar.Date, now time.Time) error
	FinishDelivery(ctx context.Context, key string, day calendar.Date, outcome store.Outcome) error
	RetryDelivery(ctx context.Context, tx pgx.Tx, key string, day calendar.Date, now time.Time) error
	UnbindGroup(ctx context.Context, chatID string) error
	WaitingBefore(ctx context.Context, d store.Delivery) (n int, err error)
}

// Platform sends cards; its errors wrap a *feishu.Error.
type Platform interface {
	Send(ctx context.Context, receiverType, receiver string, card json.RawMessage, uuid string) (messageID string, err error)
	Reply(ctx context.Context, messageID string, card json.RawMessage, uuid string) (newID string, err error)
	Update(ctx context.Context, messageID string, card json.RawMessage) error
}

// Conversation decides what an event or a press of a button brings. It may be
// asked twice about the same event, after a crash. A nil reply is silence.
type Conversation interface {
	Handle(ctx context.Context, event bot.Event, now time.Time) (*bot.Reply, error)
	Press(ctx context.Context, press bot.Press, now time.Time) (bot.PressAnswer, error)
}

// Deps are what the jobs work with. All but Tick, Pace, Spread and Backoff are
// required.
type Deps struct {
	Pool         *pgxpool.Pool // a migrated database
	Records      Records
	Platform     Platform
	Conversation Conversation
	// Tick is called about once a minute by one of all processes, with now. It
	// may miss minutes and may overlap with the tick of another process, so it
	// works from a mark it keeps in the database. Nil = nothing falls due.
	Tick func(ctx context.Context, now time.Time) error
	// Pace keeps the platform's limits. Nil = there are none.
	Pace Pace
	// Spread is the time over which deliveries planned together go out, so that
	// they do not crowd the platform. 0 = at once.
	Spread time.Duration
	// Backoff is how long a job waits after so many tries. Nil = 1 s, 2 s, 4 s …
	// up to 2 minutes.
	Backoff func(tries int) time.Duration
	Now     func() time.Time
	Log     *slog.Logger
}

// The queues. Each has workers of its own, so that an answer never waits
// behind reminders.
const (
	queueAnswers    = "answers"
	queueDeliveries = "deliveries"
	queueTicks      = "ticks"
)

const (
	jobTimeout  = 30 * time.Second
	rescueAfter = time.Minute            // a running job this old belongs to a killed process
	pollEvery   = 250 * time.Millisecond // new jobs announce themselves; those that waited do not
	softStop    = 15 * time.Second
	// keepDone bounds how long the cards of answers stay in the database.
	keepDone = time.Hour
)

// Jobs inserts durable jobs and, once started, works them.
type Jobs struct {
	Deps
	client   *river.Client[pgx.Tx]
	desk     *desk
	stopping chan struct{} // closed when Stop is called
	stopOnce sync.Once
}

// New returns jobs that are not worked yet: Take, Press and Plan can already be
// used, and other processes may work what they insert.
func New(deps Deps) (*Jobs, error) {
	if deps.Backoff == nil {
		deps.Backoff = backoff
	}
	j := &Jobs{Deps: deps, desk: newDesk(), stopping: make(chan struct{})}
	workers := river.NewWorkers()
	river.AddWorker(workers, &answerer{jobs: j})
	river.AddWorker(workers, &messenger{jobs: j})
	river.AddWorker(workers, &deliverer{jobs: j})
	river.AddWorker(workers, &reviser{jobs: j})
	river.AddWorker(workers, &ticker{jobs: j})
	client, err := river.NewClient(riverpgxv5.New(deps.Pool), &river.Config{
		Queues: map[string]river.QueueConfig{
			queueAnswers:    {MaxWorkers: 32},
			queueDeliveries: {MaxWorkers: 16},
			queueTicks:      {MaxWorkers: 1},
		},
		Workers:                     workers,
		PeriodicJobs:                []*river.PeriodicJob{everyMinute()},
		Logger:                      deps.Log,
		FetchCooldown:               10 * time.Millisecond,
		FetchPollInterval:           pollEvery,
		JobTimeout:                  jobTimeout,
		RescueStuckJobsAfter:        rescueAfter,
		SoftStopTimeout:             softStop,
		CompletedJobRetentionPeriod: keepDone,
		CancelledJobRetentionPeriod: keepDone,
	})
	if err != nil {
		return nil, fmt.Errorf("jobs: %w", err)
	}
	j.client = client
	return j, nil
}

// retryAt is when a job that has just failed is tried again, by the queue's own
// clock: counted from its start, a slow failure would lie in the past, and the
// queue would choose a time of its own.
func (j *Jobs) retryAt(job *rivertype.JobRow) time.Time {
	return time.Now().Add(j.Backoff(job.Attempt))
}

// Start begins to work jobs. It goes on until Stop, whatever becomes of ctx.
func (j *Jobs) Start(ctx context.Context) error {
	if err := j.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("jobs: start: %w", err)
	}
	j.desk.open()
	return nil
}

// Stop takes no new job and waits for those under way; after 15 s they are
// told to break off and are done again later, and so are at once those that
// still wait for their turn. It returns an error if ctx ends first. Stopping
// what was never started, or twice, is fine.
func (j *Jobs) Stop(ctx context.Context) error {
	j.stopOnce.Do(func() { close(j.stopping) })
	var both errgroup.Group
	both.Go(func() error { return j.desk.close(ctx, softStop) })
	both.Go(func() error { return j.client.Stop(ctx) })
	if err := both.Wait(); err != nil {
		return fmt.Errorf("jobs: stop: %w", err)
	}
	return nil
}
