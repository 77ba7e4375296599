package bot

import (
	"context"
	"errors"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// resultFor returns the result of the month asked for, or the card to show where
// there is none.
func (a *Assistant) resultFor(ctx context.Context, q asking, g store.Grid) (*scoring.Result, *card.Card, error) {
	if q.long() {
		return nil, q.whichMonth(), nil
	}
	if q.closed() {
		standings, err := q.scores.Standings(ctx, q.month())
		if err != nil {
			return nil, nil, err
		}
		if !standings.recorded() {
			return nil, q.noData(), nil
		}
	}
	result, err := q.scores.Of(ctx, g.ID, q.month())
	return result, nil, err
}

// judged is a month of one grid with how far its records reach: what questions
// about a grid's month are answered from.
type judged struct {
	*scoring.Result
	reach reach
}

// judge returns the month asked for, or the card to show where there is none.
func (a *Assistant) judge(ctx context.Context, q asking, g store.Grid) (judged, *card.Card, error) {
	result, instead, err := a.resultFor(ctx, q, g)
	if err != nil || instead != nil {
		return judged{}, instead, err
	}
	reach, err := a.reach(ctx, q.scores)
	return judged{result, reach}, nil, err
}

// whichMonth asks for one month of a quarter or year.
func (q *asking) whichMonth() *card.Card {
	var buttons card.Buttons
	for _, m := range q.period().Months() {
		if m <= calendar.MonthOf(q.now) {
			buttons = append(buttons, q.turning(monthName(m, q.now), func(a *action) { a.Period = monthPeriod(m).String() }))
		}
	}
	c := card.Card{Title: "要看哪个月？", Subtitle: periodName(q.period(), q.now)}.Add(
		card.Text{Content: "这些按月看，点一个月份就好。"}, buttons)
	return &c
}

// withoutCalendar says that the year's workdays are not known.
func (a *Assistant) withoutCalendar(q asking) card.Card {
	return card.Card{Title: "暂时不能计分", Subtitle: periodName(q.period(), q.now), Tone: card.Quiet}.Add(
		card.Text{Content: "这一年的工作日安排还没有录入，所以没法算。需要的话请联系" + a.Contact + "。"}, q.everyday()[:2])
}

// noCalendar reports whether an error says that the workdays of the year are not
// known: nothing can be judged in it.
func noCalendar(err error) bool {
	var noData *calendar.NoDataError
	return errors.As(err, &noData)
}
