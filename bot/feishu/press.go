package feishu

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/larksuite/oapi-sdk-go/v3/event/dispatcher/callback"

	"github.com/nanxiashu/gridbot/bot"
)

// tryAgain is the toast for a press that could not be worked on in time.
const tryAgain = "刚才有点忙，没来得及处理，请再点一次"

// pressReply is the answer to card.action.trigger. Both members may be missing.
type pressReply = callback.CardActionTriggerResponse

// press answers a press within the platform's time. What goes wrong becomes a
// toast: a callback is never sent again, so an HTTP error would help nobody.
func (r *reception) press(ctx context.Context, notice *notice) (status int, reply any, err error) {
	press, err := notice.press()
	if err != nil {
		return http.StatusBadRequest, nil, err
	}
	answered := make(chan *pressReply, 1)
	go func() { answered <- r.pressed(ctx, press) }()
	select {
	case reply := <-answered:
		return http.StatusOK, reply, nil
	case <-ctx.Done():
		r.log.Warn("feishu: no answer to a press in time", "event", press.ID)
		return http.StatusOK, sorry(), nil
	}
}

// pressed asks the presser, and gives the platform's words to what it says.
func (r *reception) pressed(ctx context.Context, press bot.Press) (reply *pressReply) {
	defer func() {
		if cause := recover(); cause != nil {
			r.log.Error("feishu: a press made the assistant panic", "event", press.ID, "cause", cause)
			reply = sorry()
		}
	}()
	answer, err := r.presser.Press(ctx, press)
	if err == nil {
		reply, err = drawn(answer)
	}
	if err != nil {
		r.log.Error("feishu: press not answered", "event", press.ID, "error", err)
		return sorry()
	}
	return reply
}

func sorry() *pressReply {
	return &pressReply{Toast: &callback.Toast{Type: string(bot.ToastWarning), Content: tryAgain}}
}

func drawn(answer bot.PressAnswer) (*pressReply, error) {
	reply := new(pressReply)
	if answer.Toast != "" {
		kind := answer.ToastKind
		if kind == "" {
			kind = bot.ToastInfo
		}
		reply.Toast = &callback.Toast{Type: string(kind), Content: answer.Toast}
	}
	if answer.Card != nil {
		raw, err := answer.Card.JSON()
		if err != nil {
			return nil, fmt.Errorf("draw the answer's card: %w", err)
		}
		reply.Card = &callback.Card{Type: "raw", Data: json.RawMessage(raw)}
	}
	return reply, nil
}

// press reads a callback. A value that is no object is not one of ours and
// reads as none.
func (n *notice) press() (bot.Press, error) {
	var trigger struct {
		Operator userID `json:"operator"`
		Action   struct {
			Value     json.RawMessage `json:"value"`
			Option    string          `json:"option"`
			FormValue map[string]any  `json:"form_value"`
		} `json:"action"`
		Context struct {
			OpenMessageID string `json:"open_message_id"`
			OpenChatID    string `json:"open_chat_id"`
		} `json:"context"`
	}
	if err := n.body(&trigger); err != nil {
		return bot.Press{}, err
	}
	if n.Header.EventID == "" || trigger.Operator.OpenID == "" {
		return bot.Press{}, fmt.Errorf("%w: a press by nobody", errMalformed)
	}
	press := bot.Press{
		ID:        n.Header.EventID,
		OpenID:    trigger.Operator.OpenID,
		ChatID:    trigger.Context.OpenChatID,
		MessageID: trigger.Context.OpenMessageID,
		Option:    storable(trigger.Action.Option),
		Form:      trigger.Action.FormValue,
	}
	var value map[string]any
	if json.Unmarshal(trigger.Action.Value, &value) == nil {
		press.Value = value
	}
	return press, nil
}
