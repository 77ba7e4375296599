package stage

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func (p *platform) ask(path string, body any) answered {
	p.t.Helper()
	return p.call("POST", path, object(body))
}

func TestThePageIsGuarded(t *testing.T) {
	p := newPlatform(t, nil)
	for path, kind := range map[string]string{"/": "text/html", "/app.js": "text/javascript", "/style.css": "text/css", "/icon.svg": "image/svg+xml"} {
		w := httptest.NewRecorder()
		p.Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), kind) {
			t.Errorf("%s: HTTP %d, %s", path, w.Code, w.Header().Get("Content-Type"))
		}
		if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
}

func TestThePageKnowsNoMobileNumbers(t *testing.T) {
	p := newPlatform(t, nil)
	got := p.call("GET", "/page/world", "")
	if len(got.body["people"].([]any)) != 5 || len(got.body["groups"].([]any)) != 2 || len(got.body["menu"].([]any)) != 4 {
		t.Errorf("world %v", got.body)
	}
	if strings.Contains(object(got.body), "1380000") {
		t.Error("a mobile number is on the page")
	}
}

func TestWhatOneDoesOnThePage(t *testing.T) {
	p := newPlatform(t, func(o *Options) {
		o.Buttons = []ClockButton{
			{"16:40", func(context.Context) (string, error) { return "发了 3 张", nil }},
			{"坏的", func(context.Context) (string, error) { return "", errors.New("没有数据") }},
		}
	})
	bot := newFakeBot(t, p)
	chat := p.User("张三").Chat()
	card := p.sendCard(helloCard)
	steps := []struct {
		path   string
		body   map[string]any
		status int
		event  string // what the bot is told of it
	}{
		{"/page/say", map[string]any{"as": "ou_zhang", "chat_id": chat, "text": "在吗"}, 200, "im.message.receive_v1"},
		{"/page/say", map[string]any{"as": "ou_zhang", "chat_id": "oc_hy", "text": "排名", "mention": true}, 200, "im.message.receive_v1"},
		{"/page/say", map[string]any{"as": "ou_none", "chat_id": chat, "text": "在吗"}, 409, ""},
		{"/page/say", map[string]any{"as": "ou_li", "chat_id": chat, "text": "在吗"}, 409, ""},
		{"/page/act", map[string]any{"as": "ou_zhang", "message_id": card, "path": "/body/elements/1"}, 200, "card.action.trigger"},
		{"/page/act", map[string]any{"as": "ou_zhang", "message_id": card, "path": "/body/elements/0"}, 409, ""},
		{"/page/act", map[string]any{"as": "ou_li", "message_id": card, "path": "/body/elements/1"}, 409, ""},
		{"/page/forward", map[string]any{"as": "ou_zhang", "message_id": card, "chat_id": "oc_hy"}, 200, ""},
		{"/page/menu", map[string]any{"as": "ou_zhang", "key": "help"}, 200, "application.bot.menu_v6"},
		{"/page/menu", map[string]any{"as": "ou_zhang"}, 200, "im.chat.access_event.bot_p2p_chat_entered_v1"},
		{"/page/bot", map[string]any{"as": "ou_li", "chat_id": "oc_without", "inside": true}, 200, "im.chat.member.bot.added_v1"},
		{"/page/bot", map[string]any{"as": "ou_li", "chat_id": "oc_without"}, 200, "im.chat.member.bot.deleted_v1"},
		{"/page/bot", map[string]any{"as": "ou_zhang", "chat_id": "oc_without", "inside": true}, 409, ""},
		{"/page/clock", map[string]any{"label": "16:40"}, 200, ""},
		{"/page/clock", map[string]any{"label": "坏的"}, 409, ""},
		{"/page/clock", map[string]any{"label": "没有"}, 409, ""},
	}
	for _, step := range steps {
		told := len(bot.got())
		got := p.ask(step.path, step.body)
		if got.status != step.status {
			t.Errorf("%s %v: HTTP %d %v", step.path, step.body, got.status, got.body)
		}
		event := ""
		if all := bot.got(); len(all) > told {
			event = all[told].Header.EventType
		}
		if event != step.event {
			t.Errorf("%s %v: the bot was told %q, want %q", step.path, step.body, event, step.event)
		}
	}
}

func TestAForeignWebsiteCannotAct(t *testing.T) {
	p := newPlatform(t, nil)
	r := httptest.NewRequest("POST", "/page/say", strings.NewReader(`{"as":"ou_zhang"}`))
	r.Header.Set("Content-Type", "text/plain") // the only kinds a form of another site can send
	if got := p.do(r); got.status != 400 {
		t.Errorf("HTTP %d", got.status)
	}
}

func TestAChatIsShownToItsPeople(t *testing.T) {
	p := newPlatform(t, nil)
	p.sendCard(helloCard)
	for who, want := range map[string]int{"ou_zhang": 1, "ou_li": 0, "": 0} {
		got := p.call("GET", "/page/chat?as="+who+"&chat_id="+p.User("张三").Chat(), "")
		if n := len(got.body["messages"].([]any)); n != want {
			t.Errorf("%q sees %d messages, want %d", who, n, want)
		}
	}
}

func TestTheStreamTellsPeopleWhatConcernsThem(t *testing.T) {
	p := newPlatform(t, nil)
	server := httptest.NewServer(p.Handler())
	t.Cleanup(server.Close)
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	r, err := http.NewRequestWithContext(ctx, "GET", server.URL+"/page/stream?as=ou_li", nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), ": hello") { // from here on it listens
	}

	p.text("ou_zhang", "别人的", "")
	p.text("ou_li", "自己的", "")
	var heard []notice
	for len(heard) < 3 && lines.Scan() {
		if data, found := strings.CutPrefix(lines.Text(), "data: "); found {
			var n notice
			if err := json.Unmarshal([]byte(data), &n); err != nil {
				t.Fatal(err)
			}
			heard = append(heard, n)
		}
	}
	if len(heard) != 3 || heard[0].Call == nil || heard[1].Message == nil || heard[1].Message.Text() != "自己的" || heard[2].Call == nil {
		t.Errorf("heard %+v", heard)
	}
}
