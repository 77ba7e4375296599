package ask

import (
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// followUpWithin is how long a question may be followed up.
const followUpWithin = 10 * time.Minute

// followed returns the question that a text may follow up, or nil.
func (c Context) followed() *Question {
	if c.Last == nil || !c.Last.Sure || slices.Contains(ofNobody, c.Last.Meaning) {
		return nil
	}
	if age := c.Now.Sub(c.LastAt); age < 0 || age > followUpWithin {
		return nil
	}
	return c.Last
}

// Meanings that can be asked of a period, of a grid other than one's own, and of
// neither.
var (
	ofNobody = []Meaning{RuleLookup, WhoAmI, Help, Unknown}
	ofPeriod = []Meaning{MyScore, MyRank, ScoreOfGrid, Ranking, Deductions, Visits, Mileage, Items, Overview, Bulletin}
	ofGrid   = []Meaning{MyScore, ScoreOfGrid, Ranking, Shortfall, Deductions, Visits, Mileage, Items, Overdue, Trend}
)

// byMonth are the meanings that are kept month by month: of no day and no week.
var byMonth = []Meaning{MyScore, MyRank, ScoreOfGrid, Ranking, Bulletin}

// fits reports whether the meaning can be asked of the period.
func (m Meaning) fits(p calendar.Period) bool {
	short := p.Span == calendar.SpanDay || p.Span == calendar.SpanWeek
	return !short || !slices.Contains(byMonth, m)
}

// further reports whether a text asks on from what was said before: 那3号网格呢.
func further(text []rune) bool {
	return len(text) > 0 && text[0] == '那' || slices.Contains(text, '呢')
}

// spokenOf returns the community that was spoken of before, where a text asks on
// from there: among grids that share a number, its own is meant before those of home.
func (c Context) spokenOf(text []rune) string {
	if last := c.followed(); last != nil && further(text) {
		return last.Community
	}
	return ""
}

// complete reports whether a text with a meaning leaves nothing out, and so is a
// new question: 3号网格多少分 after 上个月呢 is not about that month.
func (s *statement) complete() bool {
	return !s.further && (s.owned() || s.says("board", "overview", "average"))
}

// inherit takes over from the last question what the text leaves out.
func inherit(q *Question, s *statement, last *Question) {
	elliptic := q.Meaning == ""
	if !elliptic && s.complete() {
		return
	}
	if elliptic && (s.says("glue", "hello") || !s.owned() && !s.says("period", "top")) {
		return // 然后呢, 李四在吗
	}
	if elliptic {
		q.Meaning = last.Meaning
		if q.Topic == "" {
			q.Topic = last.Topic
		}
	}
	switch {
	case !s.owned():
		inheritOwner(q, s, last, elliptic)
	case elliptic:
		q.Meaning = asked(last.Meaning, s)
	}
	if !s.says("period") && slices.Contains(ofPeriod, q.Meaning) && q.Meaning.fits(last.Period) {
		q.Period = last.Period
	}
	if elliptic && q.Meaning == Ranking && q.Top == nil {
		q.Top, q.Place = last.Top, last.Place
	}
}

// inheritOwner takes over whose figures are asked for. The first three are of the
// same community as before, and never of one grid.
func inheritOwner(q *Question, s *statement, last *Question, elliptic bool) {
	if s.says("board", "overview", "average") && !elliptic {
		return
	}
	q.Community, q.Home = last.Community, last.Home
	if s.says("top") && !elliptic {
		return
	}
	if q.Meaning == Ranking && slices.Contains([]Meaning{MyScore, MyRank}, last.Meaning) {
		q.Meaning = MyRank
	}
	if elliptic || slices.Contains(ofGrid, q.Meaning) {
		q.Grid, q.Person = last.Grid, last.Person
	}
}

// asked is a meaning for somebody else than the last time: after 我的分数,
// 3号网格呢 asks for the score of that grid.
func asked(last Meaning, s *statement) Meaning {
	kinds := [3]Meaning{}
	switch last {
	case MyScore, ScoreOfGrid, Overview:
		kinds = [3]Meaning{MyScore, ScoreOfGrid, Overview}
	case MyRank, Ranking:
		kinds = [3]Meaning{MyRank, Ranking, Ranking}
	default:
		return last
	}
	switch {
	case s.says("grid", "person"):
		return kinds[1]
	case s.says("i", "mine"):
		return kinds[0]
	}
	return kinds[2]
}

// gridSpokenOf reads 3号 alone as a grid where grids or a community were spoken of
// before: after 云溪社区情况, 那3号呢 asks for no day. It reports whether a day may
// be meant all the same, for one was asked for before.
func (c Context) gridSpokenOf(text []rune, tokens []token) (doubtful bool) {
	last, day := c.followed(), dayAlone(text, tokens)
	if last == nil || last.Grid == "" && last.Community == "" || c.Directory == nil || day == nil {
		return false
	}
	found := c.gridsOf(&named{number: day.when.day}, "")
	if len(found) == 0 {
		return false // 31号 where there are twelve
	}
	day.when, day.named = nil, &named{grids: found}
	return last.Period.Span == calendar.SpanDay
}

// dayAlone returns the token 3号 where nothing else is said, or nil.
func dayAlone(text []rune, tokens []token) *token {
	var day *token
	for i, t := range tokens {
		switch {
		case t.word != nil && t.word.filler():
		case day == nil && t.when != nil && *t.when == when{day: t.when.day} && text[t.end-1] == '号':
			day = &tokens[i]
		default:
			return nil
		}
	}
	return day
}
