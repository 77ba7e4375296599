package bot

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// reminderNames are the kinds of private reminders, as people call them.
var reminderNames = map[string]string{
	"morning": "早上的", "escalation": "网格关心", "overdue": "事项到期", "month": "月末",
	"result": "成绩发布", "week": "本周", "evening": "傍晚的", "period": "特定时段",
}

// mute keeps a kind of reminder from who pressed for the rest of the day.
func (a *Assistant) mute(ctx context.Context, act action, who store.Person, now time.Time) (PressAnswer, error) {
	name, known := reminderNames[act.Kind]
	if !known {
		return outdated(), nil
	}
	if err := a.Records.Mute(ctx, who.Mobile, act.Kind, calendar.DateOf(now)); err != nil {
		return PressAnswer{}, err
	}
	return PressAnswer{Toast: "好的，今天不再给您发" + name + "提醒", ToastKind: ToastSuccess}, nil
}
