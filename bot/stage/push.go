package stage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// event is something the bot is to be told, until it has taken it or all tries
// are used up.
type event struct {
	ID      string          `json:"id"`
	Type    string          `json:"type"`
	Body    json.RawMessage `json:"body"`
	Created time.Time       `json:"created"`
	Tries   int             `json:"tries"`
	Due     time.Time       `json:"due"` // of the next try

	busy bool // being delivered right now
}

// maxAnswer bounds what is read of the bot's answer: a card and its envelope.
const maxAnswer = 1 << 20

// Emit pushes an event of any type with the given "event" member, and returns
// when the bot was tried once. A bot that did not take it is tried again later.
func (s *Server) Emit(eventType string, body any) (eventID string, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return "", fmt.Errorf("stage: event %s: %w", eventType, err)
	}
	s.mu.Lock()
	ev := s.plan(eventType, raw)
	s.mu.Unlock()
	s.deliver(ev)
	return ev.ID, nil
}

// plan journals an event before anything is sent. Needs s.mu. The caller delivers it.
func (s *Server) plan(eventType string, body json.RawMessage) *event {
	now := s.opts.Now()
	ev := &event{ID: newID(""), Type: eventType, Body: body, Created: now, Due: now, busy: true}
	if err := s.write(entry{Event: ev}); err != nil {
		s.opts.Log.Error("stage: journal", "error", err)
	}
	s.pending[ev.ID] = ev
	return ev
}

// begin counts a delivery so that Close can wait for it; false after Close.
func (s *Server) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil {
		return false
	}
	s.work.Add(1)
	return true
}

// deliver tries an event once and plans the next try, or none.
func (s *Server) deliver(ev *event) {
	if !s.begin() {
		return
	}
	defer s.work.Done()
	ctx, cancel := context.WithTimeout(s.ctx, s.opts.Timeout)
	defer cancel()
	ev.Tries++
	_, err := s.push(ctx, ev.Type, ev.ID, ev.Body, ev.Tries)

	s.mu.Lock()
	defer s.mu.Unlock()
	ev.busy = false
	switch {
	case s.ctx.Err() != nil: // stays in the journal for the next start
		return
	case err != nil && ev.Tries <= len(s.opts.Redeliveries):
		ev.Due = s.opts.Now().Add(s.opts.Redeliveries[ev.Tries-1])
		s.wake()
	default:
		delete(s.pending, ev.ID)
		if err := s.write(entry{Taken: ev.ID}); err != nil {
			s.opts.Log.Error("stage: journal", "error", err)
		}
	}
}

// wake sets the alarm for the next redelivery. Needs s.mu.
func (s *Server) wake() {
	s.alarm.Stop()
	var next time.Time
	for _, ev := range s.pending {
		if !ev.busy && (next.IsZero() || ev.Due.Before(next)) {
			next = ev.Due
		}
	}
	if !next.IsZero() && s.ctx.Err() == nil {
		s.alarm = time.AfterFunc(max(next.Sub(s.opts.Now()), time.Millisecond), s.Redeliver)
	}
}

// Redeliver sends again what is due on the stand-in's clock, and returns when the
// bot has been tried. It happens by itself; a test that moves the clock calls it.
func (s *Server) Redeliver() {
	s.mu.Lock()
	var due []*event
	for _, ev := range s.pending {
		if !ev.busy && !ev.Due.After(s.opts.Now()) {
			ev.busy = true
			due = append(due, ev)
		}
	}
	s.wake()
	s.mu.Unlock()
	for _, ev := range due {
		s.deliver(ev)
	}
}

// envelope is what the bot receives; the webhook, once it is encrypted.
func (s *Server) envelope(eventType, id string, body json.RawMessage, t Twist) ([]byte, error) {
	token := s.opts.VerificationToken
	if s.line() != nil {
		token = "" // as seen in production: larksuite/oapi-sdk-go#195
	}
	if t.WrongToken {
		token = "wrong-" + token
	}
	if t.NewEventID {
		id = newID("")
	}
	return json.Marshal(map[string]any{
		"schema": "2.0",
		"header": map[string]any{
			"event_id": id, "event_type": eventType, "create_time": millis(s.opts.Now()),
			"token": token, "app_id": s.opts.AppID, "tenant_key": tenantKey,
		},
		"event": body,
	})
}

// push gives the bot one event or callback and returns its answer. Any status but
// 200 within the time is an error.
func (s *Server) push(ctx context.Context, eventType, id string, body json.RawMessage, try int) ([]byte, error) {
	twist := s.takeTwist(eventType)
	plain, err := s.envelope(eventType, id, body, twist)
	if err != nil {
		return nil, err
	}
	answer, err := s.post(ctx, plain, twist, Push{Type: eventType, EventID: id, Try: try})
	for range twist.Again {
		if _, again := s.post(ctx, plain, twist, Push{Type: eventType, EventID: id, Try: try}); again != nil {
			err = errors.Join(err, again)
		}
	}
	if twist.AgainAsNew {
		twist.NewEventID = true
		if plain, err := s.envelope(eventType, id, body, twist); err == nil {
			_, _ = s.post(ctx, plain, twist, Push{Type: eventType, EventID: "new id of " + id, Try: try})
		}
	}
	return answer, err
}

// post sends one body the way the bot is to be reached.
func (s *Server) post(ctx context.Context, plain []byte, t Twist, p Push) (answer []byte, err error) {
	p.At = s.opts.Now()
	began := time.Now() // measured, not judged
	defer func() {
		p.Took = time.Since(began)
		if err != nil {
			p.Problem = err.Error()
		}
		s.logPush(p)
	}()
	if l := s.line(); l != nil {
		p.Status, answer, err = l.ask(ctx, plain)
	} else {
		p.Status, answer, err = s.knock(ctx, plain, t)
	}
	return answer, err
}

// knock posts one body to the bot's webhook, sealed and signed. Any status but
// 200 is an error.
func (s *Server) knock(ctx context.Context, plain []byte, t Twist) (status int, answer []byte, err error) {
	request, err := s.request(ctx, plain, t)
	if err != nil {
		return 0, nil, err
	}
	response, err := s.opts.HTTP.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err == nil && response.StatusCode != http.StatusOK {
		err = &statusError{response.StatusCode}
	}
	return response.StatusCode, answer, err
}

type statusError struct{ status int }

func (e *statusError) Error() string { return fmt.Sprintf("the bot answered HTTP %d", e.status) }

func (s *Server) request(ctx context.Context, plain []byte, t Twist) (*http.Request, error) {
	body := plain
	if s.opts.EncryptKey != "" && !t.Plain {
		sealed, err := seal(plain, s.opts.EncryptKey)
		if err != nil {
			return nil, err
		}
		body = sealed
	}
	if t.Body != nil {
		body = t.Body(body)
	}
	s.mu.Lock()
	url := s.botURL
	s.mu.Unlock()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json;charset=utf-8")
	request.Header.Set("User-Agent", "Go-http-client/1.1")
	request.Header.Set("X-Request-Id", newID(""))
	if s.opts.EncryptKey != "" && !t.Unsigned {
		s.sign(request, body, t)
	}
	return request, nil
}

func (s *Server) sign(request *http.Request, body []byte, t Twist) {
	timestamp, nonce := strconv.FormatInt(s.opts.Now().Add(-t.Stale).Unix(), 10), newID("")[:10]
	signed := signature(timestamp, nonce, s.opts.EncryptKey, body)
	if t.WrongSignature {
		signed = signature(timestamp, nonce, "wrong-"+s.opts.EncryptKey, body)
	}
	request.Header.Set("X-Lark-Request-Timestamp", timestamp)
	request.Header.Set("X-Lark-Request-Nonce", nonce)
	request.Header.Set("X-Lark-Signature", signed)
}
