package stage

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// control is a part of a card that a person can use.
type control struct {
	path string // JSON pointer within the card
	node map[string]any
	form map[string]any // the form it is in, or nil
}

// interactive are the tags that can call back.
var interactive = []string{
	"button", "interactive_container", "input", "select_static", "multi_select_static", "select_person",
	"multi_select_person", "date_picker", "picker_time", "picker_datetime", "overflow", "checker",
}

// findControl finds the one control that an act means.
func findControl(card string, act Act) (control, error) {
	var root any
	if err := json.Unmarshal([]byte(card), &root); err != nil {
		return control{}, errors.New("stage: the card is not JSON")
	}
	var found []control
	eachControl("", root, nil, func(c control) {
		if act.Path == c.path || act.Path == "" && c.means(act.Label) {
			found = append(found, c)
		}
	})
	if len(found) == 0 {
		return control{}, fmt.Errorf("stage: the card has no control %q", act.Path+act.Label)
	}
	return found[0], nil
}

func eachControl(path string, v any, form map[string]any, visit func(control)) {
	switch v := v.(type) {
	case map[string]any:
		tag, _ := v["tag"].(string)
		if slices.Contains(interactive, tag) {
			visit(control{path, v, form})
		}
		if tag == "form" {
			form = v
		}
		for _, k := range sortedKeys(v) {
			eachControl(path+"/"+k, v[k], form, visit)
		}
	case []any:
		for i, item := range v {
			eachControl(path+"/"+strconv.Itoa(i), item, form, visit)
		}
	}
}

func (c control) means(label string) bool {
	text, _ := c.node["text"].(map[string]any)
	if label != "" && (text["content"] == label || c.node["name"] == label) {
		return true
	}
	for _, v := range c.value() {
		if v == label && label != "" {
			return true
		}
	}
	return false
}

// value is what the control's callback behaviour carries; nil if it has none.
func (c control) value() map[string]any {
	list, _ := c.node["behaviors"].([]any)
	for _, b := range list {
		behavior, _ := b.(map[string]any)
		if behavior["type"] == "callback" {
			if value, _ := behavior["value"].(map[string]any); value != nil {
				return value
			}
			return map[string]any{}
		}
	}
	return nil
}

// action is the "action" member of the callback of an act.
func (c control) action(act Act) (map[string]any, error) {
	if disabled, _ := c.node["disabled"].(bool); disabled {
		return nil, errors.New("stage: the control is disabled")
	}
	value := c.value()
	submits := c.node["form_action_type"] == "submit"
	switch {
	case c.form != nil && !submits:
		return nil, errors.New("stage: a control in a form calls back only through the submit button")
	case value == nil && !submits:
		return nil, errors.New("stage: the control calls nobody back")
	}
	tag := c.node["tag"].(string)
	action := map[string]any{"tag": tag, "timezone": "Asia/Shanghai"}
	if len(value) > 0 {
		action["value"] = value
	}
	if name, _ := c.node["name"].(string); name != "" {
		action["name"] = name
	}
	if submits {
		return action, c.fill(action, act.Form)
	}
	return action, c.choose(action, tag, act)
}

// fill adds a form's values; the client insists on required ones.
func (c control) fill(action, form map[string]any) (err error) {
	values := map[string]any{}
	eachControl("", c.form, nil, func(field control) {
		name, _ := field.node["name"].(string)
		if field.node["tag"] == "button" {
			return
		}
		given, ok := form[name]
		if required, _ := field.node["required"].(bool); required && (!ok || given == "") {
			err = fmt.Errorf("stage: %s is required", name)
		}
		if ok {
			values[name] = given
		}
	})
	action["form_value"] = values
	return err
}

func (c control) choose(action map[string]any, tag string, act Act) error {
	switch {
	case tag == "input":
		action["input_value"] = act.Input
	case tag == "checker":
		action["checked"] = act.Checked
	case strings.HasPrefix(tag, "multi_"):
		action["options"] = act.Options
		return c.offers(act.Options...)
	case tag == "select_static" || tag == "overflow":
		action["option"] = act.Option
		return c.offers(act.Option)
	case tag == "select_person" || strings.HasPrefix(tag, "date") || strings.HasPrefix(tag, "picker"):
		action["option"] = act.Option
	}
	return nil
}

// offers wants every choice to be among the options; person selects are open.
func (c control) offers(choices ...string) error {
	if c.node["tag"] == "multi_select_person" {
		return nil
	}
	list, _ := c.node["options"].([]any)
	for _, choice := range choices {
		if !slices.ContainsFunc(list, func(o any) bool {
			option, _ := o.(map[string]any)
			return option["value"] == choice
		}) {
			return fmt.Errorf("stage: %q is not among the options", choice)
		}
	}
	return nil
}

func allowsForwardedUse(card string) bool {
	var c struct {
		Config struct {
			Use bool `json:"enable_forward_interaction"`
		}
	}
	return json.Unmarshal([]byte(card), &c) == nil && c.Config.Use
}
