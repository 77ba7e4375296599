package main

import (
	"context"
	"fmt"
	"time"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// clockButtons send the reminders of a time at once: those of the latest day on
// which they fall due.
func (d *demoStreet) clockButtons() []stage.ClockButton {
	buttons := make([]stage.ClockButton, 0, 4)
	for _, one := range []struct {
		label string
		kind  remind.Kind
	}{{"08:20", remind.Morning}, {"16:40", remind.Evening}, {"周四 15:40", remind.Week}, {"月末 09:10", remind.Month}} {
		buttons = append(buttons, stage.ClockButton{Label: one.label, Do: func(ctx context.Context) (string, error) {
			return d.remind(ctx, one.kind)
		}})
	}
	return buttons
}

// longestMonth is how many days ago a kind fell due at the most.
const longestMonth = 31

// remind sends the reminders of a kind of the latest day that has any.
func (d *demoStreet) remind(ctx context.Context, kind remind.Kind) (string, error) {
	timeOfDay := d.cfg.Reminders.Kinds[string(kind)].At.Duration()
	today := calendar.DateOf(d.now())
	for day := today; day >= today-longestMonth; day-- {
		at := day.Start().Add(timeOfDay)
		due, err := d.service.planner.Due(ctx, at, kind)
		if err != nil {
			return "", err
		}
		if len(due) > 0 {
			return d.send(ctx, at, kind)
		}
	}
	return "最近没有这样的提醒", nil
}

func (d *demoStreet) send(ctx context.Context, at time.Time, kind remind.Kind) (string, error) {
	added, err := d.service.planner.Send(ctx, at, d.now(), kind)
	if err != nil {
		return "", err
	}
	when := at.In(calendar.Shanghai).Format("1月2日 15:04")
	if added == 0 {
		return when + " 的提醒已经发过了，不会重复", nil
	}
	return fmt.Sprintf("%s：发出 %d 条提醒", when, added), nil
}
