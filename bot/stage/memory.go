package stage

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// uuidLife is how long the platform remembers a uuid (im/v1/message/create).
const uuidLife = time.Hour

// memory is what the platform knows: people, chats, and what was said.
// It is guarded by Server.mu.
type memory struct {
	people   []*Person
	chats    []*chat // groups first as given, then private chats as they are used
	messages map[string]*Message
	uuids    map[string]sentOnce
	uploads  map[string]upload

	personByID map[string]*Person // by open_id
	chatByID   map[string]*chat
}

// sentOnce is what a repeated uuid is answered with.
type sentOnce struct {
	messageID string
	at        time.Time
}

// chat is a group, or the private chat of one person with the bot.
type chat struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Private   bool     `json:"private,omitempty"`
	Members   []string `json:"members"` // open_ids, without the bot
	BotInside bool     `json:"bot_inside"`
	Dissolved bool     `json:"dissolved,omitempty"`

	messages []string // ids, oldest first
}

func (c *chat) has(openID string) bool { return slices.Contains(c.Members, openID) }

func newMemory(o Options) (memory, error) {
	m := memory{
		messages: map[string]*Message{}, uuids: map[string]sentOnce{}, uploads: map[string]upload{},
		personByID: map[string]*Person{}, chatByID: map[string]*chat{},
	}
	for _, p := range o.People {
		if p.OpenID == "" {
			p.OpenID = openIDOf(p.Name)
		}
		if m.person(p.OpenID) != nil {
			return memory{}, fmt.Errorf("two people with open_id %s", p.OpenID)
		}
		m.people = append(m.people, &p)
		m.personByID[p.OpenID] = &p
	}
	for _, g := range o.Groups {
		c, err := m.newGroup(g)
		if err != nil {
			return memory{}, err
		}
		m.add(c)
	}
	return m, nil
}

func (m *memory) newGroup(g Group) (*chat, error) {
	c := &chat{ID: g.ChatID, Name: g.Name, BotInside: !g.Without}
	if c.ID == "" {
		c.ID = chatIDOf(g.Name)
	}
	if m.chat(c.ID) != nil {
		return nil, fmt.Errorf("two groups with chat_id %s", c.ID)
	}
	for i, name := range g.Members {
		p := m.personNamed(name)
		if p == nil {
			return nil, fmt.Errorf("group %s: member %d is not among the people", c.ID, i+1)
		}
		c.Members = append(c.Members, p.OpenID)
	}
	return c, nil
}

func (m *memory) add(c *chat) {
	m.chats = append(m.chats, c)
	m.chatByID[c.ID] = c
}

func (m *memory) person(openID string) *Person { return m.personByID[openID] }

// personNamed finds by open_id or name; with two of a name, the first.
func (m *memory) personNamed(name string) *Person {
	if p := m.person(name); p != nil {
		return p
	}
	return m.find(func(p *Person) bool { return p.Name == name })
}

func (m *memory) find(is func(*Person) bool) *Person {
	if i := slices.IndexFunc(m.people, is); i >= 0 {
		return m.people[i]
	}
	return nil
}

func (m *memory) chat(id string) *chat { return m.chatByID[id] }

// privateChat is the chat of a person with the bot, made when first needed.
func (m *memory) privateChat(p *Person) *chat {
	id := chatIDOf("p2p:" + p.OpenID)
	if c := m.chat(id); c != nil {
		return c
	}
	c := &chat{ID: id, Private: true, Members: []string{p.OpenID}, BotInside: true}
	m.add(c)
	return c
}

// put adds a message, or replaces the one with its id.
func (m *memory) put(msg *Message) {
	if _, known := m.messages[msg.ID]; !known {
		if c := m.chat(msg.ChatID); c != nil {
			c.messages = append(c.messages, msg.ID)
		}
	}
	m.messages[msg.ID] = msg
	if msg.UUID != "" {
		m.uuids[msg.UUID] = sentOnce{msg.ID, msg.CreatedAt}
	}
}

// sent returns the message that a uuid brought within the last hour.
func (m *memory) sent(uuid string, now time.Time) *Message {
	once, known := m.uuids[uuid]
	if uuid == "" || !known || now.Sub(once.at) >= uuidLife {
		return nil
	}
	return m.messages[once.messageID]
}

// The platform's ids are opaque; those of people and chats are made of what they
// stand for so that they are the same after every start.
func openIDOf(of string) string { return "ou_" + digest("person", of) }
func chatIDOf(of string) string { return "oc_" + digest("chat", of) }

// otherIDs gives the ids a person has beside the open_id.
func otherIDs(openID string) (unionID, userID string) {
	return "on_" + digest("union", openID), digest("user", openID)[:8]
}

func digest(kind, of string) string {
	sum := sha256.Sum256([]byte(kind + "|" + of))
	return hex.EncodeToString(sum[:16])
}

func newID(prefix string) string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return prefix + hex.EncodeToString(b[:])
}
