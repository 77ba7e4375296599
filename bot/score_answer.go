package bot

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// scoreAnswer is a grid's score: the figure first, then why.
func (a *Assistant) scoreAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	if q.long() {
		return a.periodAnswer(ctx, q, g)
	}
	standings, err := q.scores.Standings(ctx, q.month())
	if err != nil {
		return card.Card{}, err
	}
	if !standings.recorded() && q.closed() {
		return *q.noData(), nil
	}
	change, err := a.change(ctx, q, g, standings)
	if err != nil {
		return card.Card{}, err
	}
	result, err := q.scores.Of(ctx, g.ID, q.month())
	if err != nil {
		return card.Card{}, err
	}
	reach, err := a.reach(ctx, q.scores)
	if err != nil {
		return card.Card{}, err
	}
	return scoreCard(q, g, result, standings.orderIn(q.street).place(g.ID), change, reach), nil
}

// scoreCard sets what is seen of the score one under the other.
func scoreCard(q asking, g store.Grid, r *scoring.Result, place *place, change string, reach reach) card.Card {
	sees := q.right.of(g)
	c := card.Card{Title: q.scoreTitle(g), Subtitle: joined(g.Name, q.monthName()), Summary: q.scoreSummary(r.Closed && r.Complete), Tone: scoreTone(r)}
	c = c.Add(q.scoreFigures(r, place, sees))
	if Undetermined(r) {
		c = c.Add(card.Text{Content: q.monthName() + "的数据还没到齐，现在还不能算出总分。"})
	} else {
		c = c.Add(card.Text{Content: change})
	}
	if sees >= seesSections {
		c = c.Add(sectionBars(r))
	}
	if sees >= seesFigures {
		c = c.Add(q.bonusText(r))
		c = c.Add(deductionBlocks(q, r, sees)...)
		c = c.Add(riskBlocks(q, r, reach)...)
	}
	return c.Add(standNote(q, r, reach), q.scoreButtons(g, sees))
}

// scoreSummary is the line of the notification: what still runs, or waits for
// data, has not come out.
func (q *asking) scoreSummary(settled bool) string {
	name := periodName(q.period(), q.now)
	if settled {
		return name + "分数出来了"
	}
	return name + "目前的分数"
}

func scoreTone(r *scoring.Result) card.Tone {
	switch {
	case Undetermined(r):
		return card.Quiet
	case !r.Closed && r.Floor.LessThan(r.Score.Decimal):
		return card.Warning
	case r.Complete && len(r.Deductions) == 0:
		return card.Good
	}
	return card.Calm
}

func (q *asking) scoreTitle(g store.Grid) string {
	if q.right.own(g) {
		return "我的分数"
	}
	return "网格得分"
}

// scoreFigures are the total and, as far as it is seen, the places.
func (q *asking) scoreFigures(r *scoring.Result, place *place, sees sight) card.Figures {
	label := q.monthName() + "得分"
	if Undetermined(r) {
		return card.Figures{{Value: "待定", Label: label}}
	}
	if !r.Complete {
		label += "（暂计）"
	}
	figures := card.Figures{{Value: points(r.Score), Unit: "分", Label: label}}
	if place != nil && sees >= seesFigures {
		figures = append(figures, place.figures()...)
	}
	return figures
}

// change says how the total moved since the month before: 比上月 +1.5 分（上月
// 94.5 分）.
func (a *Assistant) change(ctx context.Context, q asking, g store.Grid, now *Standings) (string, error) {
	before, err := q.scores.Standings(ctx, q.month()-1)
	if noCalendar(err) {
		return "", nil
	} else if err != nil {
		return "", err
	}
	then, there := before.of(g.ID)
	here, ok := now.of(g.ID)
	if !there || !ok || !before.determined() {
		return "", nil
	}
	moved := here.Score.Sub(then.Score.Decimal)
	name := monthName(q.month()-1, q.now)
	if moved.IsZero() {
		return "和" + name + "持平（" + points(then.Score) + " 分）", nil
	}
	return "比" + name + " " + signed(moved) + " 分（" + name + " " + points(then.Score) + " 分）", nil
}

// sectionBars are the five sections. Where no data came there is neither a full
// nor an empty section.
func sectionBars(r *scoring.Result) card.Bars {
	var bars card.Bars
	for _, s := range r.Sections {
		bar := card.Bar{Label: sectionNames[s.ID], Part: s.Score.Decimal, Whole: s.Full.Decimal, Words: points(s.Score) + " / " + points(s.Full)}
		switch sectionLate(r, s.ID) {
		case nothingCame:
			bar.Part, bar.Words = decimal.Zero, "数据未到"
		case partCame:
			bar.Words += " 暂计"
		}
		bars = append(bars, bar)
	}
	return bars
}

// standNote says how far the figures reach.
func standNote(q asking, r *scoring.Result, reach reach) card.Note {
	if !r.Closed {
		return card.Note(strings.TrimSpace(reach.words() + "\n" + joined(undecidedWords(r)...)))
	}
	if r.Complete {
		return card.Note(q.monthName() + "已结束，数据已到齐")
	}
	return card.Note(joined(undecidedWords(r)...))
}

// scoreButtons are the ways on.
func (q *asking) scoreButtons(g store.Grid, sees sight) card.Buttons {
	if q.right.group {
		return card.Buttons{q.button("私信看明细", true, ask.Deductions)}
	}
	earlier := q.turning("上月", func(a *action) { a.Period, a.Meaning = monthPeriod(q.month()-1).String(), ask.ScoreOfGrid })
	if sees < seesFigures {
		return card.Buttons{earlier, q.button("排名", false, ask.Ranking)}
	}
	buttons := card.Buttons{q.button("明细", true, ask.Deductions)}
	if !q.closed() {
		buttons = append(buttons, q.button("缺口", false, ask.Shortfall))
	}
	buttons = append(buttons, q.button("排名", false, ask.Ranking), earlier)
	if q.right.own(g) {
		buttons = append(buttons, card.Button{Text: "申诉", Value: action{Do: doSay, Text: "我要申诉"}.value()})
	}
	return buttons
}

func (q *asking) monthName() string { return monthName(q.month(), q.now) }

// closed reports whether the month asked for is over.
func (q *asking) closed() bool { return calendar.MonthOf(q.now) > q.month() }

// noData says that nothing was recorded in a period: no zero, and no full marks.
func (q *asking) noData() *card.Card {
	name := periodName(q.period(), q.now)
	c := card.Card{Title: name + "没有数据", Tone: card.Quiet}.Add(
		card.Text{Content: fmt.Sprintf("没有找到%s的记录，所以不计分，也不算零分。", name)}, q.everyday()[:2])
	return &c
}
