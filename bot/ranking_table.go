package bot

import (
	"fmt"
	"strings"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// rankingTable shows of each grid what the asker may see: on a phone the first
// columns, so the total stands before the names. The first one stays in sight when
// the others are pushed aside, so it holds the grid's name with its place.
func (q *asking) rankingTable(l *league, page []scoring.Ranked) card.Table {
	detailed := l.standings != nil && q.seesSectionsOf(page)
	t := card.Table{Columns: []card.Column{{Title: "名次 网格"}, {Title: "总分", Figure: true}}}
	names := !q.right.worker() && !q.right.group
	if l.before != nil {
		t.Columns = append(t.Columns, card.Column{Title: "较上月", Figure: true})
	}
	if names {
		t.Columns = append(t.Columns, card.Column{Title: "人员"})
	}
	if detailed {
		for _, s := range sectionOrder {
			t.Columns = append(t.Columns, card.Column{Title: sectionNames[s], Figure: true})
		}
	}
	for _, r := range page {
		g := q.street.byID[r.GridID]
		row := card.Row{Marked: q.right.own(g), Cells: []string{q.rank(r) + " " + g.Name, points(r.Total)}}
		if l.before != nil {
			row.Cells = append(row.Cells, l.moved(r))
		}
		if names {
			row.Cells = append(row.Cells, strings.Join(q.street.crew(g.ID), "、"))
		}
		if detailed {
			standing, _ := l.standings.of(g.ID)
			row.Cells = append(row.Cells, q.sectionCells(g, standing.Sections)...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// rank is the place within what is shown, with 先进 for the first of a year that is over.
func (q *asking) rank(r scoring.Ranked) string {
	if q.Community != "" {
		return fmt.Sprint(r.InCommunity)
	}
	yearOver := q.Period.Span == calendar.SpanYear && q.Period.Last() < calendar.DateOf(q.now)
	if yearOver && r.Advanced() {
		return fmt.Sprint("先进 ", r.Rank)
	}
	return fmt.Sprint(r.Rank)
}

func (q *asking) seesSectionsOf(page []scoring.Ranked) bool {
	for _, r := range page {
		if q.right.of(q.street.byID[r.GridID]) >= seesSections {
			return true
		}
	}
	return false
}

func (q *asking) sectionCells(g store.Grid, sections []scoring.Points) []string {
	cells := make([]string, len(sectionOrder))
	for i := range cells {
		cells[i] = "–"
		if q.right.of(g) >= seesSections && i < len(sections) {
			cells[i] = points(sections[i])
		}
	}
	return cells
}

func (l *league) moved(r scoring.Ranked) string {
	before, ok := l.before[r.GridID]
	if !ok {
		return "–"
	}
	return signed(r.Total.Sub(before.Decimal))
}
