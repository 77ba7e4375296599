package stage

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// pageWorld is everybody and everything there is to choose on the page. Mobile
// numbers stay here.
func (s *Server) pageWorld(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	people, groups := []map[string]any{}, []map[string]any{}
	for _, p := range s.memory.people {
		people = append(people, map[string]any{
			"open_id": p.OpenID, "name": p.Name, "role": p.Role, "grid": p.Grid, "chat_id": chatIDOf("p2p:" + p.OpenID), "gone": p.Resigned,
		})
	}
	for _, c := range s.memory.chats {
		if !c.Private {
			groups = append(groups, map[string]any{
				"chat_id": c.ID, "name": c.Name, "members": c.Members, "bot_inside": c.BotInside, "dissolved": c.Dissolved,
			})
		}
	}
	s.mu.Unlock()
	menu, buttons := []map[string]string{}, []string{}
	for _, e := range s.opts.Menu {
		menu = append(menu, map[string]string{"label": e.Label, "key": e.Key})
	}
	for _, b := range s.opts.Buttons {
		buttons = append(buttons, b.Label)
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"bot":    map[string]string{"name": s.opts.BotName, "open_id": s.BotOpenID()},
		"people": people, "groups": groups, "menu": menu, "buttons": buttons,
	})
}

// pageChat is all that was said in a chat, for somebody who is in it.
func (s *Server) pageChat(w http.ResponseWriter, r *http.Request) {
	as, id := r.URL.Query().Get("as"), r.URL.Query().Get("chat_id")
	s.mu.Lock()
	list := []Message{}
	if c := s.memory.chat(id); c != nil && c.has(as) {
		list = append(list, s.said(id, func(*Message) bool { return true })...)
	}
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]any{"messages": list})
}

func (s *Server) pageLog(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"calls": s.Calls(), "pushes": s.Pushes()})
}

// pageStream tells a page as server-sent events what happens, until either goes away.
func (s *Server) pageStream(w http.ResponseWriter, r *http.Request) {
	me := &watcher{openID: r.URL.Query().Get("as"), notices: make(chan notice, 64)}
	s.mu.Lock()
	s.audience[me] = true
	s.mu.Unlock()
	defer s.leave(me)

	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	heartbeat := time.NewTicker(20 * time.Second)
	defer heartbeat.Stop()
	fmt.Fprint(w, "retry: 1000\n: hello\n\n")
	for out.Flush() == nil {
		select {
		case n, open := <-me.notices:
			line, err := json.Marshal(n)
			if !open || err != nil {
				return
			}
			fmt.Fprintf(w, "data: %s\n\n", line)
		case <-heartbeat.C:
			fmt.Fprint(w, ": still here\n\n")
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
}

func (s *Server) leave(w *watcher) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.audience, w)
}
