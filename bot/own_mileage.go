package bot

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// person is whose own records a question is about, in the grid it is about: who
// was named, else the asker; false where that is nobody, or not one.
func (q *asking) person(g store.Grid) (store.Person, bool) {
	those := []store.Person{q.who}
	if q.Person != "" {
		those = q.street.byName[q.Person]
	}
	those = slices.DeleteFunc(slices.Clone(those), func(p store.Person) bool {
		return !works(p) || !slices.Contains(p.Grids, g.ID)
	})
	if len(those) != 1 {
		return store.Person{}, false
	}
	return those[0], true
}

// ownMileage is what one person walked, before what the grid comes to: of who was
// named in the time asked for, of the asker only today. A group hears no person's.
func (a *Assistant) ownMileage(ctx context.Context, q asking, g store.Grid, reach reach) ([]card.Block, error) {
	p, ok := q.person(g)
	window := q.Period
	if window.IsZero() {
		window = calendar.PeriodOf(calendar.SpanDay, calendar.DateOf(q.now))
	}
	alone := len(q.street.crews[g.ID]) == 1
	asked := q.Person != "" || window.Span == calendar.SpanDay && !alone
	if q.Meaning != ask.Mileage || q.right.group || !ok || !asked {
		return nil, nil
	}
	name := p.Name
	if q.Person == "" {
		name = "您本人"
	}
	if window.Span == calendar.SpanDay && !reach.has(sheet.Patrols, window.First) {
		return []card.Block{card.Text{Strong: name, Content: windowName(window, q.now) + "的里程数据还没到"}}, nil
	}
	km, hours, err := a.walked(ctx, p, g, window, q)
	if err != nil || q.Person == "" && km.IsZero() && hours.IsZero() {
		return nil, err
	}
	return []card.Block{card.Figures{
		{Value: hours.String(), Unit: "小时", Label: name + windowName(window, q.now) + "时长"},
		{Value: km.String(), Unit: "公里", Label: name + windowName(window, q.now) + "里程"},
	}, card.Note("下面是整个网格的")}, nil
}

// walked is what a person's own records come to in a grid: the platform's figure
// of a day where there is one, else what their positions give.
func (a *Assistant) walked(ctx context.Context, p store.Person, g store.Grid, window calendar.Period, q asking) (km, hours decimal.Decimal, err error) {
	for day := window.First; day <= min(window.Last(), calendar.DateOf(q.now)); day++ {
		o, err := a.Records.Outing(ctx, p.Mobile, day, q.now)
		if err != nil {
			return km, hours, err
		}
		for _, row := range o.Patrols {
			if row.GridID == g.ID {
				km = km.Add(row.Km)
				if row.Hours != nil {
					hours = hours.Add(*row.Hours)
				}
			}
		}
		for _, walk := range o.Walks {
			if len(o.Patrols) == 0 && walk.GridID == g.ID {
				km, hours = km.Add(walk.Km), hours.Add(walk.Hours)
			}
		}
	}
	return km, hours, nil
}
