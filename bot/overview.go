package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

const (
	worstShown     = 5 // how many grids an overview names from the bottom
	fewCommunities = 4 // up to so many have a button each, more a choice
)

// overviewAnswer is the state of a community or of the whole street.
func (a *Assistant) overviewAnswer(ctx context.Context, q asking) (card.Card, error) {
	if instead := q.survey(); instead != nil {
		return *instead, nil
	}
	if q.long() {
		q.Meaning = ask.Ranking
		return a.rankingAnswer(ctx, q)
	}
	short := q.Period.Span == calendar.SpanDay || q.Period.Span == calendar.SpanWeek
	if short {
		q.Period = monthPeriod(q.month())
	}
	league, err := a.league(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	if err := a.noteBefore(ctx, league, q); err != nil {
		return card.Card{}, err
	}
	c := q.overviewCard(league)
	if short {
		c.Blocks = slices.Insert(c.Blocks, 0, card.Block(card.Text{Content: "总体情况按月看，这是" + q.monthName() + "的。"}))
	}
	return c, nil
}

func (q *asking) overviewCard(l *league) card.Card {
	c := card.Card{Title: "总体情况", Subtitle: joined(q.scopeName(), q.monthName()), Summary: "总体情况"}
	rows := q.chosen(l.ranked)
	if len(rows) == 0 {
		return c.Add(card.Text{Content: l.why(*q)}, card.Note(l.reach), q.overviewButtons())
	}
	c = c.Add(q.overviewFigures(rows), spread(rows), q.sectionMeans(l.standings, rows))
	c = c.Add(q.shortClauses(l.standings, rows)...)
	if !q.right.group {
		c = c.Add(q.worst(rows)...).Add(q.movers(l, rows)...)
	}
	c = c.Add(card.Note(l.reach), q.overviewButtons())
	if q.right.surveys("") && !q.right.group && len(q.street.communities) > fewCommunities {
		c = c.Add(q.communityChoice())
	}
	return c
}

// overviewFigures are the mean, and its spread where nobody reads along: the
// lowest total is somebody's.
func (q *asking) overviewFigures(rows []scoring.Ranked) card.Figures {
	var totals []scoring.Points
	for _, r := range rows {
		totals = append(totals, r.Total)
	}
	average, _ := mean(totals)
	figures := card.Figures{{Value: average.String(), Unit: "分", Label: fmt.Sprintf("%d 个网格平均", len(rows))}}
	if q.right.group {
		return figures
	}
	return append(figures,
		card.Figure{Value: points(rows[0].Total), Unit: "分", Label: "最高"},
		card.Figure{Value: points(rows[len(rows)-1].Total), Unit: "分", Label: "最低"})
}

// sectionMeans are the means of the five sections.
func (q *asking) sectionMeans(standings *Standings, rows []scoring.Ranked) card.Bars {
	var bars card.Bars
	for i, section := range sectionOrder {
		var totals []scoring.Points
		for _, r := range rows {
			if s, ok := standings.of(r.GridID); ok && i < len(s.Sections) {
				totals = append(totals, s.Sections[i])
			}
		}
		average, full := decimal.Zero, q.rules.Full(section)
		if m, ok := mean(totals); ok {
			average = m
		}
		bars = append(bars, card.Bar{Label: sectionNames[section], Part: average, Whole: full.Decimal,
			Words: average.String() + " / " + points(full)})
	}
	return bars
}

// shortClauses counts the grids that lose points by each clause, and those that
// still may.
func (q *asking) shortClauses(standings *Standings, rows []scoring.Ranked) []card.Block {
	var short, risks [][]scoring.Clause
	for _, r := range rows {
		s, _ := standings.of(r.GridID)
		short, risks = append(short, s.Short), append(risks, s.Risks)
	}
	lost, lists := q.clauseCounts(short)
	risky, riskLists := q.clauseCounts(risks)
	blocks := []card.Block{card.Text{Strong: "没达标", Content: fmt.Sprintf("%d 个网格已有扣分", lost)}}
	if lost == 0 {
		blocks = []card.Block{card.Text{Content: "还没有网格扣分。"}}
	} else {
		blocks = append(blocks, lists)
	}
	if risky > 0 {
		blocks = append(blocks, card.Fold{Title: fmt.Sprintf("%d 个网格还有没做完的", risky), Blocks: []card.Block{riskLists}})
	}
	return blocks
}

// clauseCounts says how many grids have a clause, most common first.
func (q *asking) clauseCounts(ofGrids [][]scoring.Clause) (grids int, list card.List) {
	counts := map[scoring.Clause]int{}
	for _, clauses := range ofGrids {
		for _, clause := range clauses {
			counts[clause]++
		}
		if len(clauses) > 0 {
			grids++
		}
	}
	for _, clause := range mostCommon(counts) {
		list.Items = append(list.Items, fmt.Sprintf("%s：%d 个网格", q.title(clause), counts[clause]))
	}
	return grids, list
}

func mostCommon(counts map[scoring.Clause]int) []scoring.Clause {
	var clauses []scoring.Clause
	for _, c := range scoring.Clauses() {
		if counts[c] > 0 {
			clauses = append(clauses, c)
		}
	}
	slices.SortStableFunc(clauses, func(a, b scoring.Clause) int { return cmp.Compare(counts[b], counts[a]) })
	return clauses
}

// worst are the grids that need a hand, with a button to look into each.
func (q *asking) worst(rows []scoring.Ranked) []card.Block {
	var buttons card.Buttons
	for _, r := range slices.Backward(rows) {
		if len(buttons) == worstShown || len(buttons) >= len(rows)/2 {
			break
		}
		g := q.street.byID[r.GridID]
		of := *q
		of.Grid, of.Community = g.ID, ""
		if q.right.permits(ask.ScoreOfGrid, g) {
			buttons = append(buttons, of.button(g.Name+" "+points(r.Total), false, ask.ScoreOfGrid))
		}
	}
	if len(buttons) == 0 {
		return nil
	}
	return []card.Block{card.Text{Strong: "需要帮一把", Content: "点开看原因"}, buttons}
}

// movers are the grids that rose and fell most since the month before.
func (q *asking) movers(l *league, rows []scoring.Ranked) []card.Block {
	type move struct {
		g  store.Grid
		by decimal.Decimal
	}
	var moves []move
	for _, r := range rows {
		if before, ok := l.before[r.GridID]; ok && !r.Total.Equal(before.Decimal) {
			moves = append(moves, move{q.street.byID[r.GridID], r.Total.Sub(before.Decimal)})
		}
	}
	slices.SortStableFunc(moves, func(a, b move) int { return b.by.Cmp(a.by) })
	list := card.List{}
	for i, m := range moves {
		if i < 2 && m.by.IsPositive() || i >= len(moves)-2 && m.by.IsNegative() {
			list.Items = append(list.Items, m.g.Name+" "+signed(m.by)+" 分")
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []card.Block{card.Text{Strong: "变化最大", Content: "和" + monthName(q.month()-1, q.now) + "比"}, list}
}

func (q *asking) overviewButtons() card.Buttons {
	if q.right.group {
		return card.Buttons{q.button("私信看各网格", true, ask.Overview)}
	}
	buttons := card.Buttons{q.button("排行榜", true, ask.Ranking)}
	if !q.closed() {
		buttons = append(buttons, q.button("今天谁还差", false, ask.Shortfall))
	}
	buttons = append(buttons, q.turning("上月", func(a *action) { a.Period = monthPeriod(q.month() - 1).String() }))
	if q.right.surveys("") && len(q.street.communities) <= fewCommunities {
		for _, name := range q.street.communities {
			if name != q.Community {
				buttons = append(buttons, q.turning(name, func(a *action) { a.Community = name }))
			}
		}
		if q.Community != "" {
			buttons = append(buttons, q.turning("全街道", func(a *action) { a.Community = "" }))
		}
	}
	return buttons
}
