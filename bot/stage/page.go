package stage

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"slices"
)

//go:embed web
var web embed.FS

// pageRoutes are the page and what it asks for. Changes must come as JSON, which
// no foreign website can send here without being asked first (CORS).
func (s *Server) pageRoutes(mux *http.ServeMux) {
	files, err := fs.Sub(web, "web")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	mux.Handle("/", guarded(http.FileServerFS(files)))
	mux.HandleFunc("GET /page/world", s.pageWorld)
	mux.HandleFunc("GET /page/chat", s.pageChat)
	mux.HandleFunc("GET /page/stream", s.pageStream)
	mux.HandleFunc("GET /page/log", s.pageLog)

	mux.Handle("POST /page/say", pageAct(s.pageSay))
	mux.Handle("POST /page/act", pageAct(s.pagePress))
	mux.Handle("POST /page/forward", pageAct(s.pageForward))
	mux.Handle("POST /page/menu", pageAct(s.pageMenu))
	mux.Handle("POST /page/bot", pageAct(s.pageBot))
	mux.Handle("POST /page/clock", pageAct(s.pageClock))
}

// guarded lets the page load nothing but its own files and run no inline script.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

// pageRequest is what a person does on the page.
type pageRequest struct {
	As      string         `json:"as"` // open_id
	ChatID  string         `json:"chat_id"`
	Text    string         `json:"text"`
	Mention bool           `json:"mention"`
	Message string         `json:"message_id"`
	Path    string         `json:"path"`
	Option  string         `json:"option"`
	Options []string       `json:"options"`
	Input   string         `json:"input"`
	Checked bool           `json:"checked"`
	Form    map[string]any `json:"form"`
	Key     string         `json:"key"`    // of a menu entry; empty: the private chat was opened
	Inside  bool           `json:"inside"` // whether the bot shall be in the group
	Label   string         `json:"label"`  // of a clock button
}

func pageAct(do func(ctx context.Context, ask pageRequest) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
		var ask pageRequest
		if kind != "application/json" || json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&ask) != nil {
			writeJSON(w, http.StatusBadRequest, map[string]string{"error": "请求不是 JSON"})
			return
		}
		answer, err := do(context.WithoutCancel(r.Context()), ask)
		if err != nil {
			writeJSON(w, http.StatusConflict, map[string]string{"error": err.Error()})
			return
		}
		writeJSON(w, http.StatusOK, answer)
	})
}

func (s *Server) pageSay(ctx context.Context, ask pageRequest) (any, error) {
	u := s.User(ask.As)
	if ask.ChatID == u.Chat() {
		id, err := u.Say(ctx, ask.Text)
		return map[string]string{"message_id": id}, err
	}
	id, err := u.SayIn(ctx, ask.ChatID, ask.Text, ask.Mention)
	return map[string]string{"message_id": id}, err
}

func (s *Server) pagePress(ctx context.Context, ask pageRequest) (any, error) {
	return s.User(ask.As).Act(ctx, ask.Message, Act{
		Path: ask.Path, Option: ask.Option, Options: ask.Options, Input: ask.Input, Checked: ask.Checked, Form: ask.Form,
	})
}

func (s *Server) pageForward(_ context.Context, ask pageRequest) (any, error) {
	id, err := s.User(ask.As).Forward(ask.Message, ask.ChatID)
	return map[string]string{"message_id": id}, err
}

func (s *Server) pageMenu(_ context.Context, ask pageRequest) (any, error) {
	if ask.Key == "" {
		return struct{}{}, s.User(ask.As).Enter()
	}
	return struct{}{}, s.User(ask.As).Menu(ask.Key)
}

func (s *Server) pageBot(_ context.Context, ask pageRequest) (any, error) {
	if ask.Inside {
		return struct{}{}, s.User(ask.As).AddBot(ask.ChatID)
	}
	return struct{}{}, s.User(ask.As).RemoveBot(ask.ChatID)
}

func (s *Server) pageClock(ctx context.Context, ask pageRequest) (any, error) {
	i := slices.IndexFunc(s.opts.Buttons, func(b ClockButton) bool { return b.Label == ask.Label })
	if i < 0 {
		return nil, fmt.Errorf("没有“%s”这个按钮", ask.Label)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	sentence, err := s.opts.Buttons[i].Do(ctx)
	return map[string]string{"sentence": sentence}, err
}
