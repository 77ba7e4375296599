package bot

import (
	"context"
	"fmt"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// periodAnswer is a grid's score in a quarter or year: what its closed months
// come to, with the open one beside.
func (a *Assistant) periodAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	totals, err := a.monthTotals(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	league := a.longLeague(q, totals)
	c := card.Card{Title: q.scoreTitle(g), Subtitle: joined(g.Name, periodName(q.period(), q.now)), Summary: q.scoreSummary(q.period().Last() < calendar.DateOf(q.now))}
	period := scoring.OverPeriod(a.Rules, totals.of[g.ID], len(q.period().Months()))
	if period.Months == 0 {
		c = c.Add(card.Text{Content: league.why(q)})
	} else {
		c = c.Add(q.periodFigures(period, league.place(g.ID)))
	}
	months, err := a.monthRows(ctx, q, g, totals)
	if err != nil {
		return card.Card{}, err
	}
	return c.Add(months, card.Note(totals.words(q)), q.periodScoreButtons()), nil
}

func (q *asking) periodFigures(period scoring.PeriodScore, p *place) card.Figures {
	label := periodName(q.period(), q.now) + "得分"
	if period.Partial {
		label += fmt.Sprintf("（%d 个月）", period.Months)
	}
	figures := card.Figures{{Value: points(period.Total), Unit: "分", Label: label}}
	if p != nil && q.right.of(q.street.byID[q.Grid]) >= seesFigures {
		figures = append(figures, p.figures()...)
	}
	return figures
}

// monthRows are the months that count, and this month if it is one of the period.
func (a *Assistant) monthRows(ctx context.Context, q asking, g store.Grid, totals monthTotals) (card.Table, error) {
	t := card.Table{Columns: []card.Column{{Title: "月份"}, {Title: "得分", Figure: true}, {Title: "说明"}}}
	for i, m := range totals.months {
		t.Rows = append(t.Rows, card.Row{Cells: []string{monthName(m, q.now), points(totals.of[g.ID][i]), "已结束"}})
	}
	current := calendar.MonthOf(q.now)
	if first, last := q.period().First.Month(), q.period().Last().Month(); current < first || current > last {
		return t, nil
	}
	standings, err := q.scores.Standings(ctx, current)
	if err != nil {
		return t, err
	}
	if now, ok := standings.of(g.ID); ok && !now.Undetermined {
		t.Rows = append(t.Rows, card.Row{Cells: []string{monthName(current, q.now), points(now.Score), "进行中，暂不计入"}})
	}
	return t, nil
}

func (q *asking) periodScoreButtons() card.Buttons {
	if q.right.group {
		return nil
	}
	month := q.turning("本月", func(a *action) { a.Period, a.Meaning = "", ask.ScoreOfGrid })
	earlier := q.turning("上一"+map[bool]string{true: "季度", false: "年"}[q.Period.Span == calendar.SpanQuarter],
		func(a *action) { a.Period = q.Period.Previous().String() })
	return card.Buttons{q.button("排名", true, ask.Ranking), month, earlier}
}
