package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// shortfallAnswer is what can still be done: today, this week, this month.
func (a *Assistant) shortfallAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	if q.period().Last() < calendar.DateOf(q.now) {
		return q.over(), nil
	}
	result, err := q.scores.Of(ctx, g.ID, calendar.MonthOf(q.now))
	if err != nil {
		return card.Card{}, err
	}
	reach, err := a.reach(ctx, q.scores)
	if err != nil {
		return card.Card{}, err
	}
	due, err := a.dueItems(ctx, []string{g.ID}, q.now)
	if err != nil {
		return card.Card{}, err
	}
	return shortfallCard(q, g, result, reach, due), nil
}

// over says that what is missing of a time that has ended cannot be made up.
func (q *asking) over() card.Card {
	return card.Card{Title: q.spanName() + "已经结束", Tone: card.Quiet}.Add(
		card.Text{Content: "过去的补不上了，可以看看扣分明细，把接下来的做好。"},
		card.Buttons{q.button("扣分明细", true, ask.Deductions), (&asking{}).button("本月还差什么", false, ask.Shortfall)})
}

func shortfallCard(q asking, g store.Grid, r *scoring.Result, reach reach, due dueItems) card.Card {
	c := card.Card{Title: "还差什么", Subtitle: joined(g.Name, dayName(r.AsOf)), Summary: "还差什么", Tone: card.Warning}
	parts := shortfallParts(q, r, reach)
	blocks := append(append(shortfallBlocks(parts, reach), disposalBlocks(q, r)...), itemBlocks(q, due)...)
	saved, bounds := savedBy(r, parts)
	switch {
	case saved.IsPositive():
		c = c.Add(card.Figures{{Value: saved.String(), Unit: "分", Label: "做完能保住"}})
		c = c.Add(firstThing(q, r, parts)...)
	case len(blocks) == 0 && !Undetermined(r):
		c.Tone = card.Good
		c = c.Add(card.Text{Content: "今天、本周、本月该做的都做到了，辛苦了！"})
	}
	if last := calendar.DateOf(q.now).Sunday(); last.Month() != r.Month && len(blocks) > 0 {
		blocks = append(blocks, card.Note("本周到 "+dayName(last)+" 结束，计入"+monthName(last.Month(), q.now)))
	}
	c = c.Add(blocks...).Add(bounds...)
	for _, line := range undecidedWords(r) {
		c = c.Add(card.Note(line))
	}
	return c.Add(card.Note(reach.words()), q.shortfallButtons())
}

func (q *asking) shortfallButtons() card.Buttons {
	if q.right.group {
		return card.Buttons{q.button("私信看明细", true, ask.Shortfall)}
	}
	return card.Buttons{
		q.button("看分数", true, ask.ScoreOfGrid), q.button("到期事项", false, ask.Overdue),
		q.turning("刷新", func(*action) {}),
	}
}

// stretch is what is open in windows of one length.
type stretch struct {
	title string
	open  []opening
	late  []opening // standards whose data have not come yet: no zero is shown of them
}

// shortfallParts sorts what is open by how much time is left. A past day that is
// open for want of data is nobody's to do; a standard of today whose sheet says
// nothing of today yet is no shortage.
func shortfallParts(q asking, r *scoring.Result, reach reach) []stretch {
	parts := []stretch{{title: "今天"}, {title: "本周"}, {title: "本月"}}
	today := calendar.DateOf(q.now)
	for _, o := range openStandards(r) {
		othersShare := o.Clause == scoring.ClauseVisitsDaily && o.Subject != "" && o.Subject != string(q.who.Role)
		if o.last() < today || othersShare {
			continue
		}
		p := &parts[2]
		switch {
		case o.last() == today && o.window.Span == calendar.SpanDay:
			p = &parts[0]
		case o.window.Span == calendar.SpanWeek:
			p = &parts[1]
		}
		if reach.awaits(o) {
			p.late = append(p.late, o)
		} else {
			p.open = append(p.open, o)
		}
	}
	return parts
}

func shortfallBlocks(parts []stretch, reach reach) []card.Block {
	var blocks []card.Block
	for _, p := range parts {
		if len(p.open)+len(p.late) == 0 {
			continue
		}
		blocks = append(blocks, card.Text{Strong: p.title})
		if bars := openBars(p.open, reach.now); len(bars) > 0 {
			blocks = append(blocks, bars)
		}
		if list := categoryList(p.open); len(list.Items) > 0 {
			blocks = append(blocks, card.Fold{Title: fmt.Sprintf("分类上报还差 %d 类（不扣分）", len(list.Items)), Blocks: []card.Block{list}})
		}
		for _, o := range p.late {
			if o.Clause == scoring.ClauseReportingCategory {
				continue // nine lines that cost nothing
			}
			blocks = append(blocks, card.Note(joined(
				fmt.Sprintf("%s应 %s，%s", openName(o), amount(o.Clause, o.Required), reach.awaited(o)), o.pointsWords(reach.now))))
		}
	}
	return blocks
}

// openBars are done, required, missing and the points it saves.
func openBars(open []opening, now time.Time) card.Bars {
	var bars card.Bars
	for _, o := range open {
		if o.Clause == scoring.ClauseReportingCategory {
			continue
		}
		words := fmt.Sprintf("%s / %s，差 %s", o.Actual, amount(o.Clause, o.Required), o.Missing())
		if o.Clause == scoring.ClauseCoverage {
			words = amount(o.Clause, o.Actual) + "，应 " + amount(o.Clause, o.Required)
		}
		words = joined(words, o.pointsWords(now))
		bars = append(bars, card.Bar{Label: openName(o), Part: o.Actual, Whole: o.Required, Words: words})
	}
	return bars
}

// disposalBlocks are the month's items that are still to be disposed of.
func disposalBlocks(q asking, r *scoring.Result) []card.Block {
	for _, d := range byState(r, scoring.AtRisk) {
		if d.Clause == scoring.ClauseClosureRate {
			return []card.Block{card.Text{Strong: "事项处置", Content: fmt.Sprintf("还有 %d 件本月到期，%s · %s 分",
				d.Count, until(r.Month.Last(), q.now), points(d.Points))}}
		}
	}
	return nil
}

// categoryList are the categories of reports that lack some; they cost nothing.
func categoryList(open []opening) card.List {
	var list card.List
	for _, o := range open {
		if o.Clause == scoring.ClauseReportingCategory {
			list.Items = append(list.Items, fmt.Sprintf("%s %s / %s 条，差 %s 条", o.Subject, o.Actual, o.Required, o.Missing()))
		}
	}
	return list
}

// openNames are shorter than the clauses' titles, for the place beside a bar.
var openNames = map[scoring.Clause]string{
	scoring.ClauseDistance: "里程", scoring.ClauseCoverage: "轨迹覆盖", scoring.ClauseHours: "时长",
	scoring.ClauseVisits: "走访", scoring.ClauseVisitsDaily: "走访", scoring.ClauseKeyPersons: "重点人员",
	scoring.ClauseSpecialPersons: "特殊人群", scoring.ClauseHazardSites: "隐患场所", scoring.ClauseArchive: "管控档案",
	scoring.ClauseControlRecord: "管控记录", scoring.ClauseRoster: "值班表", scoring.ClausePlan: "稳控方案",
	scoring.ClauseResponsible: "责任人", scoring.ClauseHouseholds: "户数采集",
	scoring.ClauseReportingTotal: "上报", scoring.ClauseReportingDaily: "上报",
}

func openName(o opening) string { return o.Subject + openNames[o.Clause] }
