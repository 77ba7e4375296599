package stage

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Message is a message in a chat.
type Message struct {
	ID        string    `json:"id"`
	ChatID    string    `json:"chat_id"`
	RootID    string    `json:"root_id,omitempty"`   // first message of the chain this one answers
	ParentID  string    `json:"parent_id,omitempty"` // the message this one answers
	Type      string    `json:"type"`                // text, interactive, image, …
	Content   string    `json:"content"`             // JSON, by type
	Sender    string    `json:"sender"`              // open_id, or the app's id
	FromBot   bool      `json:"from_bot,omitempty"`
	Forwarded bool      `json:"forwarded,omitempty"` // a copy of a card, passed on by Sender
	Mentions  []Mention `json:"mentions,omitempty"`
	UUID      string    `json:"uuid,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	Recalled  bool      `json:"recalled,omitempty"`
	Edits     int       `json:"edits,omitempty"` // how often a text was changed

	locked bool // a callback of this card is being answered
}

// Mention is a person or bot named in a text as Key (@_user_1, …).
type Mention struct {
	Key    string `json:"key"`
	OpenID string `json:"open_id"`
	Name   string `json:"name"`
}

// Text is what can be read in a message, line by line in the card's order:
// titles, texts, button labels, table cells. Tests look for words in it.
func (m Message) Text() string {
	var content any
	if err := json.Unmarshal([]byte(m.Content), &content); err != nil {
		return ""
	}
	var lines []string
	readable("", content, &lines)
	return strings.Join(lines, "\n")
}

// textFirst is the order in which the members of a card object are read.
var textFirst = []string{"header", "title", "subtitle", "text", "content", "display_name", "placeholder"}

func readable(key string, v any, lines *[]string) {
	switch v := v.(type) {
	case map[string]any:
		keys := textFirst
		for _, k := range sortedKeys(v) {
			if !slices.Contains(keys, k) {
				keys = append(keys[:len(keys):len(keys)], k)
			}
		}
		for _, k := range keys {
			switch k {
			case "behaviors", "config", "chart_spec", "icon": // not for the eye
			case "rows":
				cells(v[k], lines)
			default:
				readable(k, v[k], lines)
			}
		}
	case []any:
		for _, item := range v {
			readable(key, item, lines)
		}
	case string:
		if slices.Contains(textFirst, key) && v != "" {
			*lines = append(*lines, v)
		}
	}
}

// cells reads a table's rows: one line a row.
func cells(rows any, lines *[]string) {
	list, _ := rows.([]any)
	for _, row := range list {
		object, _ := row.(map[string]any)
		var line []string
		for _, k := range sortedKeys(object) {
			line = append(line, cellText(object[k]))
		}
		*lines = append(*lines, strings.Join(line, " "))
	}
}

func cellText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, cellText(item))
		}
		return strings.Join(parts, " ")
	case map[string]any:
		return cellText(v["text"])
	}
	return ""
}

// wire is the message as the API shows it (im/v1/message/create, data).
func (m *Message) wire(appID string) map[string]any {
	sender := map[string]any{"id": m.Sender, "id_type": "open_id", "sender_type": "user", "tenant_key": tenantKey}
	if m.FromBot {
		sender = map[string]any{"id": appID, "id_type": "app_id", "sender_type": "app", "tenant_key": tenantKey}
	}
	wire := map[string]any{
		"message_id": m.ID, "chat_id": m.ChatID, "msg_type": m.Type,
		"root_id": m.RootID, "parent_id": m.ParentID, "thread_id": "",
		"create_time": millis(m.CreatedAt), "update_time": millis(m.UpdatedAt),
		"deleted": m.Recalled, "updated": m.Edits > 0 || m.UpdatedAt.After(m.CreatedAt),
		"sender": sender, "body": map[string]any{"content": m.Content},
	}
	var mentions []map[string]any
	for _, n := range m.Mentions {
		mentions = append(mentions, map[string]any{
			"key": n.Key, "id": n.OpenID, "id_type": "open_id", "name": n.Name, "tenant_key": tenantKey,
		})
	}
	if mentions != nil {
		wire["mentions"] = mentions
	}
	return wire
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
