package bot

import (
	"context"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// figure topics: what was asked for, and the clauses whose standards answer it.
var figureTopics = map[ask.Meaning]struct {
	title   string
	sheet   sheet.Name
	clauses []scoring.Clause
}{
	ask.Visits: {"走访情况", sheet.Visits, []scoring.Clause{scoring.ClauseVisits, scoring.ClauseVisitsDaily, scoring.ClauseKeyPersons,
		scoring.ClauseSpecialPersons, scoring.ClauseHazardSites, scoring.ClauseControlRecord}},
	ask.Mileage: {"里程和时长", sheet.Patrols, []scoring.Clause{scoring.ClauseDistance, scoring.ClauseHours, scoring.ClauseCoverage}},
	ask.Items:   {"事项上报", sheet.Items, []scoring.Clause{scoring.ClauseReportingTotal, scoring.ClauseReportingDaily, scoring.ClauseReportingCategory}},
}

// figuresAnswer is figures with their standard, for the day, week or month asked
// for; without one, for those that are running.
func (a *Assistant) figuresAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	month, instead, err := a.judge(ctx, q, g)
	if err != nil {
		return card.Card{}, err
	} else if instead != nil {
		return *instead, nil
	}
	topic := figureTopics[q.Meaning]
	c := card.Card{Title: topic.title, Subtitle: joined(g.Name, q.spanName()), Summary: topic.title}
	blocks := q.standards(month, topic.clauses)
	switch {
	case q.Meaning == ask.Mileage && q.Period.Span == calendar.SpanMonth:
		blocks, err = a.monthMileage(ctx, q, g, month.Result)
	case len(blocks) == 0 && q.Period.Span == calendar.SpanDay:
		blocks, err = a.restDay(ctx, q, g, month)
	case len(blocks) == 0:
		blocks = []card.Block{card.Text{Content: q.noStandard(month.Result)}}
	}
	if err != nil {
		return card.Card{}, err
	}
	lead, err := a.ownMileage(ctx, q, g, month.reach)
	if len(lead) == 0 {
		lead = q.leadFigures(month, topic.clauses[0])
	}
	return c.Add(lead...).Add(blocks...).Add(standNote(q, month.Result, month.reach), q.figureButtons()), err
}

var shownSpans = []calendar.Span{calendar.SpanDay, calendar.SpanWeek, calendar.SpanMonth}

// leadFigures are what one came for, before all that belongs to it: how much of
// what the clause asks for is done in each span.
func (q *asking) leadFigures(month judged, clause scoring.Clause) []card.Block {
	var figures card.Figures
	for _, span := range shownSpans {
		window := q.windowOf(span)
		i := slices.IndexFunc(month.Standards, func(s scoring.Standard) bool {
			return s.Subject == "" && openNames[s.Clause] == openNames[clause] && windowOf(&s) == window
		})
		if i < 0 {
			continue
		}
		s := &month.Standards[i]
		if s.Open && !s.Met && month.reach.awaits(opening{Standard: s, window: window}) {
			continue
		}
		figures = append(figures, card.Figure{
			Value: s.Actual.String() + "/" + s.Required.String(), Unit: units[s.Clause], Label: q.windowName(span) + openNames[s.Clause],
		})
	}
	if len(figures) == 0 {
		return nil
	}
	return []card.Block{figures}
}

// standards are the bars of the day, week and month asked for, or of those that run.
func (q *asking) standards(month judged, clauses []scoring.Clause) []card.Block {
	var blocks []card.Block
	for _, span := range shownSpans {
		if bars := standardBars(month.Result, clauses, q.windowOf(span), month.reach); len(bars) > 0 {
			blocks = append(blocks, card.Text{Strong: q.windowName(span)}, bars)
		}
	}
	return blocks
}

// noStandard says why nothing is shown; late data are named only where some are.
func (q *asking) noStandard(r *scoring.Result) string {
	if r.Complete {
		return q.spanName() + "没有这方面的标准。"
	}
	return q.spanName() + "没有这方面的标准，或者数据还没到。"
}

func (q *asking) figureButtons() card.Buttons {
	if q.right.group {
		return nil
	}
	buttons := card.Buttons{q.button("看分数", true, ask.ScoreOfGrid)}
	if !q.closed() {
		buttons = append(buttons, q.button("还差什么", false, ask.Shortfall))
	}
	return append(buttons, q.turning("上月", func(a *action) { a.Period = monthPeriod(q.month() - 1).String() }))
}

// windowOf is the window of a span to be shown: the one asked for, or the running
// ones; zero for none.
func (q *asking) windowOf(span calendar.Span) calendar.Period {
	if q.Period.IsZero() {
		return calendar.PeriodOf(span, calendar.DateOf(q.now))
	}
	if q.Period.Span == span {
		return q.Period
	}
	return calendar.Period{}
}

func (q *asking) windowName(span calendar.Span) string { return windowName(q.windowOf(span), q.now) }

// windowName is 今天, 11月20日, 本周, 11月16日那周 or 11月.
func windowName(window calendar.Period, now time.Time) string {
	today := calendar.DateOf(now)
	switch {
	case window.Span == calendar.SpanMonth:
		return monthName(window.First.Month(), now)
	case window.Span == calendar.SpanDay && window.First == today:
		return "今天"
	case window.Span == calendar.SpanDay:
		return dayName(window.First)
	case window.First == today.Monday():
		return "本周"
	}
	return dayName(window.First) + "那周"
}

// spanName names the day, week, month, quarter or year asked for.
func (q *asking) spanName() string {
	if q.Period.Span == calendar.SpanDay || q.Period.Span == calendar.SpanWeek {
		return q.windowName(q.Period.Span)
	}
	return periodName(q.period(), q.now)
}

// standardBars are the standards of the clauses in one window, met or not. One
// whose data have not come shows no figure.
func standardBars(r *scoring.Result, clauses []scoring.Clause, window calendar.Period, reach reach) card.Bars {
	var bars card.Bars
	for i := range r.Standards {
		s := &r.Standards[i]
		if !slices.Contains(clauses, s.Clause) || windowOf(s) != window {
			continue
		}
		words := s.Actual.String() + " / " + amount(s.Clause, s.Required)
		if s.Clause == scoring.ClauseCoverage {
			words = amount(s.Clause, s.Actual) + "，应 " + amount(s.Clause, s.Required)
		}
		if s.Open && !s.Met && reach.awaits(opening{Standard: s, window: window}) {
			words = "数据未到，应 " + amount(s.Clause, s.Required)
		}
		label := s.Subject
		if s.Clause != scoring.ClauseReportingCategory {
			label += openNames[s.Clause]
		}
		bars = append(bars, card.Bar{Label: label, Part: s.Actual, Whole: s.Required, Words: words})
	}
	return bars
}
