package bot

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// action is what a button carries: a question that needs no reading. It says
// nothing about who may have the answer; that is asked when it is pressed.
type action struct {
	Do        doing       `json:"do"`
	Meaning   ask.Meaning `json:"meaning,omitempty"`
	Period    string      `json:"period,omitempty"`
	Grid      string      `json:"grid,omitempty"`
	Community string      `json:"community,omitempty"`
	Top       *int        `json:"top,omitempty"`
	Place     bool        `json:"place,omitempty"` // Top is one place
	Page      int         `json:"page,omitempty"`
	Pick      pick        `json:"pick,omitempty"` // what the choice of a select fills in
	Text      string      `json:"text,omitempty"` // to be read as if it were typed
	Chat      string      `json:"chat,omitempty"` // the name of a group
	Kind      string      `json:"kind,omitempty"` // of reminders
	When      string      `json:"when,omitempty"` // the reminder's day, or hour, that the button is on
	// Turn is the open_id of the person whose own card this is: the answer takes
	// the card's place. Anybody else gets the answer in private.
	Turn string `json:"turn,omitempty"`
}

type doing string

const (
	doAsk  doing = "ask"
	doSay  doing = "say"
	doBind doing = "bind" // a group to a community
	doMute doing = "mute" // a kind of reminder, for today

	doPreview doing = "preview" // of the day's reminders; Kind says of which one
)

type pick string

const (
	pickGrid      pick = "grid"
	pickCommunity pick = "community"
)

// everywhere is the choice of a select that stands for no single community.
const everywhere = "*"

// action carries a question of the same period, grid and community.
func (q *asking) action(m ask.Meaning) action {
	return action{Do: doAsk, Meaning: m, Period: q.Period.String(), Grid: q.Grid, Community: q.Community}
}

func (q *asking) button(text string, main bool, m ask.Meaning) card.Button {
	return card.Button{Text: text, Main: main, Value: q.action(m).value()}
}

// turning is the same question turned over: another page, another month.
func (q *asking) turning(text string, change func(*action)) card.Button {
	act := q.action(q.Meaning)
	act.Turn, act.Top, act.Place = q.turner, q.Top, q.Place
	change(&act)
	return card.Button{Text: text, Value: act.value()}
}

func (a action) picking(p pick) action { a.Pick = p; return a }

// value is the action as the platform carries it.
func (a action) value() map[string]any {
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // cannot happen: strings and numbers only
	}
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		panic(err) // cannot happen: it is an object
	}
	return value
}

var errNotOurs = errors.New("bot: no button of ours")

// readAction reads what a button carried, and fills in what was chosen.
func readAction(value map[string]any, option string) (action, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return action{}, errNotOurs
	}
	var act action
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&act) != nil {
		return action{}, errNotOurs
	}
	switch act.Pick {
	case "":
	case pickGrid:
		act.Grid = option
	case pickCommunity:
		act.Community, act.Page = option, 0
		if option == everywhere {
			act.Community = ""
		}
	default:
		return action{}, errNotOurs
	}
	return act, nil
}

// maxTop bounds what a forged button may ask for.
const maxTop = 10000

// question is the action's question, if it can still be asked: a grid may have
// gone since the card was made, and anything may have been forged.
func (a action) question(s *street) (ask.Question, error) {
	q := ask.Question{Meaning: a.Meaning, Grid: a.Grid, Community: a.Community, Top: a.Top, Place: a.Place && a.Top != nil, Sure: true}
	_, grid := s.byID[a.Grid]
	known := (grid || a.Grid == "") && (a.Community == "" || s.has(a.Community)) && knownMeaning(a.Meaning)
	inRange := a.Page >= 0 && a.Page <= maxTop && (a.Top == nil || -maxTop <= *a.Top && *a.Top <= maxTop && *a.Top != 0)
	if !known || !inRange {
		return q, errNotOurs
	}
	if a.Period != "" {
		var err error
		if q.Period, err = calendar.ParsePeriod(a.Period); err != nil {
			return q, errNotOurs
		}
	}
	return q, nil
}

func knownMeaning(m ask.Meaning) bool {
	for _, known := range ask.Meanings {
		if m == known {
			return true
		}
	}
	return false
}
