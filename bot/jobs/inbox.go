package jobs

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/card"
)

// Take remembers an event and inserts its job in one transaction. An event
// that was taken before does nothing, whether it comes with the same event_id
// or the same message_id: the platform repeats either.
func (j *Jobs) Take(ctx context.Context, event bot.Event) error {
	keys := []string{"event:" + event.ID}
	if event.MessageID != "" {
		keys = append(keys, "message:"+event.MessageID)
	}
	err := pgx.BeginFunc(ctx, j.Pool, func(tx pgx.Tx) error {
		fresh, err := j.Records.TakeEvent(ctx, tx, j.Now(), keys...)
		if err != nil || !fresh {
			return err
		}
		_, err = j.client.InsertTx(ctx, tx, EventArgs{event}, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("jobs: take event %s: %w", event.ID, err)
	}
	return nil
}

// Press asks the conversation about a press, once: the same press again brings
// nothing. What is meant for the presser alone goes out as a job.
func (j *Jobs) Press(ctx context.Context, press bot.Press) (bot.PressAnswer, error) {
	var fresh bool
	err := pgx.BeginFunc(ctx, j.Pool, func(tx pgx.Tx) (err error) {
		fresh, err = j.Records.TakeEvent(ctx, tx, j.Now(), "press:"+press.ID)
		return err
	})
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
