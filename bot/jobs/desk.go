package jobs

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/riverqueue/river/rivertype"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/store"
)

// seats is how many questions a process answers at once by itself; what comes
// beyond that waits in the queue.
const seats = 256

// desk is where questions are answered as soon as they are taken.
type desk struct {
	ctx    context.Context // ends when what is under way is to break off
	cancel context.CancelFunc

	mu     sync.Mutex
	isOpen bool
	taken  int
	empty  *sync.Cond // nobody sits any more
}

func newDesk() *desk {
	d := &desk{}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.empty = sync.NewCond(&d.mu)
	return d
}

func (d *desk) open() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.isOpen = d.ctx.Err() == nil
}

// sit takes a seat if there is one; whoever has it leaves it.
func (d *desk) sit() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.isOpen || d.taken == seats {
		return false
	}
	d.taken++
	return true
}

func (d *desk) leave() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.taken--; d.taken == 0 {
		d.empty.Broadcast()
	}
}

// close gives no more seats and waits for those who sit; after a while, or when
// ctx ends, they are told to break off.
func (d *desk) close(ctx context.Context, patience time.Duration) error {
	timer := time.AfterFunc(patience, d.cancel)
	defer timer.Stop()
	defer context.AfterFunc(ctx, d.cancel)()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.isOpen = false
	for d.taken > 0 {
		d.empty.Wait()
	}
	d.cancel()
	return ctx.Err()
}

// isQuestion reports whether somebody waits for what the event brings, and
// deciding it twice does no harm.
func isQuestion(event bot.Event) bool {
	return event.Kind == bot.MessageReceived || event.Kind == bot.MenuPressed
}

// answerAtOnce is the first attempt of an event's job, which this process claimed
// when it inserted it. Whatever does not come to an end here is left to the queue.
func (j *Jobs) answerAtOnce(id int64, event bot.Event) {
	defer j.desk.leave()
	ctx, cancel := context.WithTimeout(j.desk.ctx, jobTimeout)
	defer cancel()
	ending := j.endingOf(ctx, id, j.answerNow(ctx, event))
	if err := j.Records.EndJob(context.WithoutCancel(ctx), ending); err != nil {
		j.Log.WarnContext(ctx, "jobs: an answer's end is not recorded", "event", event.ID, "state", ending.State, "error", err)
	}
}

func (j *Jobs) answerNow(ctx context.Context, event bot.Event) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("answer event %s: panic: %v", event.ID, cause)
		}
	}()
	message, err := j.decide(ctx, event)
	if err != nil || message == nil {
		return err
	}
	return j.deliver(ctx, *message)
}

// endingOf says what follows an attempt, as the queue would.
func (j *Jobs) endingOf(ctx context.Context, id int64, err error) store.JobEnding {
	var cancelled *rivertype.JobCancelError
	var snoozed *rivertype.JobSnoozeError
	switch {
	case err == nil:
		return store.JobEnding{ID: id, State: string(rivertype.JobStateCompleted)}
	case errors.As(err, &cancelled):
		return store.JobEnding{ID: id, State: string(rivertype.JobStateCancelled)}
	case errors.As(err, &snoozed):
		return store.JobEnding{ID: id, State: string(rivertype.JobStateAvailable), After: snoozed.Duration}
	}
	j.Log.WarnContext(ctx, "jobs: not answered at once", "error", err)
	return store.JobEnding{ID: id, State: string(rivertype.JobStateAvailable), After: j.Backoff(1)}
}
