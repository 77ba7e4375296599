package stage

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTokens(t *testing.T) {
	p := newPlatform(t, nil)
	const path, good = "/open-apis/auth/v3/tenant_access_token/internal", `{"app_id":"cli_test","app_secret":"secret"}`

	if got := p.call("POST", path, `{"app_id":"cli_test","app_secret":"guess"}`); got.code != 10015 {
		t.Errorf("a wrong secret got %d", got.code)
	}
	p.clock.Forward(90 * time.Minute)
	if got := p.call("POST", path, good); got.body["tenant_access_token"] != p.token {
		t.Error("with 30 minutes left there must be the same token")
	}
	p.clock.Forward(time.Second)
	first := p.token
	p.login()
	if p.token == first {
		t.Error("with less than 30 minutes left there must be a new token")
	}
	p.token = first
	if got := p.call("GET", "/open-apis/bot/v3/info", ""); got.code != 0 {
		t.Errorf("the older token must still be good, got %d", got.code)
	}
	p.clock.Forward(30 * time.Minute)
	if got := p.call("GET", "/open-apis/bot/v3/info", ""); got.code != 99991663 || got.status != 400 {
		t.Errorf("an expired token got %d, HTTP %d", got.code, got.status)
	}
	p.token = ""
	if got := p.call("GET", "/open-apis/bot/v3/info", ""); got.code != 99991661 {
		t.Errorf("no token got %d", got.code)
	}
}

func TestWhatIsRefused(t *testing.T) {
	big := strings.Repeat("x", 31<<10)
	cases := []struct {
		name                  string
		idType, to, kind, msg string
		uuid                  string
		code                  int
	}{
		{"a person", "open_id", "ou_zhang", "text", `{"text":"好"}`, "", 0},
		{"a group the bot is in", "chat_id", "oc_hy", "text", `{"text":"好"}`, "", 0},
		{"a group without the bot", "chat_id", "oc_without", "text", `{"text":"好"}`, "", 230002},
		{"a group nobody knows", "chat_id", "oc_none", "text", `{"text":"好"}`, "", 230001},
		{"an open_id nobody has", "open_id", "ou_none", "text", `{"text":"好"}`, "", 99992351},
		{"an open_id that is none", "open_id", "zhang", "text", `{"text":"好"}`, "", 230001},
		{"a kind of id that is none", "phone", "138", "text", `{"text":"好"}`, "", 230001},
		{"somebody outside the availability", "open_id", "ou_wang", "text", `{"text":"好"}`, "", 230013},
		{"somebody who has resigned", "open_id", "ou_zhao", "text", `{"text":"好"}`, "", 230013},
		{"somebody who wants no messages", "open_id", "ou_qian", "text", `{"text":"好"}`, "", 230053},
		{"a kind of message that is none", "open_id", "ou_zhang", "letter", `{"text":"好"}`, "", 230001},
		{"a text that is no JSON", "open_id", "ou_zhang", "text", `好`, "", 230001},
		{"a text without text", "open_id", "ou_zhang", "text", `{}`, "", 230001},
		{"a post", "open_id", "ou_zhang", "post", `{"zh_cn":{"title":"x","content":[[{"tag":"text","text":"x"}]]}}`, "", 0},
		{"a post with a strange tag", "open_id", "ou_zhang", "post", `{"zh_cn":{"content":[[{"tag":"blink"}]]}}`, "", 230001},
		{"a picture not ours", "open_id", "ou_zhang", "image", `{"image_key":"img_x"}`, "", 230017},
		{"a uuid of 51", "open_id", "ou_zhang", "text", `{"text":"好"}`, strings.Repeat("u", 51), 230001},
		{"a card", "open_id", "ou_zhang", "interactive", helloCard, "", 0},
		{"a card over 30 KB", "open_id", "ou_zhang", "interactive", `{"schema":"2.0","x":"` + big + `"}`, "", 230025},
		{"a text over 30 KB", "open_id", "ou_zhang", "text", `{"text":"` + big + `"}`, "", 0},
		{"a text over 150 KB", "open_id", "ou_zhang", "text", `{"text":"` + strings.Repeat(big, 5) + `"}`, "", 230025},
		{"a bad card", "open_id", "ou_zhang", "interactive", `{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}`, "", 230099},
		{"a wrapped card", "open_id", "ou_zhang", "interactive", `{"card":` + helloCard + `}`, "", 230099},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := newPlatform(t, nil)
			got := p.send(c.idType, c.to, c.kind, c.msg, c.uuid)
			if got.code != c.code {
				t.Errorf("code %d (%s), want %d", got.code, got.msg(), c.code)
			}
			if wantStatus := map[bool]int{true: 200, false: 400}[c.code == 0]; got.status != wantStatus {
				t.Errorf("HTTP %d", got.status)
			}
			if (c.code == 0) != (got.id() != "") {
				t.Errorf("message_id %q", got.id())
			}
		})
	}
}

func TestACardsRefusalSaysWhere(t *testing.T) {
	p := newPlatform(t, nil)
	got := p.send("open_id", "ou_zhang", "interactive", `{"schema":"2.0","body":{"elements":[{"tag":"hr"},{"tag":"note"}]}}`, "")
	const want = "Failed to create card content, ext=ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [1](tag: note); ErrMsg: "
	if !strings.HasPrefix(got.msg(), want) {
		t.Errorf("msg %q", got.msg())
	}
}

func TestContentMustBeAString(t *testing.T) {
	p := newPlatform(t, nil)
	got := p.call("POST", "/open-apis/im/v1/messages?receive_id_type=open_id", `{"receive_id":"ou_zhang","msg_type":"text","content":{"text":"x"}}`)
	if got.code != 230001 {
		t.Errorf("content as object got %d", got.code)
	}
}

func TestOneUUIDOneMessageForAnHour(t *testing.T) {
	p := newPlatform(t, nil)
	first := p.text("ou_zhang", "一", "u1").id()
	p.clock.Forward(time.Hour - time.Second)
	if again := p.text("ou_zhang", "一", "u1"); again.code != 0 || again.id() != first {
		t.Errorf("within the hour: %d %s, want %s", again.code, again.id(), first)
	}
	p.clock.Forward(time.Second)
	if later := p.text("ou_zhang", "一", "u1"); later.id() == first {
		t.Error("after the hour the uuid is forgotten")
	}
	if n := len(p.Sent(p.User("张三").Chat())); n != 2 {
		t.Errorf("%d messages, want 2", n)
	}
}

func TestARefusedSendUsesNoUUID(t *testing.T) {
	p := newPlatform(t, nil)
	p.FailNext(1, Fault{Code: 2200, Status: 500})
	if got := p.text("ou_zhang", "一", "u1"); got.code != 2200 || got.status != 500 {
		t.Fatalf("the planned fault came as %d, HTTP %d", got.code, got.status)
	}
	if got := p.text("ou_zhang", "一", "u1"); got.code != 0 {
		t.Errorf("the second try got %d", got.code)
	}
}

func TestFivePerSecondToOneReceiver(t *testing.T) {
	p := newPlatform(t, nil)
	for i := range 5 {
		if got := p.text("ou_zhang", fmt.Sprint(i), ""); got.code != 0 {
			t.Fatalf("message %d got %d", i+1, got.code)
		}
	}
	if got := p.text("ou_zhang", "六", ""); got.code != 230020 || got.status != 400 {
		t.Errorf("the sixth within a second got %d, HTTP %d", got.code, got.status)
	}
	if got := p.text("ou_li", "别人", ""); got.code != 0 {
		t.Errorf("somebody else got %d", got.code)
	}
	p.clock.Forward(time.Second)
	if got := p.text("ou_zhang", "七", ""); got.code != 0 {
		t.Errorf("a second later got %d", got.code)
	}
}

func TestTheLimitsGoByARunningClockWhereTheDayStandsStill(t *testing.T) {
	stopped := newClock()
	p := newPlatform(t, func(o *Options) { o.Now = stopped.Now })
	for range 5 {
		p.text("ou_zhang", "提醒", "")
	}
	if got := p.text("ou_zhang", "六", ""); got.code != 230020 {
		t.Errorf("the sixth within a second got %d", got.code)
	}
	p.clock.Forward(time.Second)
	if got := p.text("ou_zhang", "七", ""); got.code != 0 {
		t.Errorf("a second later got %d", got.code)
	}
}

func TestFiftyCallsPerSecondOfOneAPI(t *testing.T) {
	p := newPlatform(t, nil)
	for range 50 {
		p.call("GET", "/open-apis/bot/v3/info", "")
	}
	got := p.call("GET", "/open-apis/bot/v3/info", "")
	if got.status != 429 || got.code != 99991400 || got.header.Get("x-ogw-ratelimit-limit") != "50" || got.header.Get("x-ogw-ratelimit-reset") != "1" {
		t.Errorf("the 51st got %d, HTTP %d, %v", got.code, got.status, got.header)
	}
	if got := p.call("GET", "/open-apis/im/v1/chats", ""); got.code != 0 {
		t.Errorf("another API got %d", got.code)
	}
	p.clock.Forward(time.Second)
	if got := p.call("GET", "/open-apis/bot/v3/info", ""); got.code != 0 {
		t.Errorf("a second later got %d", got.code)
	}
}

func TestAThousandCallsPerMinuteOfOneAPI(t *testing.T) {
	p := newPlatform(t, nil)
	for i := range 1000 {
		if i%50 == 0 {
			p.clock.Forward(time.Second)
		}
		if got := p.call("GET", "/open-apis/bot/v3/info", ""); got.code != 0 {
			t.Fatalf("call %d got %d", i+1, got.code)
		}
	}
	p.clock.Forward(time.Second)
	got := p.call("GET", "/open-apis/bot/v3/info", "")
	if got.status != 429 || got.header.Get("x-ogw-ratelimit-reset") != "40" {
		t.Errorf("the 1001st got HTTP %d, reset %q", got.status, got.header.Get("x-ogw-ratelimit-reset"))
	}
	p.clock.Forward(40 * time.Second)
	if got := p.call("GET", "/open-apis/bot/v3/info", ""); got.code != 0 {
		t.Errorf("after the wait got %d", got.code)
	}
}

func TestReplies(t *testing.T) {
	p := newPlatform(t, nil)
	asked, err := p.User("张三").SayIn(t.Context(), "oc_hy", "你好", false)
	if err != nil {
		t.Fatal(err)
	}
	reply := func(to string) answered {
		return p.call("POST", "/open-apis/im/v1/messages/"+to+"/reply", object(map[string]any{"msg_type": "interactive", "content": helloCard, "uuid": "r-" + to}))
	}
	first := reply(asked)
	if first.code != 0 || first.data()["parent_id"] != asked || first.data()["root_id"] != asked || first.data()["chat_id"] != "oc_hy" {
		t.Errorf("reply %v", first.body)
	}
	if second := reply(first.id()); second.data()["root_id"] != asked || second.data()["parent_id"] != first.id() {
		t.Errorf("reply to the reply %v", second.body)
	}
	if again := reply(asked); again.id() != first.id() {
		t.Error("the same uuid must bring the same reply")
	}
	if err := p.User("张三").Recall(asked); err != nil {
		t.Fatal(err)
	}
	if got := p.call("POST", "/open-apis/im/v1/messages/"+asked+"/reply", `{"msg_type":"text","content":"{\"text\":\"x\"}"}`); got.code != 230011 {
		t.Errorf("a reply to a recalled message got %d", got.code)
	}
	if got := reply("om_none"); got.code != 230001 {
		t.Errorf("a reply to nothing got %d", got.code)
	}
}
