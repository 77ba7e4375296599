package bot

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/store"
)

// place is where a grid stands, and among whom.
type place struct {
	scoring.Ranked
	street, community circle
}

// circle is those whom a grid is compared with: how many, and their mean total.
type circle struct {
	grids int
	mean  decimal.Decimal
}

// order is the grids as they are ranked, to be looked up.
type order struct {
	ranked      []scoring.Ranked
	at          map[string]int // by grid
	street      circle
	communities map[string]circle
}

func orderOf(ranked []scoring.Ranked) *order {
	o := &order{ranked: ranked, at: map[string]int{}, communities: map[string]circle{}}
	totals, all := map[string][]scoring.Points{}, make([]scoring.Points, len(ranked))
	for i, r := range ranked {
		o.at[r.GridID], all[i] = i, r.Total
		totals[r.Community] = append(totals[r.Community], r.Total)
	}
	o.street = circleOf(all)
	for name, those := range totals {
		o.communities[name] = circleOf(those)
	}
	return o
}

func circleOf(totals []scoring.Points) circle {
	mean, _ := mean(totals)
	return circle{len(totals), mean}
}

// place finds a grid's place, nil for none.
func (o *order) place(grid string) *place {
	i, ok := o.at[grid]
	if !ok {
		return nil
	}
	r := o.ranked[i]
	return &place{r, o.street, o.communities[r.Community]}
}

func (p *place) figures() card.Figures {
	return card.Figures{
		{Value: among(p.InCommunity, p.community), Label: "社区名次"},
		{Value: among(p.Rank, p.street), Label: "街道名次"},
	}
}

// among is 7 / 12, and 299/300 where a phone has no room for more.
func among(rank int, c circle) string {
	if c.grids >= 100 {
		return fmt.Sprintf("%d/%d", rank, c.grids)
	}
	return fmt.Sprintf("%d / %d", rank, c.grids)
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
	p := league.place(g.ID)
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
	return fmt.Sprintf("%s平均 %s 分，街道平均 %s 分", p.Community, p.community.mean, p.street.mean)
}

func (q *asking) placeButtons() card.Buttons {
	if q.right.group {
		return nil
	}
	buttons := card.Buttons{q.button("看分数", true, ask.ScoreOfGrid), q.button("还差什么", false, ask.Shortfall)}
	return append(buttons, q.periodButtons()...)
}
