package feishu

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/nanxiashu/gridbot/bot"
)

// tryAgain is the toast for a press that could not be worked on in time.
const tryAgain = "刚才有点忙，没来得及处理，请再点一次"

type toast struct {
	Type    string `json:"type"`
	Content string `json:"content"`
}

type shownCard struct {
	Type string          `json:"type"` // raw: the card's own JSON
	Data json.RawMessage `json:"data"`
}

// pressReply is the answer to card.action.trigger. Both members may be missing.
type pressReply struct {
	Toast *toast     `json:"toast,omitempty"`
	Card  *shownCard `json:"card,omitempty"`
}

// press answers a press within the platform's time. What goes wrong becomes a
// toast: a callback is never sent again, so an HTTP error would help nobody.
func (h *Handler) press(ctx context.Context, notice *notice) (status int, reply any, err error) {
	press, err := notice.press()
	if err != nil {
		return http.StatusBadRequest, nil, err
	}
	answered := make(chan pressReply, 1)
	go func() { answered <- h.pressed(ctx, press) }()
	select {
	case reply := <-answered:
		return http.StatusOK, reply, nil
	case <-ctx.Done():
		h.log.Warn("feishu: no answer to a press in time", "event", press.ID)
		return http.StatusOK, sorry(), nil
	}
}

// pressed asks the presser, and gives the platform's words to what it says.
func (h *Handler) pressed(ctx context.Context, press bot.Press) (reply pressReply) {
	defer func() {
		if cause := recover(); cause != nil {
			h.log.Error("feishu: a press made the assistant panic", "event", press.ID, "cause", cause)
			reply = sorry()
		}
	}()
	answer, err := h.presser.Press(ctx, press)
	if err == nil {
		reply, err = drawn(answer)
	}
	if err != nil {
		h.log.Error("feishu: press not answered", "event", press.ID, "error", err)
		return sorry()
	}
	return reply
}

func sorry() pressReply {
	return pressReply{Toast: &toast{Type: string(bot.ToastWarning), Content: tryAgain}}
}

func drawn(answer bot.PressAnswer) (pressReply, error) {
	var reply pressReply
	if answer.Toast != "" {
		kind := answer.ToastKind
		if kind == "" {
			kind = bot.ToastInfo
		}
		reply.Toast = &toast{Type: string(kind), Content: answer.Toast}
	}
	if answer.Card != nil {
		raw, err := answer.Card.JSON()
		if err != nil {
			return pressReply{}, fmt.Errorf("draw the answer's card: %w", err)
		}
		reply.Card = &shownCard{Type: "raw", Data: raw}
	}
	return reply, nil
}

// press reads a callback. A value that is no object is not one of ours and
// reads as none.
func (n *notice) press() (bot.Press, error) {
	var callback struct {
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
	if err := n.body(&callback); err != nil {
		return bot.Press{}, err
	}
	if n.Header.EventID == "" || callback.Operator.OpenID == "" {
		return bot.Press{}, fmt.Errorf("%w: a press by nobody", errMalformed)
	}
	press := bot.Press{
		ID:        n.Header.EventID,
		OpenID:    callback.Operator.OpenID,
		ChatID:    callback.Context.OpenChatID,
		MessageID: callback.Context.OpenMessageID,
		Option:    storable(callback.Action.Option),
		Form:      callback.Action.FormValue,
	}
	var value map[string]any
	if json.Unmarshal(callback.Action.Value, &value) == nil {
		press.Value = value
	}
	return press, nil
}
