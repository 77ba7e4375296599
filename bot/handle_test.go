package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
)

func TestWhatAnEventBrings(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	private := Event{Kind: MessageReceived, OpenID: "ou_chief", ChatID: "oc_1", MessageID: "om_1", Private: true, MessageType: "text"}
	with := func(e Event, change func(*Event)) Event { change(&e); return e }
	for name, c := range map[string]struct {
		event Event
		title string // of the reply's card; "" = silence
	}{
		"an empty text gets help":                  {with(private, func(e *Event) { e.Text = "  " }), "我能帮您做什么"},
		"what nobody understands says so":          {with(private, func(e *Event) { e.Text = "zzxcv" }), "没听懂"},
		"a picture in private gets a sentence":     {with(private, func(e *Event) { e.MessageType = "image" }), "我只看得懂文字"},
		"a group without a mention is left alone":  {with(private, func(e *Event) { e.Private, e.Text = false, "我的分数" }), ""},
		"a picture in a group is left alone":       {with(private, func(e *Event) { e.Private, e.MessageType = false, "image" }), ""},
		"a mention in a group is answered":         {with(private, func(e *Event) { e.Private, e.Mentioned = false, true }), "我能帮您做什么"},
		"another bot is ignored":                   {with(private, func(e *Event) { e.FromBot, e.Text = true, "帮助" }), ""},
		"somebody unknown is told whom to turn to": {with(private, func(e *Event) { e.OpenID, e.Text = "ou_nobody", "帮助" }), "您好"},
		"who is out of service, too":               {with(private, func(e *Event) { e.OpenID, e.Text = "ou_gone", "帮助" }), "您好"},
		"the menu's score":                         {Event{Kind: MenuPressed, OpenID: "ou_chief", MenuKey: "my_score"}, "我的分数"},
		"the menu's shortfall":                     {Event{Kind: MenuPressed, OpenID: "ou_chief", MenuKey: "shortfall"}, "还差什么"},
		"the menu's ranking, for a worker":         {Event{Kind: MenuPressed, OpenID: "ou_chief", MenuKey: "ranking"}, "我的名次"},
		"the menu's ranking, for a leader":         {Event{Kind: MenuPressed, OpenID: "ou_leader", MenuKey: "ranking"}, "街道排名"},
		"the menu's help":                          {Event{Kind: MenuPressed, OpenID: "ou_chief", MenuKey: "help"}, "我能帮您做什么"},
		"an entry the menu had once":               {Event{Kind: MenuPressed, OpenID: "ou_chief", MenuKey: "old"}, "我能帮您做什么"},
		"a group says hello":                       {Event{Kind: BotAdded, ChatID: "oc_9"}, "大家好，我是网格助手"},
		"leaving a group is silent":                {Event{Kind: BotRemoved, ChatID: "oc_9"}, ""},
		"an event of the future is silent":         {Event{Kind: "moon"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			reply, err := a.Handle(t.Context(), c.event, now)
			if err != nil {
				t.Fatal(err)
			}
			if (reply == nil) != (c.title == "") {
				t.Fatalf("reply: %v, want %q", reply, c.title)
			}
			if reply == nil {
				return
			}
			if reply.Card.Title != c.title {
				t.Errorf("%s, want %s", reply.Card.Text(), c.title)
			}
			targets := strings.Join([]string{reply.MessageID, reply.OpenID, reply.ChatID}, "")
			if want := c.event.MessageID + map[bool]string{true: c.event.OpenID + c.event.ChatID}[c.event.MessageID == ""]; targets != want {
				t.Errorf("goes to %q, want %q", targets, want)
			}
		})
	}
}

func TestTheHelpIsShownOnceOnEntering(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	entered := Event{Kind: ChatEntered, OpenID: "ou_chief", ChatID: "oc_1"}
	first, err := a.Handle(t.Context(), entered, now)
	if err != nil || first == nil || first.Card.Title != "我能帮您做什么" || first.OpenID != "ou_chief" {
		t.Fatalf("%+v, %v", first, err)
	}
	if again, err := a.Handle(t.Context(), entered, now.Add(time.Hour)); err != nil || again != nil {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestLeavingForgets(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	if err := records.BindGroup(t.Context(), store.Group{ChatID: "oc_1", BoundBy: "ou_admin", BoundAt: now}); err != nil {
		t.Fatal(err)
	}
	for _, event := range []Event{{Kind: BotRemoved, ChatID: "oc_1"}, {Kind: PersonLeft, OpenID: "ou_chief"}} {
		if reply, err := a.Handle(t.Context(), event, now); err != nil || reply != nil {
			t.Fatalf("%+v, %v", reply, err)
		}
	}
	if _, err := records.Group(t.Context(), "oc_1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the group: %v", err)
	}
	if _, err := records.PersonByOpenID(t.Context(), "ou_chief"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the person: %v", err)
	}
}

func TestAQuestionIsRememberedForTenMinutes(t *testing.T) {
	for name, c := range map[string]struct {
		openID, chatID string
		later          time.Duration
		want           bool
	}{
		"at once":                      {"ou_1", "oc_1", 0, true},
		"after ten minutes to the dot": {"ou_1", "oc_1", 10 * time.Minute, true},
		"a moment later no more":       {"ou_1", "oc_1", 10*time.Minute + time.Second, false},
		"not in another chat":          {"ou_1", "oc_2", 0, false},
		"not of another person":        {"ou_2", "oc_1", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory(nil)
			asked := ask.Question{Meaning: ask.MyScore, Sure: true}
			m.remember(t.Context(), "ou_1", "oc_1", asked, now)
			m.remember(t.Context(), "ou_1", "oc_1", ask.Question{Meaning: ask.Unknown}, now) // was not answered
			last, at := m.recall(t.Context(), c.openID, c.chatID, now.Add(c.later))
			if (last != nil) != c.want {
				t.Fatalf("remembered: %v, want %v", last, c.want)
			}
			if c.want && (last.Meaning != ask.MyScore || !at.Equal(now)) {
				t.Errorf("%+v at %s", last, at)
			}
		})
	}
}
