package bot

import (
	"context"
	"fmt"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// rankingAnswer is a ranking for those who may see one, and for everybody else
// their own place.
func (a *Assistant) rankingAnswer(ctx context.Context, q asking) (card.Card, error) {
	mine := q.right.worker() && (q.Meaning == ask.MyRank || !q.right.ranks())
	if mine || q.Grid != "" || q.Person != "" {
		grid, instead := q.subject()
		if instead != nil {
			return *instead, nil
		}
		return a.placeAnswer(ctx, q, grid)
	}
	if q.Meaning == ask.MyRank || q.Home {
		q.Community = q.scope()
	}
	if of := q.groupScope(); of != "" {
		q.Community = of
	}
	q.Meaning = ask.Ranking
	league, err := a.league(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	if err := a.noteBefore(ctx, league, q); err != nil {
		return card.Card{}, err
	}
	return q.rankingCard(league), nil
}

func (q *asking) rankingCard(l *league) card.Card {
	c := card.Card{Title: "街道排名", Subtitle: periodName(q.period(), q.now), Summary: "排名出来了"}
	if q.Community != "" {
		c.Title = q.Community + "排名"
	}
	rows := q.chosen(l.ranked)
	if len(l.ranked) == 0 {
		c.Summary = "暂时没有排名"
		return c.Add(card.Text{Content: l.why(*q)}, card.Note(l.reach), q.periodButtons())
	}
	if q.Place {
		return q.onePlaceCard(c, l, q.inScope(l.ranked), rows)
	}
	q.page = min(q.page, (len(rows)-1)/card.TableRows)
	page := rows[q.page*card.TableRows : min(len(rows), (q.page+1)*card.TableRows)]
	c = c.Add(card.Text{Content: q.rankingLead(rows)}, q.rankingTable(l, page))
	c = c.Add(q.pageButtons(len(rows))...).Add(q.rankingChart(rows, page), card.Note(l.reach), q.periodButtons())
	if choice := q.communityChoice(); len(choice.Options) > 2 {
		c = c.Add(choice)
	}
	return c
}

// inScope are the rows of the community asked for.
func (q *asking) inScope(ranked []scoring.Ranked) []scoring.Ranked {
	var rows []scoring.Ranked
	for _, r := range ranked {
		if q.Community == "" || r.Community == q.Community {
			rows = append(rows, r)
		}
	}
	return rows
}

// chosen are the rows in scope, or the first, the last or the one place of them.
func (q *asking) chosen(ranked []scoring.Ranked) []scoring.Ranked {
	rows := q.inScope(ranked)
	switch {
	case q.Top == nil:
		return rows
	case q.Place:
		return standingAt(rows, *q.Top)
	case *q.Top < 0:
		return rows[max(0, len(rows)+*q.Top):]
	}
	return rows[:min(*q.Top, len(rows))]
}

func (q *asking) rankingLead(rows []scoring.Ranked) string {
	var totals []scoring.Points
	for _, r := range rows {
		totals = append(totals, r.Total)
	}
	average, _ := mean(totals)
	of := "共"
	if q.Top != nil && *q.Top > 0 {
		of = "前"
	} else if q.Top != nil {
		of = "后"
	}
	return fmt.Sprintf("%s %d 个网格，平均 %s 分", of, len(rows), average)
}

// rankingChart is a picture of a page; all pages of the rows begin at the same
// value, so that they can be compared.
func (q *asking) rankingChart(rows, page []scoring.Ranked) card.Chart {
	chart := card.Chart{Kind: card.BarChart, Title: periodName(q.period(), q.now) + "总分"}
	for _, r := range page {
		g, series := q.street.byID[r.GridID], "网格"
		if q.right.own(g) {
			series = "您的网格"
		}
		chart.Points = append(chart.Points, card.Point{Name: g.Name, Value: r.Total.Decimal, Series: series})
	}
	return chart.Zoomed(rows[len(rows)-1].Total.Decimal, rows[0].Total.Decimal)
}

// pageButtons say which page of the rows this is, and turn to the others; nothing
// where there is only one.
func (q *asking) pageButtons(rows int) []card.Block {
	last := (rows - 1) / card.TableRows
	if last == 0 {
		return nil
	}
	var buttons card.Buttons
	to := func(text string, page int) {
		buttons = append(buttons, q.turning(text, func(a *action) { a.Page = page }))
	}
	if q.page > 0 {
		to("上一页", q.page-1)
	}
	if q.page < last {
		to("下一页", q.page+1)
	}
	if q.page < last-1 {
		to("最后一页", last)
	}
	if q.page > 1 {
		to("第一页", 0)
	}
	return []card.Block{card.Note(fmt.Sprintf("第 %d 页，共 %d 页", q.page+1, last+1)), buttons}
}

// periodButtons turn to another month, and to the quarter and the year.
func (q *asking) periodButtons() card.Buttons {
	today := calendar.DateOf(q.now)
	offers := []struct {
		text   string
		period calendar.Period
	}{
		{"上月", calendar.PeriodOf(calendar.SpanMonth, today).Previous()},
		{"本月", calendar.PeriodOf(calendar.SpanMonth, today)},
		{"本季度", calendar.PeriodOf(calendar.SpanQuarter, today)},
		{"今年", calendar.PeriodOf(calendar.SpanYear, today)},
	}
	var buttons card.Buttons
	for _, o := range offers {
		if o.period != q.period() {
			buttons = append(buttons, q.turning(o.text, func(a *action) { a.Period = o.period.String() }))
		}
	}
	return buttons
}

// communityChoice turns to another community, or to the whole street.
func (q *asking) communityChoice() card.Select {
	act := q.action(q.Meaning).picking(pickCommunity)
	act.Turn = q.turner
	choice := card.Select{Name: "社区", Value: act.value(), Options: []card.Option{{Text: "全街道", Value: everywhere}}}
	for _, name := range q.street.communities {
		choice.Options = append(choice.Options, card.Option{Text: name, Value: name})
	}
	return choice
}
