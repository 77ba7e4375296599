package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// reminderNames are the kinds of private reminders, as people call them.
var reminderNames = map[string]string{
	"morning": "早上的", "escalation": "连续三天缺口", "overdue": "事项到期", "month": "月末",
	"result": "成绩发布", "week": "本周", "evening": "傍晚的", "period": "特定时段",
}

// remindedOf are the kinds that somebody of a role gets in private, in order of time.
var remindedOf = map[store.Role][]string{
	store.Chief:         {"morning", "overdue", "evening", "week", "month", "period"},
	store.Member:        {"morning", "overdue", "evening", "week", "month"},
	store.CommunityLead: {"escalation", "overdue"},
	store.Admin:         {"result", "period"},
}

// everyKind mutes all kinds.
const everyKind = "all"

// muteChoice asks somebody who has had enough of what, and says what they do not
// get today already; a press mutes it for the day. Turner is the only person who
// sees the card, "" if that is not certain.
func (a *Assistant) muteChoice(ctx context.Context, who store.Person, turner string, now time.Time) (card.Card, error) {
	kinds := remindedOf[who.Role]
	if len(kinds) == 0 {
		return card.Card{Title: "今天的提醒", Tone: card.Quiet}.Add(card.Text{Content: "我没有定时给您发提醒，不用设置。"}), nil
	}
	muting := func(text, kind string) card.Button {
		return card.Button{Text: text, Main: kind == everyKind, Value: action{Do: doMute, Kind: kind, Turn: turner}.value()}
	}
	buttons, muted := card.Buttons{muting("今天都不用", everyKind)}, []string(nil)
	for _, kind := range kinds {
		of, err := a.Records.Muted(ctx, kind, calendar.DateOf(now))
		if err != nil {
			return card.Card{}, err
		}
		if of[who.Mobile] {
			muted = append(muted, reminderNames[kind]+"提醒")
		} else {
			buttons = append(buttons, muting(reminderNames[kind]+"提醒", kind))
		}
	}
	return mutedCard(muted, buttons), nil
}

// mutedCard shows what is not sent today, and what still may be muted.
func mutedCard(muted []string, buttons card.Buttons) card.Card {
	said := card.Text{Strong: "今天不再发", Content: strings.Join(muted, "、") + "；明天照旧。"}
	switch {
	case len(muted) == 0:
		return card.Card{Title: "今天不想收哪些提醒？", Summary: "今天的提醒"}.Add(
			card.Text{Content: "点一下，今天就不再发，明天照旧。"}, buttons)
	case len(buttons) == 1: // nothing is left but 今天都不用
		return card.Card{Title: "今天的提醒都停了", Tone: card.Quiet, Summary: "今天的提醒"}.Add(said)
	}
	return card.Card{Title: "今天的提醒", Summary: "今天的提醒"}.Add(said, card.Text{Content: "还可以停："}, buttons)
}

// mute keeps a kind of reminder, or all of them, from who pressed for the rest of
// the day, and shows on their own card what is muted by now.
func (a *Assistant) mute(ctx context.Context, press Press, act action, who store.Person, now time.Time) (PressAnswer, error) {
	name, known := reminderNames[act.Kind]
	kinds := []string{act.Kind}
	switch {
	case act.Kind == everyKind:
		kinds = remindedOf[who.Role]
	case !known:
		return outdated(), nil
	}
	today := calendar.DateOf(now)
	for _, kind := range kinds {
		if err := a.Records.Mute(ctx, who.Mobile, kind, today); err != nil {
			return PressAnswer{}, err
		}
	}
	answer := PressAnswer{Toast: "好的，今天不再给您发" + name + "提醒", ToastKind: ToastSuccess}
	var err error
	switch {
	case act.Turn == press.OpenID:
		var choice card.Card
		choice, err = a.muteChoice(ctx, who, act.Turn, now)
		answer.Card = &choice
	case act.When != "":
		answer.Card, err = a.mutedReminder(ctx, press, act, who, today)
	}
	return answer, err
}

// mutedReminder is the reminder whose button was pressed, as it stands from now
// on: in the button's place it says what is muted. Nil if it is not the presser's
// own: which one that is, is asked by who they are, not by what the button says.
func (a *Assistant) mutedReminder(ctx context.Context, press Press, act action, who store.Person, today calendar.Date) (*card.Card, error) {
	day, err := calendar.ParseDate(act.When[:min(len(act.When), len("2006-01-02"))])
	if err != nil {
		return nil, nil // forged: there is no such reminder
	}
	sent, err := a.Records.Delivery(ctx, remind.KeyTo(remind.Kind(act.Kind), act.When, who.Mobile), day)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, nil
	case err != nil || sent.MessageID != press.MessageID || press.MessageID == "":
		return nil, err
	}
	muted, err := card.Sent(sent.Card)
	if err != nil {
		return nil, err
	}
	for i, block := range muted.Blocks {
		if buttons, ok := block.(card.Buttons); ok {
			muted.Blocks[i] = slices.DeleteFunc(buttons, func(b card.Button) bool { return b.Value["do"] == string(doMute) })
		}
	}
	note := dayName(today) + "不再发" + reminderNames[act.Kind] + "提醒了，第二天照旧。"
	return new(muted.Add(card.Note(note))), nil
}
