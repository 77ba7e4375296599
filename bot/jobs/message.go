package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/nanxiashu/gridbot/bot/feishu"
)

// MessageArgs is the job of sending one card that somebody waits for: to
// exactly one of a message, a person or a chat.
type MessageArgs struct {
	MessageID string          `json:"message_id,omitempty"` // answer this message
	OpenID    string          `json:"open_id,omitempty"`
	ChatID    string          `json:"chat_id,omitempty"`
	Card      json.RawMessage `json:"card"`
	UUID      string          `json:"uuid"`
	Reader    string          `json:"reader,omitempty"` // who reads it, person or chat, for the platform's pace
}

// Kind names the job in the database.
func (MessageArgs) Kind() string { return "message" }

// InsertOpts are the job's queue and how often it is tried: for as long as the
// platform knows the uuid.
func (MessageArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: queueAnswers, MaxAttempts: 40}
}

type messenger struct {
	river.WorkerDefaults[MessageArgs]
	jobs *Jobs
}

func (w *messenger) NextRetry(job *river.Job[MessageArgs]) time.Time {
	return w.jobs.retryAt(job.JobRow)
}

func (w *messenger) Work(ctx context.Context, job *river.Job[MessageArgs]) error {
	// A second attempt may follow a first that the platform carried out unheard.
	if job.Attempt > 1 && !mayRepeat(job.CreatedAt, *job.AttemptedAt) {
		w.jobs.Log.WarnContext(ctx, "jobs: answer given up", "attempts", job.Attempt)
		return river.JobCancel(errors.New("not repeated: whether the platform has sent it is not known"))
	}
	if err := w.jobs.await(ctx, cmp.Or(job.Args.Reader, job.Args.OpenID, job.Args.ChatID), answerLimits); err != nil {
		return err
	}
	err := w.send(ctx, job.Args)
	var refusal *feishu.Error
	switch {
	case err != nil && ctx.Err() != nil:
		// The queue would not count what it broke off itself as an attempt; but
		// the message may have been sent. So its error is not passed on as such.
		return fmt.Errorf("broken off: %v", err)
	case !errors.As(err, &refusal):
		return err
	case refusal.Verdict != feishu.Retry:
		return w.giveUp(ctx, job.Args, refusal)
	case refusal.After > 0:
		w.jobs.hold(ctx, refusal)
		return river.JobSnooze(refusal.After)
	}
	return err
}

func (w *messenger) send(ctx context.Context, m MessageArgs) (err error) {
	platform := w.jobs.Platform
	switch {
	case m.MessageID != "":
		_, err = platform.Reply(ctx, m.MessageID, m.Card, m.UUID)
	case m.OpenID != "":
		_, err = platform.Send(ctx, feishu.ToPerson, m.OpenID, m.Card, m.UUID)
	default:
		_, err = platform.Send(ctx, feishu.ToChat, m.ChatID, m.Card, m.UUID)
	}
	return err
}

// giveUp ends a message that the platform will not take. An answer to what was
// recalled meanwhile is nobody's loss.
func (w *messenger) giveUp(ctx context.Context, m MessageArgs, refusal *feishu.Error) error {
	if refusal.Recalled() {
		return nil
	}
	w.jobs.Log.ErrorContext(ctx, "jobs: answer refused", "code", refusal.Code, "card_error", refusal.CardErr,
		"verdict", refusal.Verdict.String(), "log_id", refusal.LogID)
	if refusal.Verdict == feishu.Unbind && m.ChatID != "" {
		if err := w.jobs.Records.UnbindGroup(ctx, m.ChatID); err != nil {
			return err
		}
	}
	return river.JobCancel(refusal)
}
