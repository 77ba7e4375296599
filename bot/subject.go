package bot

import (
	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// subject is the grid that a question is about: the one named, that of the person
// named, or the asker's own. Where it cannot be said, or not be told, a card is
// returned instead.
func (q *asking) subject() (store.Grid, *card.Card) {
	var found []store.Grid
	for _, id := range q.namedGrids() {
		if g, ok := q.street.byID[id]; ok {
			found = append(found, g)
		}
	}
	var seen []store.Grid
	for _, g := range found {
		if q.right.permits(q.Meaning, g) {
			seen = append(seen, g)
		}
	}
	switch {
	case len(seen) == 1:
		return seen[0], nil
	case len(seen) > 1:
		return store.Grid{}, q.whichGrid(seen)
	case len(found) > 0:
		return store.Grid{}, q.refused(found[0])
	}
	return store.Grid{}, q.noGrid()
}

func (q *asking) namedGrids() []string {
	switch {
	case q.Grid != "":
		return []string{q.Grid}
	case q.Person != "":
		var ids []string
		for _, p := range q.street.byName[q.Person] {
			if works(p) {
				ids = append(ids, p.Grids...)
			}
		}
		return ids
	}
	return q.right.grids
}

// whichGrid asks which of several grids is meant.
func (q *asking) whichGrid(grids []store.Grid) *card.Card {
	buttons := card.Buttons{}
	for _, g := range grids {
		of := *q
		of.Grid, of.Person = g.ID, ""
		buttons = append(buttons, of.button(g.Name, false, q.Meaning))
	}
	c := card.Card{Title: "您要看哪个网格？"}.Add(card.Text{Content: "您问的可能是下面几个网格，点一个就好。"}, buttons)
	return &c
}

// chooseGrid lets somebody who looks after many grids pick one.
func (q *asking) chooseGrid() card.Card {
	choice := card.Select{Name: "网格", Value: q.action(q.Meaning).picking(pickGrid).value()}
	for _, g := range q.street.in(q.scope()) {
		if q.right.permits(q.Meaning, g) {
			choice.Options = append(choice.Options, card.Option{Text: g.Name, Value: g.ID})
		}
	}
	c := card.Card{Title: "您要看哪个网格？"}
	if len(choice.Options) == 0 {
		return c.Add(card.Text{Content: "这里不方便说单个网格的情况，请私信问我。"})
	}
	return c.Add(card.Text{Content: "选一个网格，也可以直接说，比如“" + choice.Options[0].Text + "走访几条了”。"}, choice)
}

// refused says kindly that a grid's figures are not for the asker, or not for
// this group.
func (q *asking) refused(g store.Grid) *card.Card {
	c := card.Card{Title: "这个暂时不能看", Subtitle: g.Name, Tone: card.Quiet}
	if alone := q.right; q.right.group {
		if alone.group = false; alone.permits(q.Meaning, g) {
			about := *q
			about.Grid, about.Person = g.ID, ""
			c = c.Add(card.Text{Content: "单个网格的情况不在群里说。点下面的按钮，我私信发给您。"},
				card.Buttons{about.button("私信发给我", true, q.Meaning)})
			return &c
		}
	}
	if q.right.role == store.CommunityLead {
		c = c.Add(card.Text{Content: "其他社区的网格只能看总分和排名；本社区各网格的情况都可以看。"}, q.everyday()[:3])
		return &c
	}
	c = c.Add(card.Text{Content: "其他网格的情况目前不公开。您可以看自己网格的分数、名次，以及社区和街道的平均分。"})
	if len(q.right.grids) > 0 {
		own := *q
		own.Grid, own.Person = "", ""
		c = c.Add(card.Buttons{own.button("我的分数", true, ask.MyScore), own.button("我的名次", false, ask.MyRank)})
	}
	return &c
}

// noGrid says that there is no grid behind the question.
func (q *asking) noGrid() *card.Card {
	c := card.Card{Title: "没有找到网格", Tone: card.Quiet}
	if q.Grid != "" || q.Person != "" {
		c = c.Add(card.Text{Content: "名册里没有找到您说的网格，换个名称或编号再试试。"})
	} else {
		c = c.Add(card.Text{Content: "名册里您名下还没有网格，请联系街道网格中心登记。"})
	}
	return &c
}
