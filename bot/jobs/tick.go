package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// remembered is how long taken events are kept: well past the platform's last
// redelivery after about 7 hours, and the oldest timestamp that is believed.
const remembered = 3 * 24 * time.Hour

// TickArgs is the job of one minute.
type TickArgs struct{}

// Kind names the job in the database.
func (TickArgs) Kind() string { return "tick" }

// InsertOpts are the job's queue, and that a failed tick is not repeated: the
// next minute does what it left.
func (TickArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queueTicks, MaxAttempts: 1}
}

// everyMinute inserts a tick at the start of each minute, and one when this
// process takes the lead: the minutes without a leader are nobody's.
func everyMinute() *river.PeriodicJob {
	return river.NewPeriodicJob(minutes{},
		func() (river.JobArgs, *river.InsertOpts) { return TickArgs{}, nil },
		&river.PeriodicJobOpts{RunOnStart: true})
}

type minutes struct{}

func (minutes) Next(t time.Time) time.Time { return t.Truncate(time.Minute).Add(time.Minute) }

type ticker struct {
	river.WorkerDefaults[TickArgs]
	jobs *Jobs
}

// Timeout leaves a tick as long as its job stays its own.
func (w *ticker) Timeout(*river.Job[TickArgs]) time.Duration { return rescueAfter - 10*time.Second }

func (w *ticker) Work(ctx context.Context, _ *river.Job[TickArgs]) error {
	now := w.jobs.Now()
	var tickErr error
	if w.jobs.Tick != nil {
		tickErr = w.jobs.Tick(ctx, now)
	}
	_, err := w.jobs.Records.ForgetEvents(ctx, now.Add(-remembered))
	if err := errors.Join(tickErr, err); err != nil {
		return fmt.Errorf("tick of %s: %w", now.Format(time.RFC3339), err)
	}
	return nil
}
