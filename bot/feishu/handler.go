package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// MaxBody is the longest body, in bytes, that the handler reads.
const MaxBody = 1 << 20

// Handler is POST /feishu/events, the one address of events (事件) and
// callbacks (回调). Whatever does not prove to come from the platform is
// refused and leaves nothing but a line in the log.
type Handler struct {
	reception reception
	proof     proof
}

// NewHandler returns the handler of the app's events. me tells the bot's own
// open_id (see Client.Me); it is asked only about messages with mentions.
func NewHandler(config Config, me func(context.Context) (string, error), inbox Inbox, presser Presser, now func() time.Time, log *slog.Logger) *Handler {
	return &Handler{reception{me, inbox, presser, now, log}, newProof(config, now)}
}

// ServeHTTP answers 200 to what was understood and kept; 500 to what could not
// be kept, so that the platform sends it again (after 15 s, 5 min, 1 h, 6 h).
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
	defer cancel()

	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	status, reply, err := h.handle(ctx, r)
	if err != nil {
		h.reception.log.Warn("feishu: event not accepted", "status", status, "error", err)
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
	if notice.isChallenge() {
		return http.StatusOK, map[string]string{"challenge": notice.Challenge}, nil
	}
	return h.reception.receive(ctx, notice)
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
