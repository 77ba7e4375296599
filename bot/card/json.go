package card

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
)

// The platform's limits, with its own margin: 200 components, every plain_text
// one of them; 5 tables; 30 KB a message, of which the envelope needs some.
const (
	MaxElements = 200
	MaxTables   = 5
	MaxBytes    = 28000
)

// JSON returns the card as a Feishu card, JSON 2.0, within [MaxElements],
// [MaxTables] and [MaxBytes]: lists are cut until it fits, and say how much is missing. It
// fails only if a button's value has no JSON.
func (c Card) JSON() (json.RawMessage, error) {
	for _, keep := range []int{1000, 60, 30, 20, 10, 5, 2, 1} {
		raw, fits, err := c.draw(keep)
		if err != nil || fits {
			return raw, err
		}
	}
	order := c.leastNeededFirst()
	enough := sort.Search(len(order), func(n int) bool {
		_, fits, err := c.without(order[:n]).draw(1)
		return err != nil || fits
	})
	raw, _, err := c.without(order[:enough]).draw(1)
	return raw, err
}

// leastNeededFirst is the order in which blocks are given up: from the last,
// but notes and buttons after all others, for those say how to go on.
func (c Card) leastNeededFirst() []int {
	var others, last []int
	for i, block := range slices.Backward(c.Blocks) {
		switch block.(type) {
		case Note, Buttons:
			last = append(last, i)
		default:
			others = append(others, i)
		}
	}
	return append(others, last...)
}

// without leaves blocks out, and says so.
func (c Card) without(dropped []int) Card {
	var kept []Block
	for i, block := range c.Blocks {
		if !slices.Contains(dropped, i) {
			kept = append(kept, block)
		}
	}
	c.Blocks = append(kept, Note("内容太多，没有全部显示"))
	return c
}

// draw draws the card with lists of at most so many entries, and reports whether
// that is within the platform's limits.
func (c Card) draw(keep int) (raw json.RawMessage, fits bool, err error) {
	elements := []element{}
	for _, block := range c.Blocks {
		elements = append(elements, block.elements(keep)...)
	}
	summary := c.Summary
	if summary == "" {
		summary = c.Title
	}
	drawn := element{
		"schema": "2.0",
		"config": element{
			"update_multi": true, "enable_forward": c.Forwardable,
			"summary": element{"content": oneLine(summary, maxTitle)},
		},
		"body": element{"elements": elements, "vertical_spacing": "8px"},
	}
	if c.Title != "" {
		drawn["header"] = c.header()
	}
	if raw, err = write(make([]byte, 0, 8<<10), drawn); err != nil {
		return nil, false, fmt.Errorf("card: write %q: %w", c.Title, err)
	}
	all, tables := count(drawn)
	return raw, Size(raw) <= MaxBytes && all <= MaxElements && tables <= MaxTables, nil
}

func (c Card) header() element {
	header := element{"title": plain(c.Title, maxTitle), "template": c.Tone.template()}
	if c.Subtitle != "" {
		header["subtitle"] = plain(c.Subtitle, maxTitle)
	}
	return header
}

// Size is what a card weighs on its way to the platform, in bytes: the
// message's content is the card's JSON as a JSON string.
func Size(raw json.RawMessage) int {
	quoted, err := json.Marshal(string(raw))
	if err != nil {
		return len(raw) // cannot happen: a string always has JSON
	}
	return len(quoted)
}

// count counts a card's components as the platform does – everything with a
// tag –, and the tables among them.
func count(v any) (all, tables int) {
	var inside []any
	switch v := v.(type) {
	case element:
		if _, ok := v["tag"]; ok {
			all++
		}
		if v["tag"] == "table" {
			tables++
		}
		for _, part := range v {
			inside = append(inside, part)
		}
	case []element:
		for _, part := range v {
			inside = append(inside, part)
		}
	}
	for _, part := range inside {
		a, t := count(part)
		all, tables = all+a, tables+t
	}
	return all, tables
}
