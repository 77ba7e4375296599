package feishu

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/bot"
)

type received struct {
	Sender struct {
		SenderID   userID `json:"sender_id"`
		SenderType string `json:"sender_type"` // user, bot
	} `json:"sender"`
	Message struct {
		MessageID   string    `json:"message_id"`
		ChatID      string    `json:"chat_id"`
		ChatType    string    `json:"chat_type"` // p2p, else some kind of group
		MessageType string    `json:"message_type"`
		Content     string    `json:"content"` // JSON of its own
		Mentions    []mention `json:"mentions"`
	} `json:"message"`
}

type mention struct {
	Key  string `json:"key"` // as it stands in the text: @_user_1
	ID   userID `json:"id"`
	Name string `json:"name"`
}

// mentionAll stands in the text for 所有人. It addresses everybody and so not
// the bot; the platform lists it among the mentions or not.
const mentionAll = "@_all"

func (n *notice) readMessage(event *bot.Event, me func() (string, error)) error {
	var r received
	if err := n.body(&r); err != nil {
		return err
	}
	m := r.Message
	own := ""
	if len(m.Mentions) > 0 {
		var err error
		if own, err = me(); err != nil {
			return err
		}
	}
	event.Kind = bot.MessageReceived
	event.OpenID = r.Sender.SenderID.OpenID
	event.FromBot = r.Sender.SenderType != "user"
	event.ChatID = m.ChatID
	event.Private = m.ChatType == "p2p"
	event.MessageID = m.MessageID
	event.MessageType = m.MessageType
	event.Mentioned = slices.ContainsFunc(m.Mentions, func(m mention) bool { return m.isOf(own) })
	event.Text = plainText(typed(m.MessageType, m.Content), m.Mentions, own)
	return nil
}

func (m mention) isOf(openID string) bool {
	return m.Key != mentionAll && openID != "" && m.ID.OpenID == openID
}

// typed returns what somebody wrote, mentions still as keys: of a text, or of a
// rich text (post), as the desktop client sends it. Other messages, and one
// recalled before it got here, have no text.
func typed(messageType, content string) string {
	switch messageType {
	case "text":
		var c struct {
			Text string `json:"text"`
		}
		if json.Unmarshal([]byte(content), &c) != nil {
			return ""
		}
		return c.Text
	case "post":
		return typedRich(content)
	}
	return ""
}

func typedRich(content string) string {
	var c struct {
		Title   string `json:"title"`
		Content [][]struct {
			Text   string `json:"text"`    // of text, links, code
			UserID string `json:"user_id"` // of a mention: its key
		} `json:"content"`
	}
	if json.Unmarshal([]byte(content), &c) != nil {
		return ""
	}
	lines := []string{c.Title}
	for _, paragraph := range c.Content {
		var line strings.Builder
		for _, node := range paragraph {
			line.WriteString(node.Text)
			line.WriteString(node.UserID)
		}
		lines = append(lines, line.String())
	}
	return strings.Join(lines, "\n")
}

// plainText writes the mentions out by name and leaves out that of the bot.
func plainText(text string, mentions []mention, own string) string {
	// Longer keys first, or @_user_1 would match in @_user_10.
	byLength := slices.Clone(mentions)
	slices.SortStableFunc(byLength, func(a, b mention) int { return len(b.Key) - len(a.Key) })
	var pairs []string
	for _, m := range byLength {
		switch {
		case m.Key == "":
		case m.isOf(own):
			pairs = append(pairs, m.Key, "")
		case m.Key != mentionAll:
			pairs = append(pairs, m.Key, "@"+m.Name)
		}
	}
	pairs = append(pairs, mentionAll, "@所有人")
	return strings.TrimSpace(storable(strings.NewReplacer(pairs...).Replace(text)))
}

// storable takes out the one character that a database's text cannot hold.
func storable(text string) string { return strings.ReplaceAll(text, "\x00", "") }
