package bot

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// trendMonths is how far back a trend goes.
const trendMonths = 6

// trendAnswer is a grid's totals over the last months, against the means.
func (a *Assistant) trendAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	c := card.Card{Title: "走势", Subtitle: joined(g.Name, "近半年"), Summary: "走势"}
	chart := card.Chart{Kind: card.LineChart, Title: "每月得分"}
	current, totals := calendar.MonthOf(q.now), []monthTotal(nil)
	for m := current - trendMonths + 1; m <= current; m++ {
		standings, err := a.Scores.Standings(ctx, m, q.now)
		if noCalendar(err) {
			continue
		} else if err != nil {
			return card.Card{}, err
		}
		if p := placeIn(rankedIn(standings, q.street), g.ID); p != nil {
			totals = append(totals, monthTotal{monthName(m, q.now), p.Total})
			chart.Points = append(chart.Points, p.trendPoints(monthName(m, q.now), g.Name)...)
		}
	}
	reach, err := a.reach(ctx, q.now)
	if err != nil {
		return card.Card{}, err
	}
	if len(totals) < 2 {
		return c.Add(card.Text{Content: "有数据的月份还不到两个，再过一阵就能看走势了。"}, card.Note(reach.words()), q.trendButtons()), nil
	}
	return c.Add(trendFigures(totals), chart, card.Note(reach.words()+"\n"+monthName(current, q.now)+"还在进行中"), q.trendButtons()), nil
}

// monthTotal is a grid's total in a month, by its name.
type monthTotal struct {
	month string
	total scoring.Points
}

// trendFigures are the latest total and how it moved since the first, and since
// the month before where there are more than two.
func trendFigures(totals []monthTotal) card.Figures {
	last := totals[len(totals)-1]
	figures := card.Figures{{Value: points(last.total), Unit: "分", Label: last.month + "得分"}}
	for _, i := range slices.Compact([]int{len(totals) - 2, 0}) {
		moved := last.total.Sub(totals[i].total.Decimal)
		figures = append(figures, card.Figure{Value: signed(moved), Unit: "分", Label: "比" + totals[i].month})
	}
	return figures
}

func (p *place) trendPoints(month, grid string) []card.Point {
	community, _ := mean(p.community)
	street, _ := mean(p.street)
	point := func(series string, value decimal.Decimal) card.Point {
		return card.Point{Name: month, Value: value, Series: series}
	}
	return []card.Point{point(grid, p.Total.Decimal), point(p.Community+"平均", community), point("街道平均", street)}
}

func (q *asking) trendButtons() card.Buttons {
	if q.right.group {
		return nil
	}
	return card.Buttons{q.button("看分数", true, ask.ScoreOfGrid)}
}
