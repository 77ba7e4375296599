// Package card turns an answer into a Feishu card (JSON 2.0) or plain text.
//
// A [Card] is content only: a figure, a line, bars, a table, buttons. What the
// platform accepts – its tags, its escapes, its limits – is known here and
// nowhere else, so whatever an answer puts into a card, the platform takes it:
// what is too long is cut, and the card says that it was.
package card

// Card is one message of the assistant. The zero Card is empty but legal.
type Card struct {
	Title    string // what this is about: 我的分数
	Subtitle string // which grid and period: 东湖第3网格 · 11月
	Tone     Tone

	// Summary is the line of the chat list and of the notification, which
	// others may see over a shoulder: no personal data. Empty = the title.
	Summary string

	// Forwardable allows the card to be passed on. Only for cards without
	// anybody's figures; the zero value keeps a card where it was sent.
	Forwardable bool

	Blocks []Block
}

// Tone is how a card feels; it chooses the colour of its header.
type Tone string

// The tones, after the platform's advice: green is done, orange is a reminder.
// Red is for what went wrong on our side, never for a person's score.
const (
	Calm    Tone = ""        // information
	Good    Tone = "good"    // all is well
	Warning Tone = "warning" // something can still be done
	Trouble Tone = "trouble" // we could not answer
	Quiet   Tone = "quiet"   // nothing to see, or not possible yet
)

func (t Tone) template() string {
	switch t {
	case Good:
		return "green"
	case Warning:
		return "orange"
	case Trouble:
		return "red"
	case Quiet:
		return "grey"
	}
	return "blue"
}

// Block is a part of a card, drawn from top to bottom: [Figures], [Text],
// [Bars], [Table], [Chart], [List], [Details], [Fold], [Note], [Buttons], [Select]
// or [Divider].
type Block interface {
	// elements draws the block for the platform, with at most keep entries of
	// whatever it lists.
	elements(keep int) []element
	// lines draws the block as plain text.
	lines() []string
}

// element is a component of the platform's card JSON.
type element map[string]any

// Add appends blocks and returns the card, for building in one expression.
func (c Card) Add(blocks ...Block) Card {
	c.Blocks = append(c.Blocks[:len(c.Blocks):len(c.Blocks)], blocks...)
	return c
}
