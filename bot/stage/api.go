package stage

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"
)

// maxRequest bounds a request's body: the largest upload is 30 MB.
const maxRequest = 31 << 20

// endpoint answers one API: the members of the answer beside "code", or a refusal.
// It is called with s.mu held.
type endpoint func(r *http.Request, body []byte) (map[string]any, *refusal)

// routes is the whole contract: the platform's APIs, then the page.
func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	api := func(pattern string, answer endpoint) { mux.Handle(pattern, s.api(answer, true)) }

	mux.Handle("POST /open-apis/auth/v3/tenant_access_token/internal", s.api(s.issueToken, false))
	api("GET /open-apis/bot/v3/info", s.botInfo)

	api("POST /open-apis/im/v1/messages", s.create)
	api("POST /open-apis/im/v1/messages/{id}/reply", s.reply)
	api("GET /open-apis/im/v1/messages/{id}", s.read)
	api("PATCH /open-apis/im/v1/messages/{id}", s.patch)
	api("PUT /open-apis/im/v1/messages/{id}", s.edit)
	api("DELETE /open-apis/im/v1/messages/{id}", s.recall)
	api("POST /open-apis/interactive/v1/card/update", s.updateByToken)
	api("POST /open-apis/im/v1/images", s.uploadImage)
	api("POST /open-apis/im/v1/files", s.uploadFile)

	api("POST /open-apis/contact/v3/users/batch_get_id", s.lookup)
	api("GET /open-apis/contact/v3/users/{id}", s.user)
	api("GET /open-apis/im/v1/chats", s.chatList)
	api("GET /open-apis/im/v1/chats/{id}", s.chatInfo)
	api("GET /open-apis/im/v1/chats/{id}/members", s.chatMembers)

	mux.Handle("POST /callback/ws/endpoint", s.api(s.longEndpoint, false))
	mux.HandleFunc("GET "+connectPath, s.connect)

	mux.HandleFunc("/open-apis/", s.noSuchAPI)
	s.pageRoutes(mux)
	return mux
}

// api wraps an endpoint with what all of them share: planned faults, the access
// token, the gateway's limits, and the log of calls.
func (s *Server) api(answer endpoint, authorized bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = withAbout(r)
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
		if err != nil {
			s.finish(w, r, nil, refuse(codeBadRequest, "Bad Request, ext=%v", tooBig(err)))
			return
		}
		fault := s.takeFault(r)
		if !s.wait(r, fault.Delay) || fault.Hang && !s.wait(r, math.MaxInt64) {
			return
		}
		if fault.Code != 0 || fault.Status != 0 {
			s.finish(w, r, nil, fault.refusal())
			return
		}
		data, refused := s.handle(r, body, answer, authorized)
		if !s.wait(r, fault.AnswerAfter) {
			return
		}
		if fault.Cut {
			panic(http.ErrAbortHandler) // the documented way to drop a connection
		}
		s.finish(w, r, data, refused)
	})
}

func (s *Server) handle(r *http.Request, body []byte, answer endpoint, authorized bool) (map[string]any, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if authorized {
		if refused := s.authorize(r); refused != nil {
			return nil, refused
		}
		if refused := s.limits.gateway(r.Pattern); refused != nil {
			return nil, refused
		}
	}
	return answer(r, body)
}

// finish writes the answer and the line of the call log.
func (s *Server) finish(w http.ResponseWriter, r *http.Request, data map[string]any, refused *refusal) {
	status, answer, logID := http.StatusOK, data, newID("")
	if refused != nil {
		status = refused.status
		answer = map[string]any{"code": refused.code, "msg": refused.msg, "error": map[string]any{"log_id": logID}}
		if refused.reset > 0 {
			w.Header().Set("x-ogw-ratelimit-limit", strconv.Itoa(perSecond))
			w.Header().Set("x-ogw-ratelimit-reset", strconv.Itoa(int(math.Ceil(refused.reset.Seconds()))))
		}
	} else {
		answer["code"] = 0
	}
	s.logCall(r, status, refused)
	w.Header().Set("X-Tt-Logid", logID)
	writeJSON(w, status, answer)
}

func (s *Server) noSuchAPI(w http.ResponseWriter, r *http.Request) {
	s.finish(w, r, nil, &refusal{status: http.StatusNotFound, code: codeBadRequest, msg: "404 page not found"})
}

// wait lets d pass; false when the caller went away or the stand-in closes.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.ctx.Done():
	}
	return false
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the caller went away; nobody is left to tell
}

// decode reads a request's JSON object.
func decode(body []byte, into any) *refusal {
	if err := json.Unmarshal(body, into); err != nil {
		return refuse(codeBadRequest, "Bad Request, ext=request body is not the expected JSON")
	}
	return nil
}

func tooBig(err error) string {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return "request body too large"
	}
	return "request body cannot be read"
}
