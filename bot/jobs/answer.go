package jobs

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/nanxiashu/gridbot/bot"
)

// EventArgs is the job of one event: to decide what it brings.
type EventArgs struct {
	Event bot.Event `json:"event"`
}

// Kind names the job in the database.
func (EventArgs) Kind() string { return "event" }

// InsertOpts are the job's queue and how often it is tried: for about a quarter
// of an hour, after which nobody waits for an answer any more.
func (EventArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queueAnswers, MaxAttempts: 14}
}

type answerer struct {
	river.WorkerDefaults[EventArgs]
	jobs *Jobs
}

func (w *answerer) NextRetry(job *river.Job[EventArgs]) time.Time { return w.jobs.retryAt(job.JobRow) }

// Work decides, and completes itself in the transaction that inserts the
// answer: a question is decided until its answer is safe, and answered once.
func (w *answerer) Work(ctx context.Context, job *river.Job[EventArgs]) error {
	// The first attempt may have been at once, by a process that has sent the
	// answer and did not live to say so.
	if job.Attempt > 1 && !mayRepeat(job.AttemptedAt.Sub(job.CreatedAt)) {
		return w.jobs.notRepeated(ctx, job.JobRow)
	}
	message, err := w.jobs.decide(ctx, job.Args.Event)
	if err != nil || message == nil {
		return err
	}
	if job.Attempt > 1 {
		message.Since = job.CreatedAt
	}
	return pgx.BeginFunc(ctx, w.jobs.Pool, func(tx pgx.Tx) error {
		if _, err := w.jobs.client.InsertTx(ctx, tx, *message, nil); err != nil {
			return err
		}
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
}

// decide asks the conversation what an event brings; nil is silence.
func (j *Jobs) decide(ctx context.Context, event bot.Event) (*MessageArgs, error) {
	reply, err := j.Conversation.Handle(ctx, event, j.Now())
	if err != nil {
		return nil, fmt.Errorf("answer event %s: %w", event.ID, err)
	}
	if reply == nil {
		return nil, nil
	}
	message, err := messageOf(reply, event)
	if err != nil {
		return nil, river.JobCancel(fmt.Errorf("answer event %s: %w", event.ID, err))
	}
	return &message, nil
}

func messageOf(reply *bot.Reply, event bot.Event) (MessageArgs, error) {
	raw, err := reply.Card.JSON()
	if err != nil {
		return MessageArgs{}, err
	}
	cause := event.MessageID
	if cause == "" {
		cause = event.ID
	}
	return MessageArgs{
		MessageID: reply.MessageID, OpenID: reply.OpenID, ChatID: reply.ChatID,
		Card: raw, UUID: UUID("answer", cause), Reader: readerOf(reply, event),
	}, nil
}

// readerOf is to whom a reply goes: a person is known by the same name whether
// it answers them in private or reminds them.
func readerOf(reply *bot.Reply, event bot.Event) string {
	switch {
	case reply.MessageID == "":
		return cmp.Or(reply.OpenID, reply.ChatID)
	case event.Private:
		return event.OpenID
	}
	return event.ChatID
}
