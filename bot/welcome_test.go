package bot

import (
	"strings"
	"testing"
)

func TestWhoAskedFirstIsNotWelcomedAfterwards(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	asked := Event{Kind: MessageReceived, OpenID: "ou_chief", ChatID: "oc_1", Private: true, MessageID: "om_1", MessageType: "text", Text: "我的分数"}
	if _, err := a.Handle(t.Context(), asked, now); err != nil {
		t.Fatal(err)
	}
	got, err := a.Handle(t.Context(), Event{Kind: ChatEntered, OpenID: "ou_chief", ChatID: "oc_1"}, now)
	if err != nil || got != nil {
		t.Errorf("entering after the first question brings %v, %v, want silence", got, err)
	}
}

func TestAStrangerIsWelcomedOnceTheyAreKnown(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	entered := Event{Kind: ChatEntered, OpenID: "ou_new", ChatID: "oc_1"}
	for _, step := range []struct {
		known bool
		want  string // the title of the greeting, "" for silence
	}{{false, "您好"}, {false, ""}, {true, "我能帮您做什么"}, {true, ""}} {
		if step.known {
			if err := records.Bind(t.Context(), personOf(t, records, "东一长").Mobile, "ou_new"); err != nil {
				t.Fatal(err)
			}
		}
		reply, err := a.Handle(t.Context(), entered, now)
		if err != nil {
			t.Fatal(err)
		}
		title := ""
		if reply != nil {
			title = reply.Card.Title
		}
		if title != step.want {
			t.Errorf("known %v: %q, want %q", step.known, title, step.want)
		}
	}
}

func TestAStrangersPressLooksThemUp(t *testing.T) {
	contacts := &platform{ids: map[string]string{"13800000070": "ou_70"}}
	a := assistantOn(t, village(t), func(d *Deps) { d.Contacts = contacts })
	value := map[string]any{"do": "ask", "meaning": "help"}
	for openID, want := range map[string]string{"ou_70": "好的，发给您了", "ou_nobody": "我还没认出您"} {
		got, err := a.Press(t.Context(), Press{OpenID: openID, ChatID: "oc_1", Value: value}, now)
		if err != nil || !strings.HasPrefix(got.Toast, want) {
			t.Errorf("a press by %s brings %+v, %v, want %s", openID, got, err, want)
		}
	}
}

func TestAMuteShowsWhatIsMuted(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	value := map[string]any{"do": "mute", "kind": "overdue", "turn": "ou_chief"}
	got, err := a.Press(t.Context(), Press{OpenID: "ou_chief", ChatID: "oc_1", Value: value}, now)
	if err != nil {
		t.Fatal(err)
	}
	if got.Card == nil || !strings.Contains(textOf(got.Card), "今天不再发") || !strings.Contains(textOf(got.Card), "事项到期提醒") {
		t.Errorf("the card does not show what is muted: %+v", got.Card)
	}
}
