package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/cache"
)

// Pace says when a message may go to a receiver; *cache.Pace is one, which all
// replicas share.
type Pace interface {
	// Take takes a place for a message and returns 0, or returns how long to
	// wait before asking again.
	Take(ctx context.Context, receiver string, limits cache.Limits) time.Duration
	// Hold keeps everybody from sending anything for so long.
	Hold(ctx context.Context, d time.Duration)
}

// The platform takes 50 messages a second and 1,000 a minute of an app, and 5 a
// second to one person or group. The windows are a little longer than its own:
// messages do not all take equally long to arrive.
var (
	answerLimits = cache.Limits{
		App:      []cache.Window{{Size: 50, Length: 1100 * time.Millisecond}, {Size: 1000, Length: 61 * time.Second}},
		Receiver: cache.Window{Size: 5, Length: 1100 * time.Millisecond},
	}
	// A delivery leaves places in every window, so that an answer finds one
	// however many deliveries wait: where few are left, only answers go. That it
	// keeps to the minute's rate within 2 s as well makes places come free all the
	// time, not in one rush at the minute's end.
	deliveryLimits = cache.Limits{
		App:      []cache.Window{{Size: 33, Length: 2 * time.Second}, {Size: 985, Length: 60500 * time.Millisecond}},
		Receiver: cache.Window{Size: 4, Length: 1100 * time.Millisecond},
	}
)

const (
	// patientFor is how long a job waits for its turn before it is put back into
	// the queue, which has no short waits: it wakes them every few seconds.
	patientFor = 12 * time.Second
	// Deliveries planned earlier for the same receiver are looked for so often.
	lookAgain = 100 * time.Millisecond
	looks     = 10
)

// await waits for a place at the platform's pace. A job whose place is far off,
// or whose process stops, is put back; that counts as no attempt.
func (j *Jobs) await(ctx context.Context, receiver string, limits cache.Limits) error {
	if j.Pace == nil {
		return nil
	}
	patient := time.Now().Add(patientFor)
	for {
		wait := j.Pace.Take(ctx, receiver, limits)
		left := time.Until(patient)
		switch {
		case wait <= 0:
			return nil
		case left <= 0:
			return river.JobSnooze(wait)
		}
		if err := j.sleep(ctx, min(wait, left)); err != nil {
			return err
		}
	}
}

// inTurn waits until nothing planned earlier for the receiver of a delivery
// waits any more, then for its place. Only the next in line waits here: the
// others would keep its worker from it.
func (j *Jobs) inTurn(ctx context.Context, d store.Delivery) error {
	for range looks {
		before, err := j.Records.WaitingBefore(ctx, d)
		switch {
		case err != nil:
			return err
		case before == 0:
			return j.await(ctx, d.Receiver, deliveryLimits)
		case before > 1:
			return river.JobSnooze(time.Duration(before) * lookAgain)
		}
		if err := j.sleep(ctx, lookAgain); err != nil {
			return err
		}
	}
	return river.JobSnooze(looks * lookAgain)
}

// sleep ends early, with what becomes of the job, when the process stops.
func (j *Jobs) sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-j.stopping:
		return river.JobSnooze(0)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// hold makes all replicas wait for as long as the platform asks.
func (j *Jobs) hold(ctx context.Context, refusal *feishu.Error) {
	if j.Pace != nil && refusal.After > 0 {
		j.Pace.Hold(ctx, refusal.After)
	}
}
