package bot

import (
	"fmt"
	"strings"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
)

// standingAt returns the rows in one place of a ranking, from the top or, of a negative
// top, from the bottom: several where they tie, none where there are not so many.
func standingAt(rows []scoring.Ranked, top int) []scoring.Ranked {
	i := top - 1
	if top < 0 {
		i = len(rows) + top
	}
	if i < 0 || i >= len(rows) {
		return nil
	}
	var those []scoring.Ranked
	for _, r := range rows {
		if r.Rank == rows[i].Rank {
			those = append(those, r)
		}
	}
	return those
}

// onePlaceCard is who stands in one place: 第三名是谁, 倒数第二.
func (q *asking) onePlaceCard(c card.Card, l *league, all, those []scoring.Ranked) card.Card {
	lead := fmt.Sprintf("%s（共 %d 个网格）", q.placeName(), len(all))
	if len(those) == 0 {
		c = c.Add(card.Text{Content: fmt.Sprintf("一共 %d 个网格，没有%s。", len(all), q.placeName())})
		return c.Add(card.Note(l.reach), q.wholeRanking())
	}
	if len(those) > 1 {
		lead += fmt.Sprintf("，%d 个网格并列", len(those))
	}
	c = c.Add(q.totalsOf(those), card.Text{Content: lead}, q.rankingTable(l, those[:min(len(those), card.TableRows)]))
	buttons := card.Buttons{}
	if g := q.street.byID[those[0].GridID]; len(those) == 1 && q.right.permits(ask.ScoreOfGrid, g) {
		of := *q
		of.Grid, of.Community, of.Top = g.ID, "", nil
		buttons = append(buttons, of.button("看"+g.Name, true, ask.ScoreOfGrid))
	}
	return c.Add(card.Note(l.reach), append(buttons, q.wholeRanking()...))
}

// placeName is 第 3 名 or 倒数第 2 名.
func (q *asking) placeName() string {
	if *q.Top < 0 {
		return fmt.Sprintf("倒数第 %d 名", -*q.Top)
	}
	return fmt.Sprintf("第 %d 名", *q.Top)
}

// totalsOf is the total of those in one place, under the names of up to three.
func (q *asking) totalsOf(those []scoring.Ranked) card.Figures {
	var names []string
	for _, r := range those[:min(len(those), 3)] {
		names = append(names, q.street.byID[r.GridID].Name)
	}
	label := strings.Join(names, "、")
	if len(those) > len(names) {
		label += "等"
	}
	return card.Figures{{Value: points(those[0].Total), Unit: "分", Label: label}}
}

func (q *asking) wholeRanking() card.Buttons {
	return card.Buttons{q.turning("完整排名", func(a *action) { a.Top, a.Place = nil, false })}
}
