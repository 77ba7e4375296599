package bot

import (
	"context"
	"slices"
	"strings"

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
	chart, totals := card.Chart{Kind: card.LineChart, Title: "每月得分"}, []monthTotal(nil)
	err := a.eachTrendMonth(ctx, q, func(month string, ranked []scoring.Ranked) {
		if p := orderOf(ranked).place(g.ID); p != nil {
			totals = append(totals, monthTotal{month, p.Total})
			chart.Points = append(chart.Points, p.trendPoints(month, g.Name)...)
		}
	})
	if err != nil {
		return card.Card{}, err
	}
	return a.trendCard(ctx, q, c, chart, totals, q.trendButtons())
}

// streetTrendAnswer is the mean of a community, or of the street, over the last
// months: what somebody who looks after many grids asks for.
func (a *Assistant) streetTrendAnswer(ctx context.Context, q asking) (card.Card, error) {
	if instead := q.survey(); instead != nil {
		return *instead, nil
	}
	c := card.Card{Title: "走势", Subtitle: joined(q.scopeName(), "近半年"), Summary: "走势"}
	chart, totals := card.Chart{Kind: card.LineChart, Title: "每月平均分"}, []monthTotal(nil)
	err := a.eachTrendMonth(ctx, q, func(month string, ranked []scoring.Ranked) {
		average, ok := mean(totalsIn(q.inScope(ranked)))
		if !ok {
			return
		}
		totals = append(totals, monthTotal{month, scoring.Points{Decimal: average}})
		chart.Points = append(chart.Points, card.Point{Name: month, Value: average, Series: q.scopeName() + "平均"})
		if street, _ := mean(totalsIn(ranked)); q.Community != "" {
			chart.Points = append(chart.Points, card.Point{Name: month, Value: street, Series: "街道平均"})
		}
	})
	if err != nil {
		return card.Card{}, err
	}
	return a.trendCard(ctx, q, c, chart, totals, card.Buttons{q.button("总体情况", true, ask.Overview), q.button("排行榜", false, ask.Ranking)})
}

func totalsIn(ranked []scoring.Ranked) []scoring.Points {
	totals := make([]scoring.Points, len(ranked))
	for i, r := range ranked {
		totals[i] = r.Total
	}
	return totals
}

// eachTrendMonth calls tell with the ranking of each of the last months, the
// oldest first; it is empty where the totals mean nothing.
func (a *Assistant) eachTrendMonth(ctx context.Context, q asking, tell func(month string, ranked []scoring.Ranked)) error {
	current := calendar.MonthOf(q.now)
	for m := current - trendMonths + 1; m <= current; m++ {
		standings, err := q.scores.Standings(ctx, m)
		if noCalendar(err) {
			continue
		} else if err != nil {
			return err
		}
		tell(monthName(m, q.now), standings.orderIn(q.street).ranked)
	}
	return nil
}

// trendCard shows the totals, and how far the data of the last of them reach.
func (a *Assistant) trendCard(ctx context.Context, q asking, c card.Card, chart card.Chart, totals []monthTotal, buttons card.Buttons) (card.Card, error) {
	reach, err := a.reach(ctx, q.scores)
	if err != nil {
		return card.Card{}, err
	}
	if len(totals) < 2 {
		return c.Add(card.Text{Content: "有数据的月份还不到两个，再过一阵就能看走势了。"}, card.Note(reach.words()), buttons), nil
	}
	figures := trendFigures(strings.TrimPrefix(chart.Title, "每月"), totals)
	goesOn := monthName(calendar.MonthOf(q.now), q.now) + "还在进行中"
	least, most := chart.Points[0].Value, chart.Points[0].Value
	for _, p := range chart.Points {
		least, most = decimal.Min(least, p.Value), decimal.Max(most, p.Value)
	}
	return c.Add(figures, chart.Zoomed(least, most), card.Note(reach.words()+"\n"+goesOn), buttons), nil
}

// monthTotal is a total, or a mean, in a month, by its name.
type monthTotal struct {
	month string
	total scoring.Points
}

// trendFigures are the latest total, named by what it is, and how it moved since
// the first, and since the month before where there are more than two.
func trendFigures(what string, totals []monthTotal) card.Figures {
	last := totals[len(totals)-1]
	figures := card.Figures{{Value: points(last.total), Unit: "分", Label: last.month + what}}
	for _, i := range slices.Compact([]int{len(totals) - 2, 0}) {
		moved := last.total.Sub(totals[i].total.Decimal)
		figures = append(figures, card.Figure{Value: signed(moved), Unit: "分", Label: "比" + totals[i].month})
	}
	return figures
}

func (p *place) trendPoints(month, grid string) []card.Point {
	point := func(series string, value decimal.Decimal) card.Point {
		return card.Point{Name: month, Value: value, Series: series}
	}
	return []card.Point{point(grid, p.Total.Decimal), point(p.Community+"平均", p.community.mean), point("街道平均", p.street.mean)}
}

func (q *asking) trendButtons() card.Buttons {
	if q.right.group {
		return nil
	}
	return card.Buttons{q.button("看分数", true, ask.ScoreOfGrid)}
}
