package bot

import (
	"context"
	"slices"
	"strconv"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/store"
)

// restDay is what was done on a day that asks for nothing: a weekend, a holiday,
// or a day on which the grid is exempt.
func (a *Assistant) restDay(ctx context.Context, q asking, g store.Grid, month judged) ([]card.Block, error) {
	facts, err := a.Records.Facts(ctx, store.FactsQuery{Month: q.month(), At: q.now, Grids: []string{g.ID}})
	if err != nil {
		return nil, err
	}
	day := q.Period.First
	if len(facts) == 0 || slices.Contains(facts[0].DutyDays, day) {
		return []card.Block{card.Text{Content: q.noStandard(month.Result)}}, nil
	}
	is := "是休息日"
	if duty, err := a.Workdays.IsDutyDay(day); err == nil && duty {
		is = "免考核"
	}
	done := doneOn(facts[0], q)
	if !month.reach.has(figureTopics[q.Meaning].sheet, day) || done == nil {
		return []card.Block{card.Text{Content: q.spanName() + is + "，没有指标，好好休息。"}}, nil
	}
	return []card.Block{done, card.Text{Content: q.spanName() + is + "，没有指标；做了的都算数，辛苦了！"}}, nil
}

// doneOn is what was done all the same, nil for nothing.
func doneOn(f *scoring.Facts, q asking) card.Figures {
	i := slices.IndexFunc(f.Days, func(d scoring.Day) bool { return d.Date == q.Period.First })
	if i < 0 || !noted(&f.Days[i], figureTopics[q.Meaning].sheet) {
		return nil
	}
	d := &f.Days[i]
	switch q.Meaning {
	case ask.Mileage:
		return card.Figures{
			{Value: d.Km.String(), Unit: "公里", Label: "里程"},
			{Value: d.ChiefHours.String(), Unit: "小时", Label: "网格长时长"},
			{Value: d.MemberHours.String(), Unit: "小时", Label: "网格员时长"},
		}
	case ask.Visits:
		return card.Figures{{Value: strconv.Itoa(d.Visits()), Unit: "条", Label: "走访"}}
	}
	return card.Figures{{Value: strconv.Itoa(d.Reported()), Unit: "条", Label: "上报"}}
}
