package bot

import "time"

// EventKind is what happened in the chat.
type EventKind string

// The events that the assistant reacts to.
const (
	MessageReceived EventKind = "message"     // somebody wrote to the bot, or mentioned it
	MenuPressed     EventKind = "menu"        // an entry of the bot's menu
	ChatEntered     EventKind = "entered"     // somebody opened the private chat
	BotAdded        EventKind = "added"       // the bot was added to a group
	BotRemoved      EventKind = "removed"     // the bot left a group, or the group was disbanded
	PersonLeft      EventKind = "person_left" // somebody left the organisation
)

// Event is one thing that happened in the chat: verified, decrypted and read.
// It is stored with its job, so it is plain data.
type Event struct {
	ID   string    `json:"id"` // the platform's event_id
	Kind EventKind `json:"kind"`

	OpenID  string `json:"open_id,omitempty"` // who did it
	ChatID  string `json:"chat_id,omitempty"`
	Private bool   `json:"private,omitempty"` // a chat of one person with the bot

	MessageID   string `json:"message_id,omitempty"`
	MessageType string `json:"message_type,omitempty"` // text, image, file, audio, …
	FromBot     bool   `json:"from_bot,omitempty"`     // the sender is another bot
	Mentioned   bool   `json:"mentioned,omitempty"`    // the bot itself is mentioned (not 所有人)
	Text        string `json:"text,omitempty"`         // what was typed, without the mention of the bot, other mentions by name

	MenuKey  string `json:"menu_key,omitempty"`  // my_score, shortfall, ranking, help
	ChatName string `json:"chat_name,omitempty"` // of the group the bot was added to

	ReceivedAt time.Time `json:"received_at"`
}

// conversation is what a message belongs to, for whoever wrote it.
func (e Event) conversation() string {
	if e.Private {
		return inPrivate
	}
	return e.ChatID
}

// Press is a press of a card's button or a choice in its select. It is judged by
// who pressed, not by whom the card was made for.
type Press struct {
	ID        string         // the platform's event_id
	OpenID    string         // who pressed
	ChatID    string         // where the card is
	MessageID string         // the card
	Value     map[string]any // what the button carries
	Option    string         // what was chosen in a select
	Form      map[string]any // what was typed into a form
}
