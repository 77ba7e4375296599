package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// User is a person acting on the stand-in, as with the client in their hand.
type User struct {
	s    *Server
	name string
}

// User finds a person by name or open_id; that there is none shows when they act.
func (s *Server) User(name string) *User { return &User{s, name} }

// ErrNobody means that no person has the name or open_id.
var ErrNobody = errors.New("stage: nobody of that name")

func (u *User) person() (*Person, error) {
	if p := u.s.memory.personNamed(u.name); p != nil {
		return p, nil
	}
	return nil, ErrNobody
}

// OpenID is the person's open_id; empty if there is no such person.
func (u *User) OpenID() string {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	if p := u.s.memory.personNamed(u.name); p != nil {
		return p.OpenID
	}
	return ""
}

// Chat is the id of the person's private chat with the bot.
func (u *User) Chat() string { return chatIDOf("p2p:" + u.OpenID()) }

// Say writes to the bot in private and returns the message's id once the bot was
// tried; that it did not take the event is no error: it is redelivered.
func (u *User) Say(_ context.Context, text string) (messageID string, err error) {
	return u.Send("text", map[string]string{"text": text})
}

// Send writes a private message of any type, e.g. "image" {"image_key": …}.
func (u *User) Send(msgType string, content any) (messageID string, err error) {
	return u.write(func(p *Person) (*chat, error) { return u.s.memory.privateChat(p), nil },
		Message{Type: msgType}, content, true)
}

// SayIn writes in a group. With mention the bot is named in front; "@姓名" of
// members and "@所有人" in the text become mentions too. Without a mention of the
// bot or of everybody the bot hears of it only if Options.HearsAll.
func (u *User) SayIn(_ context.Context, chatID, text string, mention bool) (messageID string, err error) {
	if mention {
		text = "@" + u.s.opts.BotName + " " + text
	}
	m := Message{Type: "text"}
	u.s.mu.Lock()
	text, m.Mentions = u.s.mentions(chatID, text)
	u.s.mu.Unlock()
	heard := u.s.opts.HearsAll || strings.Contains(text, "@_all")
	for _, n := range m.Mentions {
		heard = heard || n.OpenID == u.s.BotOpenID()
	}
	return u.write(func(p *Person) (*chat, error) { return u.s.groupOf(p, chatID) },
		m, map[string]string{"text": text}, heard)
}

func (s *Server) groupOf(p *Person, chatID string) (*chat, error) {
	c := s.memory.chat(chatID)
	switch {
	case c == nil || c.Private && !c.has(p.OpenID):
		return nil, fmt.Errorf("stage: no chat %s", chatID)
	case c.Dissolved:
		return nil, fmt.Errorf("stage: chat %s is dissolved", chatID)
	case !c.has(p.OpenID):
		return nil, fmt.Errorf("stage: not a member of %s", chatID)
	}
	return c, nil
}

// write adds a person's message and, if the bot hears it, pushes it.
func (u *User) write(where func(*Person) (*chat, error), m Message, content any, heard bool) (string, error) {
	raw, err := json.Marshal(content)
	if err != nil {
		return "", fmt.Errorf("stage: content: %w", err)
	}
	ev, m, err := u.put(where, m, string(raw), heard)
	if err != nil {
		return "", err
	}
	if ev != nil {
		u.s.deliver(ev)
	}
	return m.ID, nil
}

func (u *User) put(where func(*Person) (*chat, error), m Message, content string, heard bool) (*event, Message, error) {
	s := u.s
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := u.person()
	if err != nil {
		return nil, m, err
	}
	c, err := where(p)
	if err != nil {
		return nil, m, err
	}
	m.ID, m.ChatID, m.Sender, m.Content = newID("om_"), c.ID, p.OpenID, content
	m.CreatedAt = s.opts.Now()
	m.UpdatedAt = m.CreatedAt
	if refused := s.remember(&m); refused != nil {
		return nil, m, errors.New("stage: the journal cannot be written")
	}
	if !heard || !c.BotInside {
		return nil, m, nil
	}
	body, err := json.Marshal(received(p, c, &m))
	return s.plan("im.message.receive_v1", body), m, err
}

// mentions turns "@name" of the bot and of members into keys. Needs s.mu.
func (s *Server) mentions(chatID, text string) (string, []Mention) {
	names := []Mention{{OpenID: s.BotOpenID(), Name: s.opts.BotName}}
	if c := s.memory.chat(chatID); c != nil {
		for _, id := range c.Members {
			names = append(names, Mention{OpenID: id, Name: s.memory.person(id).Name})
		}
	}
	text = strings.ReplaceAll(text, "@所有人", "@_all")
	var found []Mention
	for _, n := range names {
		if strings.Contains(text, "@"+n.Name) {
			n.Key = fmt.Sprintf("@_user_%d", len(found)+1)
			text = strings.ReplaceAll(text, "@"+n.Name, n.Key)
			found = append(found, n)
		}
	}
	return text, found
}
