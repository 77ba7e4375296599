package jobs

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// Take remembers an event and inserts its job in one transaction. An event
// that was taken before does nothing, whether it comes with the same event_id
// or the same message_id: the platform repeats either. A question is answered
// at once by this process, where it has a seat free: its job is already its own.
func (j *Jobs) Take(ctx context.Context, event bot.Event) error {
	job, err := eventJob(event)
	if err != nil {
		return fmt.Errorf("jobs: take event %s: %w", event.ID, err)
	}
	seated := isQuestion(event) && j.desk.sit()
	if seated {
		job.Worker = j.client.ID()
	}
	keys := []string{"event:" + event.ID}
	if event.MessageID != "" {
		keys = append(keys, "message:"+event.MessageID)
	}
	id, fresh, err := j.Records.TakeEvent(ctx, store.Event{Keys: keys, TakenAt: j.Now(), Job: job})
	switch {
	case err != nil:
		err = fmt.Errorf("jobs: take event %s: %w", event.ID, err)
	case fresh && seated:
		go j.answerAtOnce(id, event)
		return nil
	}
	if seated {
		j.desk.leave()
	}
	return err
}

// eventJob is EventArgs as a row of the queue.
func eventJob(event bot.Event) (*store.EventJob, error) {
	args := EventArgs{event}
	raw, err := json.Marshal(args)
	options := args.InsertOpts()
	return &store.EventJob{Kind: args.Kind(), Queue: options.Queue, Args: raw, MaxAttempts: options.MaxAttempts}, err
}

// Press asks the conversation about a press, once: the same press again brings
// nothing. What is meant for the presser alone goes out as a job.
func (j *Jobs) Press(ctx context.Context, press bot.Press) (bot.PressAnswer, error) {
	_, fresh, err := j.Records.TakeEvent(ctx, store.Event{Keys: []string{"press:" + press.ID}, TakenAt: j.Now()})
	if err != nil || !fresh {
		return bot.PressAnswer{}, wrapPress(press, err)
	}
	answer, err := j.Conversation.Press(ctx, press, j.Now())
	if err == nil && answer.Private != nil {
		err = j.whisper(ctx, press, answer.Private)
	}
	return answer, wrapPress(press, err)
}

func wrapPress(press bot.Press, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("jobs: press %s: %w", press.ID, err)
}

func (j *Jobs) whisper(ctx context.Context, press bot.Press, private *card.Card) error {
	raw, err := private.JSON()
	if err != nil {
		return err
	}
	_, err = j.client.Insert(ctx, MessageArgs{OpenID: press.OpenID, Card: raw, UUID: UUID("press", press.ID)}, nil)
	return err
}
