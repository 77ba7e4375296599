package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// ruleAnswer is a clause in the Measure's words, our reading of it, and how the
// asker stands on it; for a section, its clauses.
func (a *Assistant) ruleAnswer(ctx context.Context, q asking) (card.Card, error) {
	clauses := clausesOf(q.Topic)
	c := card.Card{Title: "考核规则", Forwardable: true}
	switch len(clauses) {
	case 0:
		return c.Add(card.Text{Content: wholeMeasure(a.Rules)}, card.Note("想看哪一条，直接问，比如“迟到扣几分”“公里数怎么算”。")), nil
	case 1:
		c.Subtitle = a.Rules.Title(clauses[0])
		c = c.Add(card.Text{Strong: "办法原文", Content: a.Rules.Words(clauses[0])})
		if reading := a.ruleReading(clauses[0]); reading != "" {
			c = c.Add(card.Text{Strong: "怎么算", Content: reading})
		}
		return a.withStanding(ctx, q, c, clauses[0])
	}
	c.Subtitle = sectionNames[clauses[0].Section()]
	for _, clause := range clauses {
		c = c.Add(card.Text{Strong: a.Rules.Title(clause), Content: a.Rules.Words(clause)})
	}
	return c, nil
}

// clausesOf are the clauses that a topic speaks of: one, or those of a section.
func clausesOf(topic string) []scoring.Clause {
	var clauses []scoring.Clause
	for _, c := range scoring.Clauses() {
		if string(c) == topic {
			return []scoring.Clause{c}
		}
		if string(c.Section()) == topic {
			clauses = append(clauses, c)
		}
	}
	return clauses
}

// wholeMeasure says how a score is made up.
func wholeMeasure(rules *scoring.Rulebook) string {
	var parts []string
	for _, s := range sectionOrder {
		parts = append(parts, fmt.Sprintf("%s %s 分", sectionNames[s], points(rules.Full(s))))
	}
	return "总分由五部分组成：" + strings.Join(parts, "，") + "；另有加分。从满分往下扣，每部分扣完为止（弄虚作假除外）。"
}

// withStanding adds how the asker's only grid stands on the clause this month.
func (a *Assistant) withStanding(ctx context.Context, q asking, c card.Card, clause scoring.Clause) (card.Card, error) {
	if len(q.right.grids) != 1 {
		return c, nil
	}
	g, ok := q.street.byID[q.right.grids[0]]
	if !ok || q.right.of(g) < seesFigures {
		return c, nil
	}
	q.Period = calendar.Period{}
	result, err := q.scores.Of(ctx, g.ID, q.month())
	if err != nil {
		return card.Card{}, err
	}
	reach, err := a.reach(ctx, q.scores)
	if err != nil {
		return card.Card{}, err
	}
	c.Forwardable = false // somebody's figures are on it now
	return c.Add(card.Text{Strong: g.Name, Content: standingOn(result, clause, q.now)}, card.Note(reach.words()), card.Buttons{q.button("我的分数", true, ask.MyScore)}), nil
}

// standingOn is what a clause has cost this month, and what it still may.
func standingOn(r *scoring.Result, clause scoring.Clause, now time.Time) string {
	taken, risk := "本月还没有因此扣分", ""
	for _, d := range r.Deductions {
		switch {
		case d.Clause != clause:
		case d.State == scoring.Incurred:
			taken = "本月已扣 " + points(d.Points) + " 分"
		default:
			risk = "，还有 " + points(d.Points) + " 分可以保住，" + riskUntil(r, clause, now)
		}
	}
	return taken + risk + "。"
}

// ruleReading is how a clause is read where its words leave that open. It names no
// figure: those are in the Measure's words, and another street may have others.
func (a *Assistant) ruleReading(clause scoring.Clause) string {
	if clause != scoring.ClauseDistance {
		return readings[clause]
	}
	const what = "只算网格内的轨迹。工作日看当天，每周（周一到周日，算在周日所在的月）看合计；"
	switch a.Rules.Policies.DistanceScope {
	case scoring.ScopeDay:
		return what + "每个不够的工作日、每个不够的周各扣一次。"
	case scoring.ScopeWeek:
		return what + "有不够的每一周扣一次。"
	}
	return what + "有一天或一周不够，当月扣一次。"
}

var readings = map[scoring.Clause]string{
	scoring.ClauseCoverage:       "看连续 5 个工作日的轨迹走到了网格的多少地方。",
	scoring.ClauseHours:          "网格长看一周的合计；网格员看每个工作日，也看一周的合计。",
	scoring.ClauseVisits:         "带照片的走访才算，网格长和网格员合计；不够只扣一次，月底前都能补。",
	scoring.ClauseVisitsDaily:    "按工作日提醒，不扣分。",
	scoring.ClauseKeyPersons:     "名册上标为重点的人员，每周都要走访到；有一周没走访全，当月扣一次。",
	scoring.ClauseSpecialPersons: "其他管控人员和关爱对象，每月都要走访到，月底前都能补。",
	scoring.ClauseHazardSites:    "隐患不休息：周末也要去，豁免的日子除外。",
	scoring.ClauseControlRecord:  "每位管控人员每月要有一条带照片、标为管控信息的走访。",
	scoring.ClauseHouseholds:     "采集、录入、完整三个数里取最小的，和目标比；目标不取整。",
	scoring.ClauseReportingDaily: "看每个工作日的有效上报，驳回和虚假的不算。",
	scoring.ClauseFalsified:      "由中心认定，不受本项满分的限制。",
	scoring.ClauseShirking:       "由中心认定，每满规定的次数扣一次。",
	scoring.ClauseClosureRate:    "按到期的月份算，批准延期的按新期限。还没到期的不算应处置；超期的补办之后，扣分会少一些。",
	scoring.ClauseLate:           "由会议签到记录得出，请假不扣分。",
	scoring.ClauseAbsent:         "由会议签到记录得出，请假不扣分。",
	scoring.ClauseVolume:         "走访（带照片）和有效上报合在一起算。",
	scoring.ClauseAllInGrid:      "月结束后算：网格自己办结的件数不少于应处置数。",
}
