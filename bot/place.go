package bot

import (
	"context"
	"fmt"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/store"
)

// place is where a grid stands, with the totals it stands among.
type place struct {
	scoring.Ranked
	street    []scoring.Points
	community []scoring.Points
}

// placeIn finds a grid's place, nil for none.
func placeIn(ranked []scoring.Ranked, grid string) *place {
	var p *place
	for _, r := range ranked {
		if r.GridID == grid {
			p = &place{Ranked: r}
		}
	}
	if p == nil {
		return nil
	}
	for _, r := range ranked {
		p.street = append(p.street, r.Total)
		if r.Community == p.Community {
			p.community = append(p.community, r.Total)
		}
	}
	return p
}

func (p *place) figures() card.Figures {
	return card.Figures{
		{Value: fmt.Sprintf("%d / %d", p.InCommunity, len(p.community)), Label: "社区名次"},
		{Value: fmt.Sprintf("%d / %d", p.Rank, len(p.street)), Label: "街道名次"},
	}
}

// placeAnswer is a grid's own place and the means, without anybody else's figures.
func (a *Assistant) placeAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	q.Grid, q.Person, q.Community = g.ID, "", ""
	league, err := a.league(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	c := card.Card{Title: "名次", Subtitle: joined(g.Name, periodName(q.period(), q.now)), Summary: "名次出来了"}
	if q.right.own(g) {
		c.Title = "我的名次"
	}
	p := placeIn(league.ranked, g.ID)
	if p == nil {
		c.Summary = "暂时没有名次"
		return c.Add(card.Text{Content: league.why(q)}, card.Note(league.reach), q.placeButtons()), nil
	}
	total := card.Figure{Value: points(p.Total), Unit: "分", Label: periodName(q.period(), q.now) + "得分"}
	if sees := q.right.of(g); sees < seesFigures {
		return c.Add(card.Figures{total}, card.Note(league.reach)), nil
	}
	figures := p.figures()
	c = c.Add(card.Figures{figures[1], figures[0], total}, card.Text{Content: p.means()})
	return c.Add(card.Note(league.reach), q.placeButtons()), nil
}

// means compares the total with the mean of the community and of the street.
func (p *place) means() string {
	inCommunity, _ := mean(p.community)
	inStreet, _ := mean(p.street)
	return fmt.Sprintf("%s平均 %s 分，街道平均 %s 分", p.Community, inCommunity, inStreet)
}

func (q *asking) placeButtons() card.Buttons {
	if q.right.group {
		return nil
	}
	buttons := card.Buttons{q.button("看分数", true, ask.ScoreOfGrid), q.button("还差什么", false, ask.Shortfall)}
	return append(buttons, q.periodButtons()...)
}
