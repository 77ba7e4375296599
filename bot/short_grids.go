package bot

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// shortGridsAnswer is, for somebody who looks after many grids, which of them are
// short today.
func (a *Assistant) shortGridsAnswer(ctx context.Context, q asking) (card.Card, error) {
	if instead := q.survey(); instead != nil {
		return *instead, nil
	}
	standings, err := q.scores.Standings(ctx, calendar.MonthOf(q.now))
	if err != nil {
		return card.Card{}, err
	}
	reach, err := a.reach(ctx, q.scores)
	if err != nil {
		return card.Card{}, err
	}
	c := card.Card{Title: "今天还差什么", Subtitle: joined(q.scopeName(), dayName(calendar.DateOf(q.now))), Summary: "今天还差什么"}
	c = c.Add(q.shortGrids(standings, reach)...)
	if q.Period.Span != "" && q.Period.Span != calendar.SpanDay {
		c = c.Add(card.Note("这里列的是今天的；" + q.spanName() + "还差多少，看单个网格的缺口。"))
	}
	return c.Add(card.Note(reach.words())), nil
}

// dayClauses are the columns of a table of who is short today.
var dayClauses = []scoring.Clause{scoring.ClauseVisitsDaily, scoring.ClauseDistance, scoring.ClauseReportingDaily, scoring.ClauseHazardSites}

func (q *asking) shortGrids(standings *Standings, reach reach) []card.Block {
	table := card.Table{Columns: []card.Column{{Title: "网格"}}}
	for _, c := range dayClauses {
		table.Columns = append(table.Columns, card.Column{Title: openNames[c] + "差", Figure: true})
	}
	short, all := 0, q.street.in(q.Community)
	for _, g := range all {
		standing, ok := standings.of(g.ID)
		cells, lacks := lackCells(standing, reach)
		if !ok || !lacks {
			continue
		}
		short++
		if len(table.Rows) < card.TableRows {
			table.Rows = append(table.Rows, card.Row{Cells: append([]string{g.Name}, cells...)})
		}
	}
	table.More = short - len(table.Rows)
	lead := card.Text{Strong: fmt.Sprintf("%d 个网格", short), Content: fmt.Sprintf("今天还没做完（共 %d 个）", len(all))}
	switch {
	case short == 0:
		return []card.Block{card.Text{Content: "已到的数据里，今天没有网格欠缺。"}}
	case q.right.group:
		return []card.Block{lead, card.Buttons{q.button("私信看是哪些", true, ask.Shortfall)}}
	}
	return []card.Block{lead, table}
}

// lackCells is what a grid lacks today of every column, "–" where nothing, or
// where the sheet says nothing of today yet.
func lackCells(s Standing, reach reach) (cells []string, lacks bool) {
	for _, clause := range dayClauses {
		missing := decimal.Zero
		for _, l := range s.Today {
			if l.Clause == clause && reach.hasToday(sheetOf(clause.Group())) {
				missing = l.Missing
			}
		}
		if missing.IsZero() {
			cells = append(cells, "–")
			continue
		}
		cells, lacks = append(cells, amount(clause, missing)), true
	}
	return cells, lacks
}
