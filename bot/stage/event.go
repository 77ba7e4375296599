package stage

import (
	"errors"
	"fmt"
	"time"
)

func userID(openID string) map[string]any {
	unionID, id := otherIDs(openID)
	return map[string]any{"open_id": openID, "union_id": unionID, "user_id": id}
}

// received is the event im.message.receive_v1 of a person's message.
func received(p *Person, c *chat, m *Message) map[string]any {
	chatType := "group"
	if c.Private {
		chatType = "p2p"
	}
	message := map[string]any{
		"message_id": m.ID, "create_time": millis(m.CreatedAt), "update_time": millis(m.UpdatedAt),
		"chat_id": c.ID, "chat_type": chatType, "message_type": m.Type, "content": m.Content,
	}
	if m.ParentID != "" {
		message["parent_id"], message["root_id"] = m.ParentID, m.RootID
	}
	var mentions []map[string]any
	for _, n := range m.Mentions {
		mentions = append(mentions, map[string]any{
			"key": n.Key, "id": userID(n.OpenID), "name": n.Name, "tenant_key": tenantKey,
		})
	}
	if mentions != nil {
		message["mentions"] = mentions
	}
	return map[string]any{
		"sender":  map[string]any{"sender_id": userID(p.OpenID), "sender_type": "user", "tenant_key": tenantKey},
		"message": message,
	}
}

// Menu presses an entry of the bot's menu by its key (application.bot.menu_v6).
func (u *User) Menu(key string) error {
	return u.emit("application.bot.menu_v6", func(p *Person) (map[string]any, error) {
		return map[string]any{
			"operator":  map[string]any{"operator_name": p.Name, "operator_id": userID(p.OpenID)},
			"event_key": key, "timestamp": u.s.opts.Now().Unix(),
		}, nil
	})
}

// Enter opens the private chat (im.chat.access_event.bot_p2p_chat_entered_v1).
func (u *User) Enter() error {
	return u.emit("im.chat.access_event.bot_p2p_chat_entered_v1", func(p *Person) (map[string]any, error) {
		c := u.s.memory.privateChat(p)
		body := map[string]any{"chat_id": c.ID, "operator_id": userID(p.OpenID)}
		if n := len(c.messages); n > 0 {
			last := u.s.memory.messages[c.messages[n-1]]
			body["last_message_id"], body["last_message_create_time"] = last.ID, millis(last.CreatedAt)
		}
		return body, nil
	})
}

// Leave makes the person resign: contact.user.deleted_v3, and 230013 from then on.
func (u *User) Leave() error {
	return u.emit("contact.user.deleted_v3", func(p *Person) (map[string]any, error) {
		p.Resigned = true
		object := userID(p.OpenID)
		object["name"], object["status"] = p.Name, status(p)
		return map[string]any{
			"object":     object,
			"old_object": map[string]any{"department_ids": []string{}, "open_id": p.OpenID},
		}, nil
	})
}

// emit pushes an event whose body is made while the memory is held.
func (u *User) emit(eventType string, body func(*Person) (map[string]any, error)) error {
	made, err := u.make(body)
	if err != nil {
		return err
	}
	_, err = u.s.Emit(eventType, made)
	return err
}

func (u *User) make(body func(*Person) (map[string]any, error)) (map[string]any, error) {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	p, err := u.person()
	if err != nil {
		return nil, err
	}
	return body(p)
}

// AddBot takes the bot into a group (im.chat.member.bot.added_v1).
func (u *User) AddBot(chatID string) error {
	return u.turn(chatID, "im.chat.member.bot.added_v1", func(c *chat) { c.BotInside = true })
}

// RemoveBot takes the bot out of a group (im.chat.member.bot.deleted_v1).
func (u *User) RemoveBot(chatID string) error {
	return u.turn(chatID, "im.chat.member.bot.deleted_v1", func(c *chat) { c.BotInside = false })
}

// Dissolve ends a group (im.chat.disbanded_v1).
func (u *User) Dissolve(chatID string) error {
	return u.turn(chatID, "im.chat.disbanded_v1", func(c *chat) { c.Dissolved = true })
}

// turn changes a group and tells the bot. The private chat cannot be changed.
func (u *User) turn(chatID, eventType string, how func(*chat)) error {
	return u.emit(eventType, func(p *Person) (map[string]any, error) {
		c, err := u.s.groupOf(p, chatID)
		if err != nil {
			return nil, err
		}
		if c.Private {
			return nil, errors.New("stage: a private chat has no members to change")
		}
		how(c)
		if err := u.s.write(entry{Chat: c}); err != nil {
			return nil, fmt.Errorf("stage: journal: %w", err)
		}
		u.s.audience.tell(notice{Chats: true}, nil)
		return map[string]any{
			"chat_id": c.ID, "operator_id": userID(p.OpenID), "external": false, "operator_tenant_key": tenantKey,
			"name": c.Name, "i18n_names": map[string]any{"zh_cn": c.Name},
		}, nil
	})
}

// Recall takes back a message of the person's own. Replies to it get 230011.
func (u *User) Recall(messageID string) error {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	p, err := u.person()
	if err != nil {
		return err
	}
	m := u.s.memory.messages[messageID]
	if m == nil || m.Sender != p.OpenID {
		return fmt.Errorf("stage: %s is no message of theirs", messageID)
	}
	if refused := u.s.change(m, func(m *Message) { m.Recalled, m.UpdatedAt = true, u.s.opts.Now() }); refused != nil {
		return errors.New("stage: the journal cannot be written")
	}
	return nil
}

// Age moves a message into the past, for what the platform allows only for days.
func (s *Server) Age(messageID string, by time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.memory.messages[messageID]
	if m == nil {
		return fmt.Errorf("stage: no message %s", messageID)
	}
	if refused := s.change(m, func(m *Message) { m.CreatedAt = m.CreatedAt.Add(-by) }); refused != nil {
		return errors.New("stage: the journal cannot be written")
	}
	return nil
}
