package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"

	"github.com/nanxiashu/gridbot/bot/stage/cardcheck"
)

// Codes a person's client shows when a callback goes wrong (card-callback-communication).
const (
	pressTooLate   = 200341
	pressNoConnect = 200342
	pressNot200    = 200671
	pressBadAnswer = 200672
	pressBadCard   = 200673
	pressOldCard   = 200830
)

// Act is what a person does to a card: which control, and what they put into it.
type Act struct {
	Path  string // JSON pointer to the control, as "/body/elements/2"; or
	Label string // a button's text, a control's name, or a string in a button's value

	Option  string         // chosen in a select or overflow, as its value; dates as the platform writes them
	Options []string       // chosen in a multi-select
	Input   string         // typed into an input
	Checked bool           // of a checker
	Form    map[string]any // name → what was put into a form, with its submit button
}

// Outcome is what the person sees after acting on a card.
type Outcome struct {
	Toast   string `json:"toast,omitempty"`
	Kind    string `json:"kind,omitempty"` // info, success, warning, error
	Code    int    `json:"code,omitempty"` // not 0: the callback went wrong, Toast says how
	Updated bool   `json:"updated"`        // the card was replaced
}

// Press presses the button of a card that has the label, or whose value holds it.
func (u *User) Press(ctx context.Context, messageID, label string) (Outcome, error) {
	return u.Act(ctx, messageID, Act{Label: label})
}

// Act uses a control of a card. The error is about the act (no such control, it is
// disabled, …); what the bot made of it is the Outcome.
func (u *User) Act(ctx context.Context, messageID string, act Act) (Outcome, error) {
	action, err := u.action(messageID, act)
	if err != nil {
		return Outcome{}, err
	}
	return u.Forge(ctx, messageID, action)
}

// action finds the control in the card as it now is, and what it calls back with.
func (u *User) action(messageID string, act Act) (map[string]any, error) {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	m, err := u.visible(messageID)
	if err != nil {
		return nil, err
	}
	control, err := findControl(m.Content, act)
	if err != nil {
		return nil, err
	}
	if m.Forwarded && !allowsForwardedUse(m.Content) {
		return nil, errors.New("stage: a forwarded copy of this card cannot be used")
	}
	return control.action(act)
}

// visible is a message in a chat the person is in. Needs s.mu.
func (u *User) visible(messageID string) (*Message, error) {
	p, err := u.person()
	if err != nil {
		return nil, err
	}
	m := u.s.memory.messages[messageID]
	if m == nil || m.Recalled || m.Type != "interactive" {
		return nil, fmt.Errorf("stage: no card %s", messageID)
	}
	if _, err := u.s.groupOf(p, m.ChatID); err != nil {
		return nil, err
	}
	return m, nil
}

// Forge calls back with an action of one's own making, as nobody's client would:
// for tests of what the bot believes.
func (u *User) Forge(ctx context.Context, messageID string, action map[string]any) (Outcome, error) {
	s := u.s
	s.mu.Lock()
	m, err := u.visible(messageID)
	if err != nil {
		s.mu.Unlock()
		return Outcome{}, err
	}
	p, _ := u.person()
	credit := &updateToken{messageID: messageID, expires: s.opts.Now().Add(creditLife)}
	token := newID("c-")
	s.credits[token] = credit
	m.locked = true
	s.mu.Unlock()

	answer, err := s.call(ctx, callback(p, m, token, action))
	s.mu.Lock()
	defer s.mu.Unlock()
	credit.answered = true
	m = s.memory.messages[messageID]
	m.locked = false
	if err != nil {
		return failed(err), nil
	}
	return s.apply(m, answer), nil
}

func callback(p *Person, m *Message, token string, action map[string]any) map[string]any {
	operator := userID(p.OpenID)
	operator["tenant_key"] = tenantKey
	return map[string]any{
		"operator": operator, "token": token, "action": action, "host": "im_message",
		"context": map[string]any{"open_message_id": m.ID, "open_chat_id": m.ChatID},
	}
}

// call pushes a callback once; callbacks are never sent again.
func (s *Server) call(ctx context.Context, body map[string]any) ([]byte, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	if !s.begin() {
		return nil, errClosed
	}
	defer s.work.Done()
	ctx, cancel := context.WithTimeout(ctx, s.opts.Timeout)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	return s.push(ctx, "card.action.trigger", newID(""), raw, 1)
}

func failed(err error) Outcome {
	code := pressNoConnect
	var timeout net.Error
	if _, ok := errors.AsType[*statusError](err); ok {
		code = pressNot200
	} else if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		code = pressTooLate
	}
	return wrong(code)
}

func wrong(code int) Outcome {
	return Outcome{Toast: fmt.Sprintf("出错了，请稍后重试，code: %d", code), Kind: "error", Code: code}
}

// callbackAnswer is what the bot may answer a callback with.
type callbackAnswer struct {
	Toast *struct{ Type, Content string }
	Card  *struct {
		Type string
		Data json.RawMessage
	}
}

// apply shows the bot's answer: the card for everybody, the toast for the presser.
func (s *Server) apply(m *Message, raw []byte) Outcome {
	var answer *callbackAnswer
	if json.Unmarshal(raw, &answer) != nil || answer == nil { // null is not documented
		return wrong(pressBadAnswer)
	}
	var out Outcome
	if t := answer.Toast; t != nil {
		switch t.Type {
		case "", "info", "success", "warning", "error":
			out.Toast, out.Kind = t.Content, t.Type
		default:
			return wrong(pressBadAnswer)
		}
	}
	if answer.Card == nil {
		return out
	}
	if code := s.checkAnswerCard(answer.Card.Type, answer.Card.Data); code != 0 {
		return wrong(code)
	}
	now := s.opts.Now()
	if refused := s.change(m, func(m *Message) { m.Content, m.UpdatedAt = string(answer.Card.Data), now }); refused != nil {
		return wrong(pressBadCard)
	}
	out.Updated = true
	return out
}

func (s *Server) checkAnswerCard(kind string, data json.RawMessage) int {
	var card struct{ Schema *string }
	switch {
	case kind != "raw", len(data) > maxCard, json.Unmarshal(data, &card) != nil:
		return pressBadCard
	case card.Schema == nil || *card.Schema == "1.0":
		return pressOldCard
	case cardcheck.Check(data, s.directory()) != nil:
		return pressBadCard
	}
	return 0
}
