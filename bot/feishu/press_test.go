package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/card"
)

const pressed = `{"operator":{"tenant_key":"2df7","open_id":"ou_zhang","union_id":"on_ca"},"token":"c-1",
	"action":{"value":{"ask":"ranking","page":2},"tag":"button","option":"华阳","form_value":{"reason":"门关着"}},
	"host":"im_message","context":{"open_message_id":"om_1","open_chat_id":"oc_1"}}`

func TestPressReachesThePresser(t *testing.T) {
	var got bot.Press
	p := func(_ context.Context, press bot.Press) (bot.PressAnswer, error) {
		got = press
		return bot.PressAnswer{}, nil
	}
	w := post{body: notified(cardPressed, pressed)}.to(t, sealed, newTestHandler(sealed, new(inbox), p))
	if w.Code != 200 || w.Body.String() != "{}" {
		t.Errorf("answered %d %s", w.Code, w.Body)
	}
	want := bot.Press{
		ID: "e-1", OpenID: "ou_zhang", ChatID: "oc_1", MessageID: "om_1",
		Value: map[string]any{"ask": "ranking", "page": 2.0}, Option: "华阳", Form: map[string]any{"reason": "门关着"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPressOfAForeignValueHasNone(t *testing.T) {
	for _, value := range []string{`"text"`, `7`, `null`, `["a"]`} {
		n, err := readNotice([]byte(notified(cardPressed, `{"operator":{"open_id":"ou_1"},"action":{"value":`+value+`}}`)))
		if err != nil {
			t.Fatal(err)
		}
		if press, err := n.press(); err != nil || press.Value != nil {
			t.Errorf("%s: %v, %v", value, press, err)
		}
	}
}

// Events come again for hours, a press never does.
func TestAnOldPressIsNotBelieved(t *testing.T) {
	for age, status := range map[time.Duration]int{0: 200, 5 * time.Minute: 200, 5*time.Minute + time.Second: 401} {
		presses := 0
		count := func(context.Context, bot.Press) (bot.PressAnswer, error) { presses++; return bot.PressAnswer{}, nil }
		w := post{body: notified(cardPressed, pressed), stamp: now.Add(-age)}.to(t, sealed, newTestHandler(sealed, new(inbox), count))
		if w.Code != status || (presses == 1) != (status == 200) {
			t.Errorf("signed %s ago: status %d, want %d; %d presses", age, w.Code, status, presses)
		}
	}
}

func TestPressAnswers(t *testing.T) {
	shown := card.Card{Title: "排行榜"}
	raw, err := shown.JSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		answer presser
		want   string
	}{
		"a toast": {func(context.Context, bot.Press) (bot.PressAnswer, error) {
			return bot.PressAnswer{Toast: "已记录", ToastKind: bot.ToastSuccess}, nil
		}, `{"toast":{"type":"success","content":"已记录"}}`},
		"a toast of no kind": {func(context.Context, bot.Press) (bot.PressAnswer, error) {
			return bot.PressAnswer{Toast: "已记录"}, nil
		}, `{"toast":{"type":"info","content":"已记录"}}`},
		"a card": {func(context.Context, bot.Press) (bot.PressAnswer, error) {
			return bot.PressAnswer{Card: &shown}, nil
		}, `{"card":{"type":"raw","data":` + string(raw) + `}}`},
		"an error": {func(context.Context, bot.Press) (bot.PressAnswer, error) {
			return bot.PressAnswer{}, errors.New("no rows: 张三")
		}, `{"toast":{"type":"warning","content":"` + tryAgain + `"}}`},
		"a panic": {func(context.Context, bot.Press) (bot.PressAnswer, error) {
			var nobody *bot.Event
			return bot.PressAnswer{Toast: nobody.Text}, nil
		}, `{"toast":{"type":"warning","content":"` + tryAgain + `"}}`},
	} {
		w := post{body: notified(cardPressed, pressed)}.to(t, sealed, newTestHandler(sealed, new(inbox), c.answer))
		var got, want any
		if err := errors.Join(json.Unmarshal(w.Body.Bytes(), &got), json.Unmarshal([]byte(c.want), &want)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" || w.Code != 200 {
			t.Errorf("%s: status %d\n%s", name, w.Code, diff)
		}
	}
}

func TestPressIsAnsweredInTimeByASlowPresserToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(context.Context, bot.Press) (bot.PressAnswer, error) {
			time.Sleep(5 * time.Second) // does not look at its context
			return bot.PressAnswer{Toast: "已记录"}, nil
		}
		start := time.Now()
		w := post{body: notified(cardPressed, pressed)}.to(t, sealed, newTestHandler(sealed, new(inbox), slow))
		if waited := time.Since(start); waited >= 3*time.Second {
			t.Errorf("answered after %v", waited)
		}
		if w.Code != 200 || !strings.Contains(w.Body.String(), tryAgain) {
			t.Errorf("answered %d %s", w.Code, w.Body)
		}
		time.Sleep(5 * time.Second)
	})
}
