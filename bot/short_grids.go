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
	return c.Add(card.Note(reach.words()), q.shortGridsButtons()), nil
}

func (q *asking) shortGridsButtons() card.Buttons {
	if q.right.group {
		return card.Buttons{q.button("私信看是哪些", true, ask.Shortfall)}
	}
	return card.Buttons{
		q.button("总体情况", true, ask.Overview), q.button("排行榜", false, ask.Ranking), q.turning("刷新", func(*action) {}),
	}
}

// dayClauses are the columns of a table of who is short today, with their headings.
var dayClauses = []struct {
	scoring.Clause
	heading string
}{
	{scoring.ClauseVisitsDaily, "走访"}, {scoring.ClauseDistance, "里程"}, {scoring.ClauseReportingDaily, "上报"}, {scoring.ClauseHazardSites, "场所"},
}

// shortGrid is what a grid lacks today, by the columns; 0 where it lacks nothing.
type shortGrid struct {
	name    string
	missing []decimal.Decimal
}

// kinds is of how many columns the grid is short.
func (g shortGrid) kinds() int {
	n := 0
	for _, m := range g.missing {
		n += m.Sign()
	}
	return n
}

func (q *asking) shortGrids(standings *Standings, reach reach) []card.Block {
	all := q.street.in(q.Community)
	var short []shortGrid
	for _, g := range all {
		standing, _ := standings.of(g.ID)
		if lacks := (shortGrid{g.Name, lacksOf(standing, reach)}); lacks.kinds() > 0 {
			short = append(short, lacks)
		}
	}
	if len(short) == 0 {
		return []card.Block{card.Text{Content: "已到的数据里，今天没有网格欠缺。"}}
	}
	lead := card.Figures{{Value: fmt.Sprint(len(short)), Unit: "个网格", Label: fmt.Sprintf("今天还没做完，共 %d 个", len(all))}}
	if q.right.group {
		return []card.Block{lead}
	}
	return append([]card.Block{lead}, q.shortTable(short)...)
}

// shortTable is a page of the grids that are short, those short of most first.
func (q *asking) shortTable(short []shortGrid) []card.Block {
	slices.SortStableFunc(short, func(a, b shortGrid) int {
		return cmp.Or(b.kinds()-a.kinds(), slices.CompareFunc(b.missing, a.missing, decimal.Decimal.Cmp))
	})
	table := card.Table{Columns: []card.Column{{Title: "网格"}}}
	for _, c := range dayClauses {
		table.Columns = append(table.Columns, card.Column{Title: c.heading, Figure: true})
	}
	q.page = min(q.page, (len(short)-1)/card.TableRows)
	for _, g := range short[q.page*card.TableRows : min(len(short), (q.page+1)*card.TableRows)] {
		row := card.Row{Cells: []string{g.name}}
		for _, m := range g.missing {
			row.Cells = append(row.Cells, lackCell(m))
		}
		table.Rows = append(table.Rows, row)
	}
	units := card.Note("表里是还差多少：走访、上报按条，里程按公里，隐患场所按处")
	return append([]card.Block{table, units}, q.pageButtons(len(short))...)
}

// lacksOf is what a grid lacks today of every column: nothing where the sheet says
// nothing of today yet.
func lacksOf(s Standing, reach reach) []decimal.Decimal {
	missing := make([]decimal.Decimal, len(dayClauses))
	for i, c := range dayClauses {
		for _, l := range s.Today {
			if l.Clause == c.Clause && reach.hasToday(sheetOf(c.Group())) {
				missing[i] = l.Missing
			}
		}
	}
	return missing
}

func lackCell(missing decimal.Decimal) string {
	if missing.IsZero() {
		return "–"
	}
	return missing.String()
}
