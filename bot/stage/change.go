package stage

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/nanxiashu/gridbot/bot/stage/cardcheck"
)

// How long a card can be changed, and how often a text (im/v1/message/patch, update).
const (
	cardLife = 14 * 24 * time.Hour
	maxEdits = 20
)

// How long and how often the token of a callback changes its card (card-delay).
const (
	creditLife = 30 * time.Minute
	creditUses = 2
)

// updateToken lets the bot change a card after a callback.
type updateToken struct {
	messageID string
	expires   time.Time
	uses      int
	answered  bool // the callback is answered; earlier updates are undone by it
}

// read returns a message (im/v1/message/get).
func (s *Server) read(r *http.Request, _ []byte) (map[string]any, *refusal) {
	m := s.memory.messages[r.PathValue("id")]
	if m == nil {
		return nil, refuse(codeDeleted, "The message has been deleted.")
	}
	return map[string]any{"msg": "success", "data": map[string]any{"items": []any{m.wire(s.opts.AppID)}}}, nil
}

// patch replaces a card (im/v1/message/patch).
func (s *Server) patch(r *http.Request, body []byte) (map[string]any, *refusal) {
	var ask struct{ Content *string }
	if json.Unmarshal(body, &ask) != nil || ask.Content == nil {
		return nil, invalidParam("content must be a string")
	}
	m, refused := s.ownMessage(r, codeCannotUpdate)
	if refused != nil {
		return nil, refused
	}
	now := s.opts.Now()
	switch {
	case m.Type != "interactive":
		return nil, invalidParam("only cards can be patched")
	case now.Sub(m.CreatedAt) > cardLife:
		return nil, refuse(codeTooOld, "The message is too old to be updated.")
	case m.locked:
		return nil, refuse(codeCardRefused, "Failed to update card content, ext=ErrCode: %d; ErrMsg: card action is lock; ", cardcheck.OverLimit)
	}
	if refused := s.limits.receiver("card " + m.ID); refused != nil {
		return nil, refused
	}
	if refused := s.checkContent("interactive", *ask.Content, len(body)); refused != nil {
		return nil, refused
	}
	if refused := s.change(m, func(m *Message) { m.Content, m.UpdatedAt = *ask.Content, now }); refused != nil {
		return nil, refused
	}
	return map[string]any{"msg": "ok", "data": map[string]any{}}, nil
}

// edit replaces a text (im/v1/message/update).
func (s *Server) edit(r *http.Request, body []byte) (map[string]any, *refusal) {
	var ask outgoing
	if refused := readOutgoing(body, &ask); refused != nil {
		return nil, refused
	}
	m, refused := s.ownMessage(r, codeNotEditor)
	switch {
	case refused != nil:
		return nil, refused
	case m.Type != "text" && m.Type != "post" || ask.Type != "text" && ask.Type != "post":
		return nil, refuse(codeUnsupported, "This operation is not supported for this message type.")
	case m.Edits >= maxEdits:
		return nil, refuse(codeTooManyEdits, "The message has reached the number of times it can be edited.")
	}
	if refused := s.checkContent(ask.Type, *ask.Content, len(body)); refused != nil {
		return nil, refused
	}
	now := s.opts.Now()
	refused = s.change(m, func(m *Message) {
		m.Type, m.Content, m.UpdatedAt = ask.Type, *ask.Content, now
		m.Edits++
	})
	if refused != nil {
		return nil, refused
	}
	return s.shown(s.memory.messages[m.ID]), nil
}

// recall takes a message back (im/v1/message/delete).
func (s *Server) recall(r *http.Request, _ []byte) (map[string]any, *refusal) {
	m, refused := s.ownMessage(r, codeNotSender)
	if refused != nil {
		return nil, refused
	}
	if refused := s.change(m, func(m *Message) { m.Recalled = true }); refused != nil {
		return nil, refused
	}
	return map[string]any{"msg": "success", "data": map[string]any{}}, nil
}

// ownMessage is the message of the path, which must be the bot's and still stand.
func (s *Server) ownMessage(r *http.Request, notOwn int) (*Message, *refusal) {
	m, refused := s.living(r.PathValue("id"))
	if refused != nil {
		return nil, refused
	}
	note(r, m.ChatID, m.Type)
	c := s.memory.chat(m.ChatID)
	switch {
	case !m.FromBot:
		return nil, refuse(notOwn, "The operator is not the sender of the message.")
	case c.Dissolved:
		return nil, refuse(codeChatDissolved, "The chat has been dissolved.")
	case !c.BotInside:
		return nil, refuse(codeBotNotInside, "The bot can not be outside the group.")
	}
	return m, nil
}

// updateByToken replaces a card with the token of a callback (interactive/v1/card/update).
func (s *Server) updateByToken(r *http.Request, body []byte) (map[string]any, *refusal) {
	var ask struct {
		Token string
		Card  json.RawMessage
	}
	if err := json.Unmarshal(body, &ask); err != nil {
		return nil, refuse(codeUpdateBadJSON, "the request is not JSON")
	}
	credit := s.credits[ask.Token]
	if credit == nil {
		return nil, refuse(codeUpdateToken, "token is invalid")
	}
	m := s.memory.messages[credit.messageID]
	note(r, m.ChatID, "card")
	now := s.opts.Now()
	switch {
	case !now.Before(credit.expires):
		return nil, refuse(codeUpdateExpired, "token is expired")
	case credit.uses >= creditUses:
		return nil, refuse(codeUpdateUsedUp, "token has been used up")
	case m.Recalled:
		return nil, refuse(codeUpdateRecalled, "the message was withdrawn")
	case len(body) > maxCard:
		return nil, refuse(codeUpdateBadCard, "the card is too large")
	}
	if wrong := cardcheck.Check(ask.Card, s.directory()); wrong != nil {
		return nil, refuse(codeUpdateBadCard, "Failed to create card content, ext=%s", wrong)
	}
	credit.uses++
	if credit.answered { // an earlier update is accepted and undone by the callback's answer
		if refused := s.change(m, func(m *Message) { m.Content, m.UpdatedAt = string(ask.Card), now }); refused != nil {
			return nil, refused
		}
	}
	return map[string]any{"msg": "ok"}, nil
}

// change journals and shows a changed copy of a message: readers of the old one
// never see it half done.
func (s *Server) change(m *Message, how func(*Message)) *refusal {
	changed := *s.memory.messages[m.ID]
	how(&changed)
	return s.remember(&changed)
}
