package card

import (
	"encoding/json"
	"fmt"
)

// Sent reads a card that [Card.JSON] drew, to be shown once more with something
// changed. Its buttons are [Buttons] again; everything else stays as it was drawn,
// and has no plain text. It fails for what is no card.
func Sent(raw json.RawMessage) (Card, error) {
	var sent struct {
		Config struct {
			Forwardable bool    `json:"enable_forward"`
			Summary     content `json:"summary"`
		} `json:"config"`
		Header struct {
			Title    content `json:"title"`
			Subtitle content `json:"subtitle"`
			Template string  `json:"template"`
		} `json:"header"`
		Body struct {
			Elements []json.RawMessage `json:"elements"`
		} `json:"body"`
	}
	if err := json.Unmarshal(raw, &sent); err != nil {
		return Card{}, fmt.Errorf("card: read a sent card: %w", err)
	}
	c := Card{
		Title: sent.Header.Title.Content, Subtitle: sent.Header.Subtitle.Content, Tone: toneOf(sent.Header.Template),
		Summary: sent.Config.Summary.Content, Forwardable: sent.Config.Forwardable,
	}
	for _, one := range sent.Body.Elements {
		block, err := blockOf(one)
		if err != nil {
			return Card{}, fmt.Errorf("card: read a sent card: %w", err)
		}
		c.Blocks = append(c.Blocks, block)
	}
	return c, nil
}

// content is a text within a card.
type content struct {
	Content string `json:"content"`
}

func toneOf(template string) Tone {
	for _, tone := range []Tone{Good, Warning, Trouble, Quiet} {
		if tone.template() == template {
			return tone
		}
	}
	return Calm
}

func blockOf(raw json.RawMessage) (Block, error) {
	if buttons, ok := buttonsOf(raw); ok {
		return buttons, nil
	}
	var same drawn
	err := json.Unmarshal(raw, &same)
	return same, err
}

// buttonsOf reads a row that holds nothing but buttons.
func buttonsOf(raw json.RawMessage) (Buttons, bool) {
	var row struct {
		Columns []struct {
			Elements []struct {
				Tag       string  `json:"tag"`
				Text      content `json:"text"`
				Type      string  `json:"type"`
				Behaviors []struct {
					Value map[string]any `json:"value"`
				} `json:"behaviors"`
			} `json:"elements"`
		} `json:"columns"`
	}
	if json.Unmarshal(raw, &row) != nil {
		return nil, false
	}
	var buttons Buttons
	for _, column := range row.Columns {
		if len(column.Elements) != 1 || column.Elements[0].Tag != "button" || len(column.Elements[0].Behaviors) != 1 {
			return nil, false
		}
		one := column.Elements[0]
		buttons = append(buttons, Button{Text: one.Text.Content, Main: one.Type == "primary", Value: one.Behaviors[0].Value})
	}
	return buttons, len(buttons) > 0
}

// drawn is a part of a card as the platform has it.
type drawn element

func (d drawn) elements(int) []element { return []element{element(d)} }

func (d drawn) lines() []string { return nil }
