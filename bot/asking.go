package bot

import (
	"context"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// asking is a question on its way to its answer: what, who, where and when.
type asking struct {
	ask.Question
	page    int         // of a ranking, from 0; of the samples of reminders
	sample  remind.Kind // of whose messages a preview shows one
	pressed bool        // the preview was asked for by a button

	who     store.Person
	right   right
	groupOf string // the community of the group that it is asked in, "" for none
	street  *street
	scores  View
	rules   *scoring.Rulebook
	now     time.Time

	// turner is the open_id of the only person who sees the answer, where that is
	// certain: its cards may be turned in place.
	turner string
}

// asking is the question of a person before it is read, of the records as they are.
func (a *Assistant) asking(ctx context.Context, who store.Person, group bool, now time.Time) (asking, error) {
	version, err := a.Records.Version(ctx)
	if err != nil {
		return asking{}, err
	}
	return a.askingOn(ctx, store.Asker{Person: who, Version: version}, group, now)
}

func (a *Assistant) askingOn(ctx context.Context, asker store.Asker, group bool, now time.Time) (asking, error) {
	street, err := a.streets.of(ctx, asker.Version)
	if err != nil {
		return asking{}, err
	}
	return asking{
		who: asker.Person, right: rightOf(asker.Person, a.Openness, group), street: street,
		scores: View{a.Scores, asker.Version, now}, rules: a.Rules, now: now,
	}, nil
}

// read is the question of a text. Last is the question before it in this
// conversation, nil for none.
func (a *Assistant) read(q asking, text string, last *ask.Question, at time.Time) asking {
	reading := a.reading(q)
	reading.Last, reading.LastAt = last, at
	q.Question = a.reader.Read(text, reading)
	return q
}

// answer answers a question, or says what is in its way.
func (a *Assistant) answer(ctx context.Context, q asking) (card.Card, error) {
	if !q.right.known() {
		return a.stranger(q.who), nil
	}
	answered, err := a.answerKnown(ctx, q)
	if noCalendar(err) {
		return a.withoutCalendar(q), nil
	}
	return answered, err
}

// What is asked for and is no question: topics of unknown texts.
const (
	topicMute    = "mute"
	topicPreview = "preview"
	topicDesk    = "desk"
	topicRoll    = "roll"
)

// answerKnown answers somebody of the street.
func (a *Assistant) answerKnown(ctx context.Context, q asking) (card.Card, error) {
	switch {
	case q.Topic == "appeal", q.Topic == topicDesk:
		return a.notYet(q, q.Topic), nil
	case q.Topic == topicMute:
		return a.muteChoice(ctx, q.who, q.turner, q.now)
	case q.Topic == topicPreview:
		return a.previewAnswer(ctx, q)
	case q.Topic == topicRoll:
		return a.rollAnswer(ctx, q)
	case q.Meaning == ask.Unknown, !q.Sure:
		return q.notUnderstood(), nil
	}
	switch q.Meaning {
	case ask.Help:
		return q.help(), nil
	case ask.WhoAmI:
		return q.whoAmI(), nil
	case ask.Bulletin:
		return a.notYet(q, string(ask.Bulletin)), nil
	case ask.RuleLookup:
		return a.ruleAnswer(ctx, q)
	}
	if q.period().First > calendar.DateOf(q.now) {
		return q.notBegun(), nil
	}
	if slices.Contains(ofAMonth, q.Meaning) {
		q.Period = q.period() // so that the card's buttons are of its month when it is an old one
	}
	switch q.Meaning {
	case ask.Overview:
		return a.overviewAnswer(ctx, q)
	case ask.Ranking, ask.MyRank:
		return a.rankingAnswer(ctx, q)
	}
	return a.gridAnswer(ctx, q)
}

// ofAMonth are the meanings that are of this month where no period was said.
var ofAMonth = []ask.Meaning{ask.MyScore, ask.ScoreOfGrid, ask.MyRank, ask.Ranking, ask.Deductions, ask.Overview}

// gridAnswer answers what is about one grid, or about all of those that a leader
// looks after.
func (a *Assistant) gridAnswer(ctx context.Context, q asking) (card.Card, error) {
	if q.Grid == "" && q.Person == "" && !q.right.worker() {
		return a.leaderAnswer(ctx, q)
	}
	if q.Community != "" && q.Grid == "" && q.Person == "" && q.Meaning != ask.MyScore {
		return *q.notYours(), nil // a worker asks about a community as a whole
	}
	grid, instead := q.subject()
	if instead != nil {
		return *instead, nil
	}
	if q.Grid = grid.ID; q.Meaning != ask.Mileage {
		q.Person = ""
	}
	switch q.Meaning {
	case ask.Shortfall:
		return a.shortfallAnswer(ctx, q, grid)
	case ask.Deductions:
		return a.deductionsAnswer(ctx, q, grid)
	case ask.Visits, ask.Mileage, ask.Items:
		return a.figuresAnswer(ctx, q, grid)
	case ask.Overdue:
		return a.overdueAnswer(ctx, q, grid)
	case ask.Trend:
		return a.trendAnswer(ctx, q, grid)
	}
	return a.scoreAnswer(ctx, q, grid)
}

// leaderAnswer answers questions about a grid that name none, asked by somebody
// who looks after many.
func (a *Assistant) leaderAnswer(ctx context.Context, q asking) (card.Card, error) {
	switch q.Meaning {
	case ask.MyScore, ask.ScoreOfGrid:
		q.Meaning = ask.Overview
		return a.overviewAnswer(ctx, q)
	case ask.Trend:
		return a.streetTrendAnswer(ctx, q)
	case ask.Shortfall:
		if q.period().Last() < calendar.DateOf(q.now) { // who fell short then, the overview says
			q.Meaning = ask.Overview
			return a.overviewAnswer(ctx, q)
		}
		return a.shortGridsAnswer(ctx, q)
	}
	return q.chooseGrid(), nil
}

// period is the period asked for; this month where none was said.
func (q *asking) period() calendar.Period {
	if q.Period.IsZero() {
		return calendar.PeriodOf(calendar.SpanMonth, calendar.DateOf(q.now))
	}
	return q.Period
}

// month is the month that the period asked for lies in, or begins with.
func (q *asking) month() calendar.Month { return q.period().Months()[0] }

// long reports whether a quarter or a year was asked for.
func (q *asking) long() bool {
	return q.Period.Span == calendar.SpanQuarter || q.Period.Span == calendar.SpanYear
}

func monthPeriod(m calendar.Month) calendar.Period {
	return calendar.Period{Span: calendar.SpanMonth, First: m.First()}
}
