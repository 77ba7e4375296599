package stage

import (
	"context"
	"net/http"
	"time"
)

// keptCalls bounds the logs of calls and pushes.
const keptCalls = 2000

// Call is one call of the platform's API by the bot.
type Call struct {
	At      time.Time `json:"at"`
	Method  string    `json:"method"`
	Path    string    `json:"path"`
	ChatID  string    `json:"chat_id,omitempty"` // what it was about, if it came that far
	Note    string    `json:"note,omitempty"`
	Status  int       `json:"status"`
	Code    int       `json:"code"`
	Message string    `json:"message,omitempty"` // why it was refused
}

// Push is one try to give the bot an event or callback.
type Push struct {
	At      time.Time     `json:"at"`
	Type    string        `json:"type"`
	EventID string        `json:"event_id"`
	Try     int           `json:"try"` // 1 = the first
	Status  int           `json:"status"`
	Took    time.Duration `json:"took"`
	Problem string        `json:"problem,omitempty"`
}

// Calls returns the bot's calls, oldest first (the last two thousand).
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// Pushes returns what was sent to the bot, oldest first (the last two thousand).
func (s *Server) Pushes() []Push {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Push(nil), s.pushes...)
}

// about is what an endpoint says of its call for the log.
type about struct{ chatID, note string }

type aboutKey struct{}

// withAbout prepares a request so that note works on it.
func withAbout(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), aboutKey{}, &about{}))
}

// note writes down what a call is about.
func note(r *http.Request, chatID, text string) {
	if a, ok := r.Context().Value(aboutKey{}).(*about); ok {
		*a = about{chatID, text}
	}
}

func (s *Server) logCall(r *http.Request, status int, refused *refusal) {
	call := Call{At: s.opts.Now(), Method: r.Method, Path: r.URL.Path, Status: status}
	if a, ok := r.Context().Value(aboutKey{}).(*about); ok {
		call.ChatID, call.Note = a.chatID, a.note
	}
	if refused != nil {
		call.Code, call.Message = refused.code, refused.msg
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = kept(append(s.calls, call))
	s.audience.tell(notice{Call: &call}, nil)
}

func (s *Server) logPush(p Push) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pushes = kept(append(s.pushes, p))
	s.audience.tell(notice{Push: &p}, nil)
}

// kept drops the oldest lines once there are too many, a tenth at a time.
func kept[T any](lines []T) []T {
	if len(lines) > keptCalls*11/10 {
		lines = append([]T(nil), lines[len(lines)-keptCalls:]...)
	}
	return lines
}
