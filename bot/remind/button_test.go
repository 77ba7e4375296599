package remind_test

import (
	"encoding/json"
	"testing"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

func TestTheAssistantUnderstandsTheButtons(t *testing.T) {
	w := newWorld(t, records(short))
	assistant, err := bot.New(bot.Deps{
		Records: w.store, Rules: scoring.Default(), Workdays: calendar.Mainland(), Openness: bot.OpenOwn, Contact: "网格中心",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range w.due(t, clock(16, 40)) {
		press := bot.Press{ID: r.Key, OpenID: r.Receiver.ID, ChatID: "oc_private", Value: button(t, r, "ask")}
		if r.Receiver.Type == store.ToChat { // one of the group presses
			press.OpenID, press.ChatID = "ou_e2_member", r.Receiver.ID
		}
		answer, err := assistant.Press(t.Context(), press, clock(16, 45))
		if err != nil || answer.Private == nil || answer.Private.Title != "还差什么" {
			t.Errorf("%s: toast %q, in private %+v; %v", r.Key, answer.Toast, answer.Private, err)
		}
	}
}

// button is what the button of a reminder carries that does something.
func button(t *testing.T, r remind.Reminder, do string) map[string]any {
	t.Helper()
	var drawn any
	if err := json.Unmarshal(taken(t, r), &drawn); err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	var look func(any)
	look = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if carried, _ := v["value"].(map[string]any); v["type"] == "callback" && carried["do"] == do {
				value = carried
			}
			for _, part := range v {
				look(part)
			}
		case []any:
			for _, part := range v {
				look(part)
			}
		}
	}
	look(drawn)
	if value == nil {
		t.Fatalf("%s has no button to %s", r.Key, do)
	}
	return value
}
