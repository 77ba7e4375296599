package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// monthMileage is a month's kilometres and hours, and how often they fell short.
// The Measure sets no standard for the month itself: only for days and weeks.
func (a *Assistant) monthMileage(ctx context.Context, q asking, g store.Grid, r *scoring.Result) ([]card.Block, error) {
	if i := slices.IndexFunc(r.Undecided, func(u scoring.Undecided) bool { return u.Group == scoring.GroupKm }); i >= 0 &&
		r.Undecided[i].Through < r.Month.First() {
		return []card.Block{card.Text{Content: q.monthName() + "的里程数据还没到。"}}, nil
	}
	facts, err := a.Records.Facts(ctx, store.FactsQuery{Month: q.month(), At: q.now, Grids: []string{g.ID}})
	if err != nil || len(facts) == 0 {
		return nil, err
	}
	var km, chief, member decimal.Decimal
	for i := range facts[0].Days {
		if d := &facts[0].Days[i]; q.month().Contains(d.Date) && d.Date <= r.AsOf {
			km, chief, member = km.Add(d.Km), chief.Add(d.ChiefHours), member.Add(d.MemberHours)
		}
	}
	return []card.Block{
		card.Figures{
			{Value: km.String(), Unit: "公里", Label: q.monthName() + "里程"},
			{Value: chief.String(), Unit: "小时", Label: "网格长时长"},
			{Value: member.String(), Unit: "小时", Label: "网格员时长"},
		},
		shortTimes(r, scoring.ClauseDistance, ""),
		shortTimes(r, scoring.ClauseHours, string(store.Chief)),
		shortTimes(r, scoring.ClauseHours, string(store.Member)),
	}, nil
}

// shortTimes counts the days and weeks that have ended short of a standard: 里程
// 2 天、1 周没达标.
func shortTimes(r *scoring.Result, c scoring.Clause, subject string) card.Text {
	days, weeks, measured := 0, 0, false
	for i := range r.Standards {
		s := &r.Standards[i]
		if s.Clause != c || s.Subject != subject || s.Open {
			continue
		}
		measured = true
		switch {
		case s.Met:
		case s.Span == calendar.SpanDay:
			days++
		case s.Span == calendar.SpanWeek:
			weeks++
		}
	}
	if !measured {
		return card.Text{}
	}
	return card.Text{Strong: subject + openNames[c], Content: shortWords(days, weeks)}
}

func shortWords(days, weeks int) string {
	var parts []string
	if days > 0 {
		parts = append(parts, fmt.Sprintf("%d 天", days))
	}
	if weeks > 0 {
		parts = append(parts, fmt.Sprintf("%d 周", weeks))
	}
	if len(parts) == 0 {
		return "已结束的天和周都达标"
	}
	return strings.Join(parts, "、") + "没达标"
}
