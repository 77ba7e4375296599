package feishu

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/nanxiashu/gridbot/bot"
)

// answerWithin leaves the platform's 3 seconds some room for the way there and
// back.
const answerWithin = 2500 * time.Millisecond

// Inbox takes an event so that it is not lost any more: it is worked on after
// the platform has got its answer. An event already taken is taken silently.
type Inbox interface {
	Take(ctx context.Context, event bot.Event) error
}

// Presser answers a press of a card's button at once: the context ends before
// the platform stops waiting.
type Presser interface {
	Press(ctx context.Context, press bot.Press) (bot.PressAnswer, error)
}

// reception brings what has proved to be the platform's to whom it is for. Both
// ways in lead here: the Handler and the LongConnection.
type reception struct {
	me      func(context.Context) (string, error)
	inbox   Inbox
	presser Presser
	now     func() time.Time
	log     *slog.Logger
}

var errPanicked = errors.New("the receiver panicked")

// receive returns what the platform is told, in HTTP's terms on both ways:
// anything but 200 makes it send an event again.
func (r *reception) receive(ctx context.Context, notice *notice) (status int, reply any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			r.log.Error("feishu: an event made its receiver panic", "cause", cause)
			status, reply, err = http.StatusInternalServerError, nil, errPanicked
		}
	}()
	if notice.isPress() {
		return r.press(ctx, notice)
	}
	return r.take(ctx, notice)
}

// nothing is the platform's "received, and nothing to say".
var nothing = struct{}{}

func (r *reception) take(ctx context.Context, notice *notice) (status int, reply any, err error) {
	event, known, err := notice.event(func() (string, error) { return r.me(ctx) })
	switch {
	case errors.Is(err, errMalformed):
		return http.StatusBadRequest, nil, err
	case err != nil:
		return http.StatusInternalServerError, nil, err
	case !known:
		return http.StatusOK, nothing, nil
	}
	event.ReceivedAt = r.now()
	if err := r.inbox.Take(ctx, event); err != nil {
		return http.StatusInternalServerError, nil, err
	}
	return http.StatusOK, nothing, nil
}
