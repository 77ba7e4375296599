package bot

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// reminderNames are the kinds of private reminders, as people call them.
var reminderNames = map[string]string{
	"morning": "早上的", "escalation": "网格关心", "overdue": "事项到期", "month": "月末",
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

// muteChoice asks somebody who has had enough of what; a press mutes it for the day.
func (q *asking) muteChoice() card.Card {
	kinds := remindedOf[q.right.role]
	if len(kinds) == 0 {
		return card.Card{Title: "今天的提醒", Tone: card.Quiet}.Add(card.Text{Content: "我没有定时给您发提醒，不用设置。"})
	}
	buttons := card.Buttons{{Text: "今天都不用", Main: true, Value: action{Do: doMute, Kind: everyKind}.value()}}
	for _, kind := range kinds {
		buttons = append(buttons, card.Button{Text: reminderNames[kind] + "提醒", Value: action{Do: doMute, Kind: kind}.value()})
	}
	return card.Card{Title: "今天不想收哪些提醒？", Summary: "今天的提醒"}.Add(
		card.Text{Content: "点一下，今天就不再发，明天照旧。"}, buttons)
}

// mute keeps a kind of reminder, or all of them, from who pressed for the rest of
// the day.
func (a *Assistant) mute(ctx context.Context, act action, who store.Person, now time.Time) (PressAnswer, error) {
	name, known := reminderNames[act.Kind]
	kinds := []string{act.Kind}
	switch {
	case act.Kind == everyKind:
		kinds = remindedOf[who.Role]
	case !known:
		return outdated(), nil
	}
	for _, kind := range kinds {
		if err := a.Records.Mute(ctx, who.Mobile, kind, calendar.DateOf(now)); err != nil {
			return PressAnswer{}, err
		}
	}
	return PressAnswer{Toast: "好的，今天不再给您发" + name + "提醒", ToastKind: ToastSuccess}, nil
}
