package stage

import (
	"net/http"
	"strings"
	"time"
)

// Fault is what goes wrong with a call of the bot, on purpose.
type Fault struct {
	Code        int           // answer this code instead of doing it; HTTP 400 unless Status says otherwise
	Status      int           // answer this HTTP status; alone: without a platform code, as a broken gateway does
	Message     string        // the answer's msg
	Reset       time.Duration // for 429: x-ogw-ratelimit-reset, rounded up to seconds
	Delay       time.Duration // wait before doing it
	AnswerAfter time.Duration // do it at once, answer later
	Cut         bool          // do it, then drop the connection without an answer
	Hang        bool          // neither do nor answer it
}

type plannedFault struct {
	fault    Fault
	left     int
	concerns func(*http.Request) bool
}

// FailNext makes the next n messages the bot creates or replies go wrong.
func (s *Server) FailNext(n int, f Fault) {
	s.planFault(plannedFault{f, n, func(r *http.Request) bool {
		return r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/open-apis/im/v1/messages")
	}})
}

// FailNextCall makes the next n calls of any API whose path contains a text go wrong.
func (s *Server) FailNextCall(path string, n int, f Fault) {
	s.planFault(plannedFault{f, n, func(r *http.Request) bool { return strings.Contains(r.URL.Path, path) }})
}

// Heal forgets planned faults and twists.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults, s.twists = nil, nil
}

func (s *Server) planFault(p plannedFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, p)
}

func (s *Server) takeFault(r *http.Request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.faults {
		if p := &s.faults[i]; p.left > 0 && p.concerns(r) {
			p.left--
			return p.fault
		}
	}
	return Fault{}
}

func (f Fault) refusal() *refusal {
	refused := &refusal{status: f.Status, code: f.Code, msg: f.Message, reset: f.Reset}
	if refused.status == 0 {
		refused.status = http.StatusBadRequest
	}
	if refused.code == 0 {
		refused.code = refused.status
	}
	if refused.msg == "" {
		refused.msg = "failed on purpose"
	}
	return refused
}
