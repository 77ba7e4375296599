package stage

import (
	"testing"
	"time"
)

func TestAPrivateMessageReachesTheBot(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	id, err := p.User("张三").Say(t.Context(), "我的分数")
	if err != nil {
		t.Fatal(err)
	}
	got := bot.got()
	if len(got) != 1 || got[0].problem != nil || got[0].Header.EventType != "im.message.receive_v1" {
		t.Fatalf("the bot got %+v", got)
	}
	m := got[0].Event["message"].(map[string]any)
	if m["message_id"] != id || m["chat_type"] != "p2p" || m["content"] != `{"text":"我的分数"}` || m["mentions"] != nil {
		t.Errorf("message %v", m)
	}
	sender := got[0].Event["sender"].(map[string]any)["sender_id"].(map[string]any)
	if sender["open_id"] != "ou_zhang" {
		t.Errorf("sender %v", sender)
	}
}

func TestAGroupIsHeardOnlyWhenTheBotIsMentioned(t *testing.T) {
	cases := []struct {
		name          string
		text          string
		mention, open bool
		heard         int
	}{
		{"words among people", "下午开会", false, false, 0},
		{"the bot is mentioned", "排名", true, false, 1},
		{"the bot is mentioned within the words", "问问 @网格助手 排名", false, false, 1},
		{"everybody is mentioned", "@所有人 开会", false, false, 1},
		{"another person is mentioned", "@李四 开会", false, false, 0},
		{"the app may hear everything", "下午开会", false, true, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, func(o *Options) { o.HearsAll = c.open })
			bot := newFakeBot(t, p)
			if _, err := p.User("张三").SayIn(t.Context(), "oc_hy", c.text, c.mention); err != nil {
				t.Fatal(err)
			}
			if n := len(bot.got()); n != c.heard {
				t.Errorf("heard %d times, want %d", n, c.heard)
			}
		})
	}
}

func TestMentionsBecomeKeys(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	if _, err := p.User("张三").SayIn(t.Context(), "oc_hy", "替 @李四 查", true); err != nil {
		t.Fatal(err)
	}
	m := bot.got()[0].Event["message"].(map[string]any)
	if m["content"] != `{"text":"@_user_1 替 @_user_2 查"}` {
		t.Errorf("content %v", m["content"])
	}
	mentions := m["mentions"].([]any)
	first, second := mentions[0].(map[string]any), mentions[1].(map[string]any)
	if first["key"] != "@_user_1" || first["id"].(map[string]any)["open_id"] != p.BotOpenID() || second["name"] != "李四" {
		t.Errorf("mentions %v", mentions)
	}
}

func TestWhoMayWriteWhere(t *testing.T) {
	p := newPlatform(t, nil)
	for name, write := range map[string]func() error{
		"nobody":                func() error { _, err := p.User("没有此人").Say(t.Context(), "好"); return err },
		"a stranger in a group": func() error { _, err := p.User("张三").SayIn(t.Context(), "oc_without", "好", false); return err },
		"a group that is none":  func() error { _, err := p.User("张三").SayIn(t.Context(), "oc_none", "好", false); return err },
		"another's private chat": func() error {
			_, err := p.User("张三").SayIn(t.Context(), p.User("李四").Chat(), "好", false)
			return err
		},
		"recalling another's":       func() error { return p.User("张三").Recall("om_none") },
		"adding a bot to one's own": func() error { _ = p.User("张三").Enter(); return p.User("张三").AddBot(p.User("张三").Chat()) },
	} {
		if write() == nil {
			t.Errorf("%s was possible", name)
		}
	}
}

func TestEventsOfPeopleAndGroups(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	li := p.User("李四")
	for _, do := range []func() error{
		func() error { return li.Menu("my_score") }, li.Enter,
		func() error { return li.AddBot("oc_without") }, func() error { return li.RemoveBot("oc_without") },
		func() error { return li.Dissolve("oc_hy") }, li.Leave,
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"application.bot.menu_v6", "im.chat.access_event.bot_p2p_chat_entered_v1",
		"im.chat.member.bot.added_v1", "im.chat.member.bot.deleted_v1", "im.chat.disbanded_v1", "contact.user.deleted_v3",
	}
	for i, e := range bot.got() {
		if e.Header.EventType != want[i] || e.problem != nil {
			t.Errorf("event %d is %s (%v), want %s", i, e.Header.EventType, e.problem, want[i])
		}
	}
	if stamp, isNumber := bot.got()[0].Event["timestamp"].(float64); !isNumber || stamp != float64(p.clock.Now().Unix()) {
		t.Errorf("the menu's timestamp must be a number, is %v", bot.got()[0].Event["timestamp"])
	}
	if got := p.send("chat_id", "oc_hy", "text", `{"text":"好"}`, ""); got.code != 232009 {
		t.Errorf("a dissolved group got %d", got.code)
	}
	if got := p.text("ou_li", "好", ""); got.code != 230013 {
		t.Errorf("somebody who left got %d", got.code)
	}
}

func TestRedeliveries(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	bot.answers(func(int, delivered) (int, string) { return 500, "" })
	if _, err := p.User("张三").Say(t.Context(), "在吗"); err != nil {
		t.Fatal(err)
	}
	for i, wait := range []time.Duration{15 * time.Second, 5 * time.Minute, time.Hour, 6 * time.Hour} {
		p.clock.Forward(wait - time.Second)
		p.Redeliver()
		if n := len(bot.got()); n != i+1 {
			t.Fatalf("a second early there are %d tries, want %d", n, i+1)
		}
		p.clock.Forward(time.Second)
		p.Redeliver()
		if n := len(bot.got()); n != i+2 {
			t.Fatalf("after %v there are %d tries, want %d", wait, n, i+2)
		}
	}
	p.clock.Forward(48 * time.Hour)
	p.Redeliver()
	got := bot.got()
	if len(got) != 5 {
		t.Errorf("%d tries, want 5", len(got))
	}
	for _, e := range got {
		if e.Header.EventID != got[0].Header.EventID || e.problem != nil {
			t.Errorf("a redelivery is another event, or not signed anew: %+v", e)
		}
	}
}

func TestAnEventThatWasTakenIsNotSentAgain(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	bot.answers(func(n int, _ delivered) (int, string) { return map[bool]int{true: 503, false: 200}[n == 1], "{}" })
	if _, err := p.User("张三").Say(t.Context(), "在吗"); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		p.clock.Forward(6 * time.Hour)
		p.Redeliver()
	}
	if n := len(bot.got()); n != 2 {
		t.Errorf("%d tries, want 2", n)
	}
}

func TestTwists(t *testing.T) {
	cases := []struct {
		name    string
		twist   Twist
		arrives int
		problem string
	}{
		{"the same twice", Twist{Again: 1}, 2, ""},
		{"again as a new event", Twist{AgainAsNew: true}, 2, ""},
		{"a wrong token", Twist{WrongToken: true}, 1, "token"},
		{"a wrong signature", Twist{WrongSignature: true}, 1, "signature"},
		{"no signature", Twist{Unsigned: true}, 1, "signature"},
		{"signed an hour ago", Twist{Stale: time.Hour}, 1, "stale"},
		{"in plain text", Twist{Plain: true}, 1, "not encrypted"},
		{"a broken body", Twist{Body: func([]byte) []byte { return []byte("{") }}, 1, "not encrypted"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, nil)
			bot := newFakeBot(t, p)
			p.TwistNext(1, c.twist)
			for range 2 { // only the first is twisted
				if _, err := p.User("张三").Say(t.Context(), "在吗"); err != nil {
					t.Fatal(err)
				}
			}
			got := bot.got()
			if len(got) != c.arrives+1 {
				t.Fatalf("%d arrived, want %d", len(got), c.arrives+1)
			}
			if said := problem(got[0]); said != c.problem {
				t.Errorf("the first has problem %q, want %q", said, c.problem)
			}
			if said := problem(got[c.arrives]); said != "" {
				t.Errorf("the next has problem %q", said)
			}
			if same := got[0].Header.EventID == got[1].Header.EventID; c.arrives == 2 && same == c.twist.AgainAsNew {
				t.Errorf("the same event_id: %v", same)
			}
		})
	}
}

func problem(e delivered) string {
	if e.problem == nil {
		return ""
	}
	return e.problem.Error()
}

func TestTheChallenge(t *testing.T) {
	p := newPlatform(t, nil)
	bot := newFakeBot(t, p)
	if err := p.Challenge(t.Context()); err != nil {
		t.Error(err)
	}
	if got := bot.got(); len(got) != 1 || got[0].problem != nil {
		t.Errorf("the bot got %+v", got)
	}
	bot.server.Close()
	if p.Challenge(t.Context()) == nil {
		t.Error("a bot that is away passed the challenge")
	}
}
