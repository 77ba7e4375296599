package ask

import (
	"slices"
	"time"
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

// inherit takes over from the last question what the text leaves out.
func inherit(q *Question, s *statement, last *Question) {
	elliptic := q.Meaning == ""
	if elliptic && (s.says("glue", "hello") || !s.owned() && !s.says("period", "top")) {
		return // 然后呢, 李四在吗
	}
	if elliptic {
		q.Meaning = last.Meaning
		if q.Topic == "" {
			q.Topic = last.Topic
		}
	}
	if !s.says("period") && slices.Contains(ofPeriod, q.Meaning) {
		q.Period = last.Period
	}
	switch {
	case !s.owned():
		inheritOwner(q, s, last, elliptic)
	case elliptic:
		q.Meaning = asked(last.Meaning, s)
	}
	if elliptic && q.Meaning == Ranking && q.Top == nil {
		q.Top = last.Top
	}
}

// inheritOwner takes over whose figures are asked for.
func inheritOwner(q *Question, s *statement, last *Question, elliptic bool) {
	if s.says("board", "top", "overview", "average") && !elliptic {
		return
	}
	if q.Meaning == Ranking && slices.Contains([]Meaning{MyScore, MyRank}, last.Meaning) {
		q.Meaning = MyRank
	}
	q.Community, q.Home = last.Community, last.Home
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
