package stage

import (
	"strings"
	"testing"
	"time"
)

func (p *platform) patch(id, card string) answered {
	p.t.Helper()
	return p.call("PATCH", "/open-apis/im/v1/messages/"+id, object(map[string]string{"content": card}))
}

const changedCard = `{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"改了"}]}}`

func TestACardIsPatchedForFourteenDays(t *testing.T) {
	p := newPlatform(t, nil)
	id := p.sendCard(helloCard)
	p.clock.Forward(14 * 24 * time.Hour)
	p.login()
	if got := p.patch(id, changedCard); got.code != 0 {
		t.Errorf("on the last day: %d", got.code)
	}
	if text := p.Sent(p.User("张三").Chat())[0].Text(); text != "改了" {
		t.Errorf("the card says %q", text)
	}
	if err := p.Age(id, time.Second); err != nil {
		t.Fatal(err)
	}
	if got := p.patch(id, changedCard); got.code != 230031 {
		t.Errorf("a second later: %d", got.code)
	}
}

func TestWhatCannotBePatched(t *testing.T) {
	p := newPlatform(t, nil)
	text := p.text("ou_zhang", "好", "").id()
	asked, err := p.User("张三").Say(t.Context(), "在吗")
	if err != nil {
		t.Fatal(err)
	}
	recalled := p.sendCard(helloCard)
	p.call("DELETE", "/open-apis/im/v1/messages/"+recalled, "")
	card := p.sendCard(helloCard)
	big := `{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"` + strings.Repeat("x", 31<<10) + `"}]}}`
	for name, c := range map[string]struct {
		id, card string
		code     int
	}{
		"a text":               {text, changedCard, 230001},
		"a person's message":   {asked, changedCard, 230006},
		"a recalled card":      {recalled, changedCard, 230011},
		"a message that isn't": {"om_none", changedCard, 230001},
		"a bad card":           {card, `{"schema":"2.0","elements":[]}`, 230099},
		"a card over 30 KB":    {card, big, 230025},
	} {
		if got := p.patch(c.id, c.card); got.code != c.code || got.status != 400 {
			t.Errorf("%s: %d, HTTP %d, want %d", name, got.code, got.status, c.code)
		}
		p.clock.Forward(time.Second)
	}
}

func TestFivePatchesASecondOfOneCard(t *testing.T) {
	p := newPlatform(t, nil)
	id := p.sendCard(helloCard)
	for range 5 {
		p.patch(id, changedCard)
	}
	if got := p.patch(id, changedCard); got.code != 230020 {
		t.Errorf("the sixth got %d", got.code)
	}
	p.clock.Forward(time.Second)
	if got := p.patch(id, changedCard); got.code != 0 {
		t.Errorf("a second later: %d", got.code)
	}
}

func TestACardIsLockedWhileItsPressIsAnswered(t *testing.T) {
	p := newPlatform(t, nil)
	id := p.sendCard(helloCard)
	bot := newFakeBot(t, p)
	var during answered
	bot.answers(func(int, delivered) (int, string) { during = p.patch(id, changedCard); return 200, "{}" })
	if _, err := p.User("张三").Press(t.Context(), id, "明细"); err != nil {
		t.Fatal(err)
	}
	if during.code != 230099 || !strings.Contains(during.msg(), "11310; ErrMsg: card action is lock") {
		t.Errorf("during the press: %d %s", during.code, during.msg())
	}
	if got := p.patch(id, changedCard); got.code != 0 {
		t.Errorf("after it: %d", got.code)
	}
}

// pressed sends a card, has it pressed, and returns the callback's token.
func (p *platform) pressed() (token string) {
	p.t.Helper()
	bot := newFakeBot(p.t, p)
	if _, err := p.User("张三").Press(p.t.Context(), p.sendCard(helloCard), "明细"); err != nil {
		p.t.Fatal(err)
	}
	return bot.got()[0].Event["token"].(string)
}

func (p *platform) delayed(token, card string) answered {
	p.t.Helper()
	return p.call("POST", "/open-apis/interactive/v1/card/update", `{"token":"`+token+`","card":`+card+`}`)
}

func TestATokenIsGoodForTwoUpdatesInHalfAnHour(t *testing.T) {
	p := newPlatform(t, nil)
	token := p.pressed()
	if got := p.delayed("c-none", changedCard); got.code != 300020 {
		t.Errorf("an unknown token: %d", got.code)
	}
	if got := p.delayed(token, `{"schema":"2.0","elements":[]}`); got.code != 11311 {
		t.Errorf("a bad card: %d", got.code)
	}
	if got := p.delayed(token, `"`+"x"+``); got.code != 100030 {
		t.Errorf("no JSON: %d", got.code)
	}
	for i, want := range []int{0, 0, 300040} {
		if got := p.delayed(token, changedCard); got.code != want {
			t.Errorf("update %d: %d, want %d", i+1, got.code, want)
		}
	}
	token = p.pressed()
	p.clock.Forward(30 * time.Minute)
	if got := p.delayed(token, changedCard); got.code != 300030 {
		t.Errorf("after half an hour: %d", got.code)
	}
}

func TestAnUpdateBeforeTheAnswerIsUndone(t *testing.T) {
	p := newPlatform(t, nil)
	id := p.sendCard(helloCard)
	bot := newFakeBot(t, p)
	bot.answers(func(_ int, e delivered) (int, string) {
		p.delayed(e.Event["token"].(string), changedCard)
		return 200, "{}"
	})
	if _, err := p.User("张三").Press(t.Context(), id, "明细"); err != nil {
		t.Fatal(err)
	}
	if now := p.Sent(p.User("张三").Chat())[0].Content; now != helloCard {
		t.Errorf("the card is %s", now)
	}
}

func TestATextIsEditedTwentyTimes(t *testing.T) {
	p := newPlatform(t, nil)
	id := p.text("ou_zhang", "一", "").id()
	edit := func(id string) answered {
		return p.call("PUT", "/open-apis/im/v1/messages/"+id, `{"msg_type":"text","content":"{\"text\":\"二\"}"}`)
	}
	for i := range 20 {
		if got := edit(id); got.code != 0 || got.data()["updated"] != true {
			t.Fatalf("edit %d: %v", i+1, got.body)
		}
	}
	if got := edit(id); got.code != 230072 {
		t.Errorf("the 21st: %d", got.code)
	}
	if got := edit(p.sendCard(helloCard)); got.code != 230054 {
		t.Errorf("a card: %d", got.code)
	}
}

func TestRecall(t *testing.T) {
	p := newPlatform(t, nil)
	asked, err := p.User("张三").Say(t.Context(), "在吗")
	if err != nil {
		t.Fatal(err)
	}
	own := p.text("ou_zhang", "好", "").id()
	for name, c := range map[string]struct {
		id   string
		code int
	}{"a person's message": {asked, 230026}, "one's own": {own, 0}} {
		if got := p.call("DELETE", "/open-apis/im/v1/messages/"+c.id, ""); got.code != c.code {
			t.Errorf("%s: %d, want %d", name, got.code, c.code)
		}
	}
	got := p.call("GET", "/open-apis/im/v1/messages/"+own, "")
	items, _ := got.data()["items"].([]any)
	if len(items) != 1 || items[0].(map[string]any)["deleted"] != true {
		t.Errorf("read back: %v", got.body)
	}
	if got := p.call("GET", "/open-apis/im/v1/messages/om_none", ""); got.code != 230110 {
		t.Errorf("a message that is none: %d", got.code)
	}
}
