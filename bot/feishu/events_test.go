package feishu

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot"
)

func TestEventsBecomePlainData(t *testing.T) {
	const operator = `"operator_id":{"union_id":"on_1","user_id":"e33g","open_id":"ou_zhang"}`
	const chat = `{"chat_id":"oc_1",` + operator + `,"external":false,"name":"华阳网格群","i18n_names":{"zh_cn":"华阳"}}`
	for name, c := range map[string]struct {
		eventType, event string
		want             bot.Event
	}{
		"a private message": {messageReceived, hello, bot.Event{
			Kind: bot.MessageReceived, OpenID: "ou_zhang", ChatID: "oc_1", Private: true,
			MessageID: "om_1", MessageType: "text", Text: "我的本月分数",
		}},
		"a mention in a group": {messageReceived, `{"sender":{"sender_id":{"open_id":"ou_zhang"},"sender_type":"user"},
			"message":{"message_id":"om_1","root_id":"om_0","chat_id":"oc_1","chat_type":"group","message_type":"text",
			"content":"{\"text\":\"@_user_1 排行榜\"}",
			"mentions":[{"key":"@_user_1","id":{"open_id":"ou_bot"},"mentioned_type":"bot","name":"网格助手"}]}}`, bot.Event{
			Kind: bot.MessageReceived, OpenID: "ou_zhang", ChatID: "oc_1",
			MessageID: "om_1", MessageType: "text", Text: "排行榜", Mentioned: true,
		}},
		"another bot in a topic group": {messageReceived, `{"sender":{"sender_id":{"open_id":"ou_other"},"sender_type":"bot"},
			"message":{"message_id":"om_1","chat_id":"oc_1","chat_type":"topic_group","message_type":"image","content":"{\"image_key\":\"img_1\"}"}}`,
			bot.Event{Kind: bot.MessageReceived, OpenID: "ou_other", ChatID: "oc_1", FromBot: true, MessageID: "om_1", MessageType: "image"}},
		"recalled before it came": {messageReceived, `{"sender":{"sender_id":{"open_id":"ou_zhang"},"sender_type":"user"},
			"message":{"message_id":"om_1","chat_id":"oc_1","chat_type":"p2p","message_type":"text","content":""}}`,
			bot.Event{Kind: bot.MessageReceived, OpenID: "ou_zhang", ChatID: "oc_1", Private: true, MessageID: "om_1", MessageType: "text"}},
		"the menu": {menuPressed, `{"operator":{"operator_name":"张三",` + operator + `},"event_key":"my_score","timestamp":1669364458}`,
			bot.Event{Kind: bot.MenuPressed, OpenID: "ou_zhang", Private: true, MenuKey: "my_score"}},
		"the private chat opened": {chatEntered, `{"chat_id":"oc_1",` + operator + `,"last_message_id":"om_9"}`,
			bot.Event{Kind: bot.ChatEntered, OpenID: "ou_zhang", ChatID: "oc_1", Private: true}},
		"added to a group": {botAdded, chat, bot.Event{Kind: bot.BotAdded, OpenID: "ou_zhang", ChatID: "oc_1", ChatName: "华阳网格群"}},
		"thrown out":       {botDeleted, chat, bot.Event{Kind: bot.BotRemoved, OpenID: "ou_zhang", ChatID: "oc_1", ChatName: "华阳网格群"}},
		"group disbanded":  {chatDisbanded, chat, bot.Event{Kind: bot.BotRemoved, OpenID: "ou_zhang", ChatID: "oc_1", ChatName: "华阳网格群"}},
		"somebody resigned": {userDeleted, `{"object":{"open_id":"ou_zhang","name":"张三","status":{"is_resigned":true}},"old_object":{"open_id":"ou_zhang"}}`,
			bot.Event{Kind: bot.PersonLeft, OpenID: "ou_zhang"}},
		"somebody resigned whom the app may not see": {userDeleted, `{"object":{},"old_object":{"department_ids":[],"open_id":"ou_zhang"}}`,
			bot.Event{Kind: bot.PersonLeft, OpenID: "ou_zhang"}},
	} {
		t.Run(name, func(t *testing.T) {
			box := new(inbox)
			w := post{body: notified(c.eventType, c.event)}.to(t, sealed, newTestHandler(sealed, box, nobodyPresses))
			if w.Code != 200 || w.Body.String() != "{}" {
				t.Fatalf("answered %d %s", w.Code, w.Body)
			}
			c.want.ID, c.want.ReceivedAt = "e-1", now
			if diff := cmp.Diff([]bot.Event{c.want}, box.taken); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEventsThatNobodyWaitsFor(t *testing.T) {
	for name, body := range map[string]string{
		"an unknown type":       notified("im.message.reaction.created_v1", `{"whatever":1}`),
		"an unknown type, null": notified("im.chat.updated_v1", `null`),
		"version 1.0":           `{"ts":"1502199207.7171419","uuid":"u-1","token":"v-token","type":"event_callback","event":{"type":"p2p_chat_create"}}`,
	} {
		box := new(inbox)
		w := post{body: body}.to(t, sealed, newTestHandler(sealed, box, nobodyPresses))
		if w.Code != 200 || len(box.taken) != 0 {
			t.Errorf("%s: answered %d, taken %v", name, w.Code, box.taken)
		}
	}
}

func TestMalformedEvents(t *testing.T) {
	for name, body := range map[string]string{
		"no message":        notified(messageReceived, `{}`),
		"no event at all":   notified(messageReceived, `null`),
		"another shape":     notified(menuPressed, `[]`),
		"a press by nobody": notified(cardPressed, `{"action":{}}`),
		"a menu of nobody":  notified(menuPressed, `{"event_key":"my_score"}`),
		"nobody enters":     notified(chatEntered, `{"chat_id":"oc_1"}`),
		"nobody left":       notified(userDeleted, `{"object":{"name":"张三"}}`),
		"added nowhere":     notified(botAdded, `{"name":"华阳网格群"}`),
		"removed nowhere":   notified(botDeleted, `{}`),
		"without an id":     strings.Replace(notified(messageReceived, hello), "e-1", "", 1),
	} {
		box := new(inbox)
		w := post{body: body}.to(t, sealed, newTestHandler(sealed, box, nobodyPresses))
		if w.Code != 400 || len(box.taken) != 0 {
			t.Errorf("%s: answered %d, taken %v", name, w.Code, box.taken)
		}
	}
}

func TestWhatCannotBeKeptIsSentAgain(t *testing.T) {
	box := &inbox{err: errors.New("database gone: postgres://user:secret@db")}
	w := post{body: notified(messageReceived, hello)}.to(t, sealed, newTestHandler(sealed, box, nobodyPresses))
	if w.Code != 500 || w.Body.String() != `{"error":"Internal Server Error"}` {
		t.Errorf("answered %d %s", w.Code, w.Body)
	}
}

func TestMentionWithoutKnowingOurselvesIsSentAgain(t *testing.T) {
	unknown := func(context.Context) (string, error) { return "", errors.New("no answer") }
	handler := NewHandler(sealed, unknown, new(inbox), presser(nobodyPresses), clock, quiet)
	mention := notified(messageReceived, `{"message":{"message_id":"om_1","mentions":[{"key":"@_user_1","id":{"open_id":"ou_x"}}]}}`)
	if w := (post{body: mention}).to(t, sealed, handler); w.Code != 500 {
		t.Errorf("with a mention: status %d", w.Code)
	}
	if w := (post{body: notified(messageReceived, hello)}).to(t, sealed, handler); w.Code != 200 {
		t.Errorf("without a mention: status %d", w.Code)
	}
}

func TestPanicIsAnswered(t *testing.T) {
	handler := NewHandler(open, nil, nil, presser(nobodyPresses), clock, quiet)
	if w := (post{body: notified(messageReceived, hello)}).to(t, open, handler); w.Code != 500 {
		t.Errorf("status %d", w.Code)
	}
}
