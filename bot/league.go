package bot

import (
	"context"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// league is the grids of a period in order, with what their rows show.
type league struct {
	*order                              // nobody where the totals mean nothing yet
	standings *Standings                // of a month; nil for a quarter or year
	before    map[string]scoring.Points // totals of the month before, where noted
	reach     string                    // how far the figures reach
}

// league ranks the grids in the month, quarter or year asked for.
func (a *Assistant) league(ctx context.Context, q asking) (*league, error) {
	if q.long() {
		totals, err := a.monthTotals(ctx, q)
		if err != nil {
			return nil, err
		}
		return a.longLeague(q, totals), nil
	}
	standings, err := q.scores.Standings(ctx, q.month())
	if err != nil {
		return nil, err
	}
	l := &league{standings: standings, order: standings.orderIn(q.street)}
	if !q.closed() {
		reach, err := a.reach(ctx, q.scores)
		l.reach = reach.words()
		return l, err
	}
	if !standings.recorded() {
		return l, nil
	}
	l.reach = q.monthName() + "已结束"
	if len(standings.Grids) > 0 && !standings.Grids[0].Complete {
		l.reach += "，数据还没到齐，名次可能变动"
	}
	return l, nil
}

// noteBefore notes the totals of the month before, where they mean something.
func (a *Assistant) noteBefore(ctx context.Context, l *league, q asking) error {
	if l.standings == nil {
		return nil
	}
	l.before = map[string]scoring.Points{}
	before, err := q.scores.Standings(ctx, q.month()-1)
	if noCalendar(err) {
		return nil
	} else if err != nil {
		return err
	}
	if before.determined() {
		for _, s := range before.Grids {
			l.before[s.Grid] = s.Score
		}
	}
	return nil
}

// longLeague ranks by the totals of a quarter or year: of its closed months.
func (a *Assistant) longLeague(q asking, totals monthTotals) *league {
	l := &league{reach: totals.words(q)}
	var scores []scoring.Score
	for _, g := range q.street.grids {
		period := scoring.OverPeriod(a.Rules, totals.of[g.ID], len(q.period().Months()))
		if period.Months > 0 {
			scores = append(scores, scoring.Score{GridID: g.ID, Community: g.Community, Total: period.Total})
		}
	}
	l.order = orderOf(scoring.Rank(scores))
	return l
}

// monthTotals are the totals of every grid in the closed months of a period.
type monthTotals struct {
	months []calendar.Month // those that count
	of     map[string][]scoring.Points
}

func (a *Assistant) monthTotals(ctx context.Context, q asking) (monthTotals, error) {
	t := monthTotals{of: map[string][]scoring.Points{}}
	for _, m := range q.period().Months() {
		if m >= calendar.MonthOf(q.now) {
			break
		}
		standings, err := q.scores.Standings(ctx, m)
		if noCalendar(err) {
			continue
		} else if err != nil {
			return t, err
		}
		if !standings.determined() {
			continue
		}
		t.months = append(t.months, m)
		for _, s := range standings.Grids {
			t.of[s.Grid] = append(t.of[s.Grid], s.Score)
		}
	}
	return t, nil
}

// words says which months the figures stand for.
func (t monthTotals) words(q asking) string {
	if len(t.months) == 0 {
		return ""
	}
	all := q.period().Months()
	words := "按已结束的月份算：" + monthName(t.months[0], q.now)
	if last := t.months[len(t.months)-1]; last != t.months[0] {
		words += "至" + monthName(last, q.now)
	}
	if len(t.months) < len(all) {
		words += "（还不满整个" + map[bool]string{true: "季度", false: "年度"}[q.period().Span == calendar.SpanQuarter] + "）"
	}
	return words
}

// why says why there is no order.
func (l *league) why(q asking) string {
	name := periodName(q.period(), q.now)
	switch {
	case q.long():
		return name + "还没有已结束、数据到齐的月份，暂时没有名次。"
	case !l.standings.recorded() && q.closed():
		return "没有找到" + name + "的记录，所以不排名。"
	}
	return name + "的数据还没到齐，暂时没有名次。"
}
