package card

import "strings"

// Buttons are buttons side by side, going on in the next line where the screen ends.
type Buttons []Button

// Button is one thing to do next. Value comes back when it is pressed, by
// whomever, and must be judged then.
type Button struct {
	Text  string
	Main  bool // the one that most people want
	Value map[string]any
}

func (b Buttons) elements(int) []element {
	if len(b) == 0 {
		return nil
	}
	columns := make([]element, len(b))
	for i, button := range b {
		columns[i] = element{"tag": "column", "width": "auto", "elements": []element{button.element()}}
	}
	return []element{columnSet("flow", columns)}
}

func (b Button) element() element {
	kind := "default"
	if b.Main {
		kind = "primary"
	}
	return element{
		"tag": "button", "text": plain(b.Text, maxButton), "type": kind, "size": "small",
		"behaviors": callback(b.Value),
	}
}

func (b Buttons) lines() []string {
	if len(b) == 0 {
		return nil
	}
	names := make([]string, len(b))
	for i, button := range b {
		names[i] = "〔" + button.Text + "〕"
	}
	return []string{strings.Join(names, " ")}
}

// Select is a choice of one among several, by its name. Value comes back
// together with the option's value.
type Select struct {
	Name    string // what is chosen: 社区
	Options []Option
	Value   map[string]any
}

// Option is one choice of a [Select]; the values of a select are all different.
type Option struct {
	Text  string
	Value string
}

// maxOptions keeps a select within the platform's count of elements.
const maxOptions = 60

func (s Select) elements(keep int) []element {
	options := make([]element, 0, len(s.Options))
	for _, o := range s.Options[:min(len(s.Options), maxOptions, keep)] {
		options = append(options, element{"text": plain(o.Text, maxCell), "value": o.Value})
	}
	return []element{{
		"tag": "select_static", "placeholder": plain("选择"+s.Name, maxCell), "width": "fill",
		"options": options, "behaviors": callback(s.Value),
	}}
}

func (s Select) lines() []string {
	names := make([]string, len(s.Options))
	for i, o := range s.Options {
		names[i] = o.Text
	}
	return []string{"选择" + s.Name + "：" + strings.Join(names, " / ")}
}

func callback(value map[string]any) []element {
	return []element{{"type": "callback", "value": value}}
}
