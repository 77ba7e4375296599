package bot

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/nanxiashu/gridbot/bot/card"
)

// shortAnswer is how many characters an answer to what is no question may have.
const shortAnswer = 400

func TestWhatIsNoQuestionGetsAShortAnswerOrNone(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	for name, c := range map[string]struct {
		kind, text string
		title      string // of the answer in private
	}{
		"ten thousand characters":        {"text", strings.Repeat("我的分数", 2500), "没听懂"},
		"ten thousand invisible ones":    {"text", strings.Repeat("\u200b", 10000), "没听懂"},
		"spaces":                         {"text", " \t　\n ", "我能帮您做什么"},
		"zero-width characters":          {"text", "\u200b\u200c\u2060\ufeff", "没听懂"},
		"a question with invisible ones": {"text", "我的\u200b分\ufeff数", "我的分数"},
		"a question turned round":        {"text", "\u202e我的分数\u202c", "我的分数"},
		"not even text":                  {"text", "\xff\xfe\x00", "没听懂"},
		"emoji":                          {"text", "👍🎉", "没听懂"},
		"markup":                         {"text", "<script>alert(1)</script>", "没听懂"},
		"everybody":                      {"text", "@所有人 开会了", "没听懂"},
		"a recalled message":             {"text", "", "我能帮您做什么"},
		"a picture":                      {"image", "", "我只看得懂文字"},
		"a voice message":                {"audio", "", "我只看得懂文字"},
		"a file":                         {"file", "", "我只看得懂文字"},
		"a sticker":                      {"sticker", "", "我只看得懂文字"},
		"merged forwards":                {"merge_forward", "", "我只看得懂文字"},
		"a shared card":                  {"share_chat", "", "我只看得懂文字"},
		"a card of another bot":          {"interactive", "", "我只看得懂文字"},
		"a kind that is new":             {"hologram", "", "我只看得懂文字"},
	} {
		t.Run(name, func(t *testing.T) {
			private := Event{Kind: MessageReceived, OpenID: "ou_chief", ChatID: "oc_1", MessageID: "om_1", Private: true, MessageType: c.kind, Text: c.text}
			reply, err := a.Handle(t.Context(), private, now)
			if err != nil {
				t.Fatal(err)
			}
			text := reply.Card.Text()
			if reply.Card.Title != c.title || c.title != "我的分数" && utf8.RuneCountInString(text) > shortAnswer {
				t.Errorf("%d characters, want a short %s:\n%s", utf8.RuneCountInString(text), c.title, text)
			}
			for _, silent := range []Event{
				{Kind: MessageReceived, OpenID: "ou_bot", ChatID: "oc_1", MessageID: "om_1", Private: true, FromBot: true, MessageType: c.kind, Text: c.text},
				{Kind: MessageReceived, OpenID: "ou_chief", ChatID: "oc_g", MessageID: "om_1", MessageType: c.kind, Text: c.text},
			} {
				if reply, err := a.Handle(t.Context(), silent, now); err != nil || reply != nil {
					t.Errorf("%+v is answered: %+v, %v", silent, reply, err)
				}
			}
		})
	}
}

func TestAnOldCardsButtonsAreOfItsOwnMonth(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	for text, c := range map[string]struct{ button, want string }{
		"我的分数": {"明细", "【扣分明细】 一号网格 · 11月"},
		"我的名次": {"看分数", "【我的分数】 一号网格 · 11月"},
		"扣分明细": {"看分数", "【我的分数】 一号网格 · 11月"},
	} {
		answered, err := a.Answer(t.Context(), personOf(t, a.Records, "东一长"), false, text, now)
		if err != nil {
			t.Fatal(err)
		}
		got, err := a.Press(t.Context(), Press{OpenID: "ou_chief", ChatID: "oc_1", Value: valueOf(t, answered, c.button)}, now.Add(10*24*time.Hour))
		if err != nil || got.Private == nil || !strings.HasPrefix(got.Private.Text(), c.want) {
			t.Errorf("%s, %s in December: want %s, got %+v, %v", text, c.button, c.want, got, err)
		}
	}
}

// valueOf is what the button of a card carries.
func valueOf(t *testing.T, c card.Card, text string) map[string]any {
	t.Helper()
	for _, block := range c.Blocks {
		buttons, _ := block.(card.Buttons)
		for _, b := range buttons {
			if b.Text == text {
				return b.Value
			}
		}
	}
	t.Fatalf("there is no button %s on\n%s", text, c.Text())
	return nil
}
