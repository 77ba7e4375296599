package bot

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// trendMonths is how far back a trend goes.
const trendMonths = 6

// trendAnswer is a grid's totals over the last months, against the means.
func (a *Assistant) trendAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	c := card.Card{Title: "走势", Subtitle: joined(g.Name, "近半年"), Summary: "走势"}
	chart := card.Chart{Kind: card.LineChart, Title: "每月得分"}
	current, months := calendar.MonthOf(q.now), 0
	for m := current - trendMonths + 1; m <= current; m++ {
		standings, err := a.Scores.Standings(ctx, m, q.now)
		if noCalendar(err) {
			continue
		} else if err != nil {
			return card.Card{}, err
		}
		if p := placeIn(rankedIn(standings, q.street), g.ID); p != nil {
			months++
			chart.Points = append(chart.Points, p.trendPoints(monthName(m, q.now), g.Name)...)
		}
	}
	if months < 2 {
		return c.Add(card.Text{Content: "有数据的月份还不到两个，再过一阵就能看走势了。"}, q.trendButtons()), nil
	}
	return c.Add(chart, card.Note(monthName(current, q.now)+"还在进行中"), q.trendButtons()), nil
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
