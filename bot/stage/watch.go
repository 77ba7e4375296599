package stage

import (
	"context"
	"fmt"
)

// notice is one thing that pages are told as it happens: exactly one member is set.
type notice struct {
	Message *Message `json:"message,omitempty"`
	Chats   bool     `json:"chats,omitempty"` // memberships changed: ask again
	Call    *Call    `json:"call,omitempty"`
	Push    *Push    `json:"push,omitempty"`
}

// watcher is an open page. One that reads too slowly is dropped: its channel is
// closed, the page connects again and asks for everything.
type watcher struct {
	openID  string
	notices chan notice
}

// audience is all open pages. It is guarded by Server.mu.
type audience map[*watcher]bool

// tell gives a notice to those whom it concerns; nil concerns everybody.
func (a audience) tell(n notice, concerns func(openID string) bool) {
	for w := range a {
		if concerns != nil && !concerns(w.openID) {
			continue
		}
		select {
		case w.notices <- n:
		default:
			delete(a, w)
			close(w.notices)
		}
	}
}

// announce shows a new or changed message to the chat's people and to waiting
// tests. Needs s.mu.
func (s *Server) announce(m *Message) {
	if c := s.memory.chat(m.ChatID); c != nil {
		s.audience.tell(notice{Message: m}, c.has)
	}
	if m.FromBot && m.ParentID != "" {
		s.replies.add(m.ParentID)
	}
	s.stir()
}

// replies knows which messages the bot has replied to, and wakes who waits for
// that one alone. It is guarded by Server.mu.
type replies map[string]chan struct{} // closed once there is a reply

func (r replies) of(messageID string) chan struct{} {
	if r[messageID] == nil {
		r[messageID] = make(chan struct{})
	}
	return r[messageID]
}

func (r replies) add(messageID string) {
	reply := r.of(messageID)
	select {
	case <-reply:
	default:
		close(reply)
	}
}

// WaitReply waits until the bot has replied to a message since the start, or ctx
// ends. Unlike Wait it costs nothing while others are answered.
func (s *Server) WaitReply(ctx context.Context, messageID string) error {
	s.mu.Lock()
	reply := s.replies.of(messageID)
	s.mu.Unlock()
	select {
	case <-reply:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

// stir makes those who wait look again. Needs s.mu.
func (s *Server) stir() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Messages returns all messages of a chat, oldest first, recalled ones included.
func (s *Server) Messages(chatID string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said(chatID, func(*Message) bool { return true })
}

// Sent returns the bot's messages in a chat, oldest first.
func (s *Server) Sent(chatID string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said(chatID, fromBot)
}

func fromBot(m *Message) bool { return m.FromBot }

func (s *Server) said(chatID string, which func(*Message) bool) []Message {
	var list []Message
	c := s.memory.chat(chatID)
	if c == nil {
		return nil
	}
	for _, id := range c.messages {
		if m := s.memory.messages[id]; which(m) {
			list = append(list, *m)
		}
	}
	return list
}

// WaitMessages waits until the bot has sent at least n messages to a chat, and
// returns the bot's messages. It gives up with ctx.
func (s *Server) WaitMessages(ctx context.Context, chatID string, n int) ([]Message, error) {
	var sent []Message
	err := s.Wait(ctx, func() bool {
		sent = s.Sent(chatID)
		return len(sent) >= n
	})
	if err != nil {
		return sent, fmt.Errorf("stage: %d of %d messages in %s: %w", len(sent), n, chatID, err)
	}
	return sent, nil
}

// Wait looks again after every new or changed message, and every long connection
// that opens or breaks, until done, or ctx ends.
func (s *Server) Wait(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-s.ctx.Done():
			return s.ctx.Err()
		}
	}
}

// Accepted counts the messages the bot has sent, by chat_id.
func (s *Server) Accepted() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	count := map[string]int{}
	for _, m := range s.memory.messages {
		if m.FromBot {
			count[m.ChatID]++
		}
	}
	return count
}
