package jobs

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

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

	// Since is when the platform may first have got it, where that was before this
	// job; by the database's clock.
	Since time.Time `json:"since,omitzero"`
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
	tried, since := job.Attempt > 1, job.CreatedAt
	if !job.Args.Since.IsZero() {
		tried, since = true, job.Args.Since
	}
	if tried && !mayRepeat(job.AttemptedAt.Sub(since)) {
		return w.jobs.notRepeated(ctx, job.JobRow)
	}
	return w.jobs.deliver(ctx, job.Args)
}

func (j *Jobs) notRepeated(ctx context.Context, job *rivertype.JobRow) error {
	j.Log.WarnContext(ctx, "jobs: answer given up", "attempts", job.Attempt)
	return river.JobCancel(errors.New("not repeated: whether the platform has sent it is not known"))
}

// deliver sends a message when its turn has come. The error says to the queue what
// follows, as after an attempt of a job.
func (j *Jobs) deliver(ctx context.Context, m MessageArgs) error {
	if err := j.await(ctx, cmp.Or(m.Reader, m.OpenID, m.ChatID), answerLimits); err != nil {
		return err
	}
	err := j.send(ctx, m)
	if err != nil && ctx.Err() != nil {
		// The queue would not count what it broke off itself as an attempt; but
		// the message may have been sent. So its error is not passed on as such.
		return fmt.Errorf("broken off: %v", err)
	}
	refused, again := j.judge(ctx, err)
	if refused != nil {
		return j.giveUp(ctx, m, refused)
	}
	return again
}

func (j *Jobs) send(ctx context.Context, m MessageArgs) (err error) {
	platform := j.Platform
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
func (j *Jobs) giveUp(ctx context.Context, m MessageArgs, refusal *feishu.Error) error {
	if refusal.Recalled() {
		return nil
	}
	j.logRefusal(ctx, "answer", refusal)
	if refusal.Verdict == feishu.Unbind && m.ChatID != "" {
		if err := j.Records.UnbindGroup(ctx, m.ChatID); err != nil {
			return err
		}
	}
	return river.JobCancel(refusal)
}
