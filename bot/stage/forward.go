package stage

import (
	"encoding/json"
	"errors"
)

// Forward passes a card on to another chat of the person's, and returns the copy's
// id. It fails when the card says that it stays where it was sent.
func (u *User) Forward(messageID, chatID string) (copyID string, err error) {
	s := u.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := u.visible(messageID)
	if err != nil {
		return "", err
	}
	if !mayForward(m.Content) {
		return "", errors.New("stage: the card does not allow to be forwarded")
	}
	p, _ := u.person() // there is one: they see the card
	if chatID == chatIDOf("p2p:"+p.OpenID) {
		s.memory.privateChat(p)
	}
	to, err := s.groupOf(p, chatID)
	if err != nil {
		return "", err
	}
	now := s.opts.Now()
	passed := &Message{
		ID: newID("om_"), ChatID: to.ID, Type: m.Type, Content: m.Content,
		Sender: p.OpenID, Forwarded: true, CreatedAt: now, UpdatedAt: now,
	}
	if refused := s.remember(passed); refused != nil {
		return "", errors.New("stage: the journal cannot be written")
	}
	return passed.ID, nil
}

// mayForward is config.enable_forward, which is true unless said otherwise.
func mayForward(card string) bool {
	var c struct {
		Config struct {
			Forward *bool `json:"enable_forward"`
		}
	}
	return json.Unmarshal([]byte(card), &c) == nil && (c.Config.Forward == nil || *c.Config.Forward)
}
