package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/nanxiashu/gridbot/bot"
)

const (
	// MaxBody is the longest body, in bytes, that the handler reads.
	MaxBody = 1 << 20
	// answerWithin leaves the platform's 3 seconds some room for the way there
	// and back.
	answerWithin = 2500 * time.Millisecond
)

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

// Handler is POST /feishu/events, the one address of events (事件) and
// callbacks (回调). Whatever does not prove to come from the platform is
// refused and leaves nothing but a line in the log.
type Handler struct {
	proof   proof
	me      func(context.Context) (string, error)
	inbox   Inbox
	presser Presser
	now     func() time.Time
	log     *slog.Logger
}

// NewHandler returns the handler of the app's events. me tells the bot's own
// open_id (see Client.Me); it is asked only about messages with mentions.
func NewHandler(config Config, me func(context.Context) (string, error), inbox Inbox, presser Presser, now func() time.Time, log *slog.Logger) *Handler {
	return &Handler{proof: newProof(config, now), me: me, inbox: inbox, presser: presser, now: now, log: log}
}

// ServeHTTP answers 200 to what was understood and kept; 500 to what could not
// be kept, so that the platform sends it again (after 15 s, 5 min, 1 h, 6 h).
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if cause := recover(); cause != nil {
			h.log.Error("feishu: an event made the handler panic", "cause", cause)
			answerJSON(w, http.StatusInternalServerError, problem("internal error"))
		}
	}()
	ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
	defer cancel()

	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	status, reply, err := h.handle(ctx, r)
	if err != nil {
		h.log.Warn("feishu: event not accepted", "status", status, "error", err)
		reply = problem(http.StatusText(status))
	}
	if status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	answerJSON(w, status, reply)
}

func (h *Handler) handle(ctx context.Context, r *http.Request) (status int, reply any, err error) {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed, nil, errors.New("not a POST")
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
			return http.StatusRequestEntityTooLarge, nil, err
		}
		return http.StatusBadRequest, nil, errors.New("the body broke off")
	}
	notice, refusal := h.proof.open(r.Header, body)
	if refusal != nil {
		return refusal.status, nil, refusal
	}
	switch {
	case notice.isChallenge():
		return http.StatusOK, map[string]string{"challenge": notice.Challenge}, nil
	case notice.Header.EventType == cardPressed:
		return h.press(ctx, notice)
	default:
		return h.take(ctx, notice)
	}
}

// nothing is the platform's "received, and nothing to say".
var nothing = struct{}{}

func (h *Handler) take(ctx context.Context, notice *notice) (status int, reply any, err error) {
	event, known, err := notice.event(func() (string, error) { return h.me(ctx) })
	switch {
	case errors.Is(err, errMalformed):
		return http.StatusBadRequest, nil, err
	case err != nil:
		return http.StatusInternalServerError, nil, err
	case !known:
		return http.StatusOK, nothing, nil
	}
	event.ReceivedAt = h.now()
	if err := h.inbox.Take(ctx, event); err != nil {
		return http.StatusInternalServerError, nil, err
	}
	return http.StatusOK, nothing, nil
}

func problem(text string) any { return map[string]string{"error": text} }

func answerJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"error":"internal error"}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) // nobody to tell if the platform has hung up
}
