package feishu

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/nanxiashu/gridbot/bot"
)

// The platform's event types that become something for the assistant. Every
// other type is received and dropped.
const (
	messageReceived = "im.message.receive_v1"
	menuPressed     = "application.bot.menu_v6"
	chatEntered     = "im.chat.access_event.bot_p2p_chat_entered_v1"
	botAdded        = "im.chat.member.bot.added_v1"
	botDeleted      = "im.chat.member.bot.deleted_v1"
	chatDisbanded   = "im.chat.disbanded_v1"
	userDeleted     = "contact.user.deleted_v3"

	cardPressed = "card.action.trigger" // a callback: answered at once
)

// eventTypes is all of them, for the long connection to ask for.
var eventTypes = []string{messageReceived, menuPressed, chatEntered, botAdded, botDeleted, chatDisbanded, userDeleted}

// errMalformed is an event that is the platform's but not as documented.
var errMalformed = errors.New("malformed")

type userID struct {
	OpenID string `json:"open_id"`
}

// event reads the notice's event; known is false for a type that nobody waits
// for. The error is errMalformed, or me's.
func (n *notice) event(me func() (string, error)) (event bot.Event, known bool, err error) {
	if !n.isV2() {
		return bot.Event{}, false, nil
	}
	event.ID = n.Header.EventID
	switch n.Header.EventType {
	case messageReceived:
		err = n.readMessage(&event, me)
	case menuPressed:
		event.Kind, event.Private = bot.MenuPressed, true
		err = n.readMenu(&event)
	case chatEntered:
		event.Kind, event.Private = bot.ChatEntered, true
		err = n.readChat(&event)
	case botAdded:
		event.Kind = bot.BotAdded
		err = n.readChat(&event)
	case botDeleted, chatDisbanded:
		event.Kind = bot.BotRemoved
		err = n.readChat(&event)
	case userDeleted:
		event.Kind = bot.PersonLeft
		err = n.readLeaver(&event)
	default:
		return bot.Event{}, false, nil
	}
	if lacks := lacking(event); err == nil && lacks != "" {
		err = fmt.Errorf("%w: %s without %s", errMalformed, n.Header.EventType, lacks)
	}
	return event, true, err
}

// lacking names what an event does not say although nothing could follow from it
// without; "" = it is complete.
func lacking(event bot.Event) string {
	switch event.Kind {
	case bot.MessageReceived:
		if event.MessageID == "" {
			return "message_id"
		}
	case bot.MenuPressed, bot.ChatEntered, bot.PersonLeft:
		if event.OpenID == "" {
			return "open_id"
		}
	case bot.BotAdded, bot.BotRemoved:
		if event.ChatID == "" {
			return "chat_id"
		}
	}
	if event.ID == "" {
		return "event_id"
	}
	return ""
}

// body reads the event's own part into v.
func (n *notice) body(v any) error {
	if err := json.Unmarshal(n.Event, v); err != nil {
		return fmt.Errorf("%w: %s", errMalformed, n.Header.EventType)
	}
	return nil
}

func (n *notice) readMenu(event *bot.Event) error {
	var menu struct {
		Operator struct {
			OperatorID userID `json:"operator_id"`
		} `json:"operator"`
		EventKey string `json:"event_key"`
	}
	err := n.body(&menu)
	event.OpenID, event.MenuKey = menu.Operator.OperatorID.OpenID, storable(menu.EventKey)
	return err
}

func (n *notice) readChat(event *bot.Event) error {
	var chat struct {
		ChatID     string `json:"chat_id"`
		OperatorID userID `json:"operator_id"`
		Name       string `json:"name"`
	}
	err := n.body(&chat)
	event.ChatID, event.OpenID, event.ChatName = chat.ChatID, chat.OperatorID.OpenID, storable(chat.Name)
	return err
}

// readLeaver reads who left. What the platform tells of a person depends on the
// app's permissions; of what the person was, it always tells the id.
func (n *notice) readLeaver(event *bot.Event) error {
	var leaver struct {
		Object    userID `json:"object"`
		OldObject userID `json:"old_object"`
	}
	err := n.body(&leaver)
	event.OpenID = cmp.Or(leaver.Object.OpenID, leaver.OldObject.OpenID)
	return err
}
