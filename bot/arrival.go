package bot

import (
	"context"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// arrivals are when people came to the grids that they have now, by mobile number
// and grid, as of a version of the street. Who has been there longer than a month
// or two is not among them.
type arrivals struct {
	version int64
	at      map[string]map[string]time.Time
}

// withArrival says on an answer since when the asker has the grid that it is
// about, where they had another during the period: figures are the present grid's.
func (a *Assistant) withArrival(ctx context.Context, q asking, c card.Card) (card.Card, error) {
	grid, own := q.street.byID[q.ownGrid()]
	if !own {
		return c, nil
	}
	known, kept := a.arrived.get("")
	if !kept || known.version != q.street.version {
		at, err := a.Records.Arrivals(ctx, (calendar.MonthOf(q.now) - 1).First().Start())
		if err != nil {
			return card.Card{}, err
		}
		known = arrivals{q.street.version, at}
		a.arrived.put("", known)
	}
	came, moved := known.at[q.who.Mobile][grid.ID]
	if !moved || calendar.DateOf(came) <= q.period().First {
		return c, nil
	}
	note := card.Note("您" + dayName(calendar.DateOf(came)) + "起在" + grid.Name + "，这里是这个网格的情况")
	c.Blocks = slices.Insert(slices.Clone(c.Blocks), firstButtons(c), card.Block(note))
	return c, nil
}

// firstButtons is the place of a card's first row of buttons, or its end.
func firstButtons(c card.Card) int {
	for i, block := range c.Blocks {
		if _, is := block.(card.Buttons); is {
			return i
		}
	}
	return len(c.Blocks)
}
