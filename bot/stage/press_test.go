package stage

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sendCard sends a card to 张三 and returns its id.
func (p *platform) sendCard(card string) string {
	p.t.Helper()
	got := p.send("open_id", "ou_zhang", "interactive", card, "")
	if got.code != 0 {
		p.t.Fatalf("the card got %d: %s", got.code, got.msg())
	}
	return got.id()
}

func TestWhatAPressBrings(t *testing.T) {
	const other = `{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"换了"}]}}`
	raw := func(card string) string { return `{"card":{"type":"raw","data":` + card + `}}` }
	cases := []struct {
		name   string
		status int
		answer string
		want   Outcome
	}{
		{"nothing", 200, `{}`, Outcome{}},
		{"a toast", 200, `{"toast":{"type":"success","content":"已记录"}}`, Outcome{Toast: "已记录", Kind: "success"}},
		{"another card", 200, raw(other), Outcome{Updated: true}},
		{"HTTP 500", 500, `{}`, failure(200671)},
		{"no JSON", 200, `好`, failure(200672)},
		{"null", 200, `null`, failure(200672)},
		{"a toast of a strange kind", 200, `{"toast":{"type":"loud","content":"x"}}`, failure(200672)},
		{"a bad card", 200, raw(`{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}`), failure(200673)},
		{"a card over 30 KB", 200, raw(`{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"` + strings.Repeat("x", 31<<10) + `"}]}}`), failure(200673)},
		{"a card not said to be raw", 200, `{"card":{"data":` + other + `}}`, failure(200673)},
		{"a card of schema 1.0", 200, raw(`{"elements":[]}`), failure(200830)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, nil)
			bot := newFakeBot(t, p)
			bot.answers(func(int, delivered) (int, string) { return c.status, c.answer })
			id := p.sendCard(helloCard)
			got, err := p.User("张三").Press(t.Context(), id, "明细")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			now := p.Sent(p.User("张三").Chat())[0].Content
			if (now != helloCard) != c.want.Updated {
				t.Errorf("the card is now %s", now)
			}
		})
	}
}

func failure(code int) Outcome {
	return Outcome{Toast: fmt.Sprintf("出错了，请稍后重试，code: %d", code), Kind: "error", Code: code}
}

func TestABotThatIsLateOrAway(t *testing.T) {
	p := newPlatform(t, func(o *Options) { o.Timeout = 20 * time.Millisecond })
	bot := newFakeBot(t, p)
	gone := make(chan struct{})
	bot.answers(func(int, delivered) (int, string) { <-gone; return 200, "{}" })
	id := p.sendCard(helloCard)
	got, err := p.User("张三").Press(t.Context(), id, "明细")
	if err != nil || got.Code != 200341 {
		t.Errorf("late: %+v, %v", got, err)
	}
	close(gone)
	bot.server.Close()
	if got, err := p.User("张三").Press(t.Context(), id, "明细"); err != nil || got.Code != 200342 {
		t.Errorf("away: %+v, %v", got, err)
	}
	p.clock.Forward(24 * time.Hour)
	p.Redeliver()
	if n := len(bot.got()); n != 1 {
		t.Errorf("a callback was sent %d times", n)
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	elsewhere := httptest.NewServer(http.RedirectHandler(bot.server.URL, http.StatusTemporaryRedirect))
	t.Cleanup(elsewhere.Close)
	p.SetBotURL(elsewhere.URL)
	got, err := p.User("张三").Press(t.Context(), p.sendCard(helloCard), "明细")
	if err != nil || got.Code != 200671 || len(bot.got()) != 0 {
		t.Errorf("%+v, %v, and the bot got %d", got, err, len(bot.got()))
	}
}

func TestACallbackSaysWhoPressedWhat(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	id := p.send("chat_id", "oc_hy", "interactive", helloCard, "").id()
	if _, err := p.User("李四").Press(t.Context(), id, "details"); err != nil {
		t.Fatal(err)
	}
	e := bot.got()[0]
	operator, about := e.Event["operator"].(map[string]any), e.Event["context"].(map[string]any)
	if e.Header.EventType != "card.action.trigger" || e.problem != nil || operator["open_id"] != "ou_li" {
		t.Errorf("callback %+v", e)
	}
	if about["open_message_id"] != id || about["open_chat_id"] != "oc_hy" || !strings.HasPrefix(e.Event["token"].(string), "c-") {
		t.Errorf("event %v", e.Event)
	}
}

// controls is a card of everything one can use, outside and inside a form.
const controls = `{"schema":"2.0","body":{"elements":[
{"tag":"select_static","name":"s","options":[{"text":{"tag":"plain_text","content":"一"},"value":"1"}],"behaviors":[{"type":"callback","value":{"k":"s"}}]},
{"tag":"multi_select_static","name":"m","options":[{"text":{"tag":"plain_text","content":"一"},"value":"1"},{"text":{"tag":"plain_text","content":"二"},"value":"2"}],"behaviors":[{"type":"callback","value":{"k":"m"}}]},
{"tag":"input","name":"i","behaviors":[{"type":"callback","value":{"k":"i"}}]},
{"tag":"checker","name":"c","text":{"tag":"plain_text","content":"好"},"behaviors":[{"type":"callback","value":{"k":"c"}}]},
{"tag":"date_picker","name":"d","behaviors":[{"type":"callback","value":{"k":"d"}}]},
{"tag":"button","name":"off","disabled":true,"text":{"tag":"plain_text","content":"停用"},"behaviors":[{"type":"callback","value":{"k":"off"}}]},
{"tag":"button","name":"link","text":{"tag":"plain_text","content":"打开"},"behaviors":[{"type":"open_url","default_url":"https://example.cn"}]},
{"tag":"form","name":"f","elements":[
{"tag":"input","name":"reason","required":true},
{"tag":"button","name":"ok","form_action_type":"submit","text":{"tag":"plain_text","content":"提交"}}]}]}}`

func TestWhatEachControlCallsBackWith(t *testing.T) {
	cases := []struct {
		name string
		act  Act
		want map[string]any // nil: the act is not possible
	}{
		{"a choice", Act{Label: "s", Option: "1"}, map[string]any{"option": "1"}},
		{"a choice that is not offered", Act{Label: "s", Option: "9"}, nil},
		{"several choices", Act{Label: "m", Options: []string{"1", "2"}}, map[string]any{"options": []any{"1", "2"}}},
		{"words", Act{Label: "i", Input: "好"}, map[string]any{"input_value": "好"}},
		{"a tick", Act{Label: "c", Checked: true}, map[string]any{"checked": true}},
		{"a date", Act{Path: "/body/elements/4", Option: "2026-11-03 +0800"}, map[string]any{"option": "2026-11-03 +0800", "timezone": "Asia/Shanghai"}},
		{"a form", Act{Label: "提交", Form: map[string]any{"reason": "开会"}}, map[string]any{"form_value": map[string]any{"reason": "开会"}, "name": "ok"}},
		{"a form without what is required", Act{Label: "提交"}, nil},
		{"a field of a form by itself", Act{Label: "reason", Input: "x"}, nil},
		{"a disabled button", Act{Label: "停用"}, nil},
		{"a link", Act{Label: "打开"}, nil},
		{"a control that is none", Act{Path: "/body/elements/99"}, nil},
		{"a label of nothing", Act{}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, nil)
			bot := newFakeBot(t, p)
			_, err := p.User("张三").Act(t.Context(), p.sendCard(controls), c.act)
			if c.want == nil {
				if err == nil {
					t.Errorf("it was possible: %v", bot.got())
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			action := bot.got()[0].Event["action"].(map[string]any)
			for k, want := range c.want {
				if diff := cmp.Diff(want, action[k]); diff != "" {
					t.Errorf("%s: %s", k, diff)
				}
			}
		})
	}
}

func TestForwardedCards(t *testing.T) {
	open := strings.Replace(helloCard, `"schema":"2.0",`, `"schema":"2.0","config":{"enable_forward_interaction":true},`, 1)
	closed := strings.Replace(helloCard, `"schema":"2.0",`, `"schema":"2.0","config":{"enable_forward":false},`, 1)
	cases := []struct {
		name, card      string
		forwards, works bool
	}{
		{"a card that says nothing of it", helloCard, true, false},
		{"a card whose copies can be used", open, true, true},
		{"a card that stays where it is", closed, false, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, nil)
			newFakeBot(t, p)
			id := p.sendCard(c.card)
			if _, err := p.User("李四").Forward(id, "oc_hy"); err == nil {
				t.Error("somebody passed on a card they cannot see")
			}
			copied, err := p.User("张三").Forward(id, "oc_hy")
			if (err == nil) != c.forwards {
				t.Fatalf("forward: %v", err)
			}
			if !c.forwards {
				return
			}
			if _, err := p.User("李四").Press(t.Context(), copied, "明细"); (err == nil) != c.works {
				t.Errorf("a press on the copy: %v", err)
			}
			if got := p.call("PATCH", "/open-apis/im/v1/messages/"+copied, object(map[string]string{"content": helloCard})); got.code != 230006 {
				t.Errorf("a PATCH of the copy got %d", got.code)
			}
		})
	}
}

func TestNobodyPressesWhatTheyCannotSee(t *testing.T) {
	p := newPlatform(t, nil)
	newFakeBot(t, p)
	id := p.sendCard(helloCard)
	if _, err := p.User("李四").Press(t.Context(), id, "明细"); err == nil {
		t.Error("李四 pressed a card in 张三's private chat")
	}
	p.call("DELETE", "/open-apis/im/v1/messages/"+id, "")
	if _, err := p.User("张三").Press(t.Context(), id, "明细"); err == nil {
		t.Error("a recalled card was pressed")
	}
}

func TestForgedCallbacks(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	forged := map[string]any{"tag": "button", "value": map[string]any{"do": "everything"}}
	if _, err := p.User("张三").Forge(t.Context(), p.sendCard(helloCard), forged); err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(bot.got()[0].Event["action"])
	if diff := cmp.Diff(object(forged), string(got)); diff != "" {
		t.Error(diff)
	}
}
