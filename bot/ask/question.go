// Package ask reads Chinese as it is typed on a phone and says what was asked:
// the meaning, the period, and whose figures. It has no model and no network;
// the words it knows stand in phrases.yaml.
//
// What it is not sure of it does not guess: [Question.Sure] is false, and
// [Question.Suggestions] are what the asker may have meant.
package ask

import (
	"encoding/json"
	"fmt"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Meaning is what is asked for.
type Meaning string

// The meanings.
const (
	MyScore     Meaning = "my_score"      // 我的分数
	MyRank      Meaning = "my_rank"       // 我排第几
	ScoreOfGrid Meaning = "score_of_grid" // 3号网格多少分; Grid or Person says whose
	Ranking     Meaning = "ranking"       // 排行榜; with Grid or Person: where that one stands
	Shortfall   Meaning = "shortfall"     // 还差什么
	Deductions  Meaning = "deductions"    // 为什么扣分
	Visits      Meaning = "visits"        // 走访几条了
	Mileage     Meaning = "mileage"       // 走了多少公里, and hours on patrol
	Items       Meaning = "items"         // 上报了几件
	Overdue     Meaning = "overdue"       // 超期的事项
	Trend       Meaning = "trend"         // 近半年走势
	Overview    Meaning = "overview"      // 全街道情况; with Community: of that one
	Bulletin    Meaning = "bulletin"      // 10月简报
	RuleLookup  Meaning = "rule_lookup"   // 迟到扣几分; Topic says which clause
	WhoAmI      Meaning = "who_am_i"      // 我是谁
	Help        Meaning = "help"          // 帮助
	Unknown     Meaning = "unknown"       // not understood, or not about this at all
)

// Meanings lists all meanings in the order of the constants.
var Meanings = []Meaning{
	MyScore, MyRank, ScoreOfGrid, Ranking, Shortfall, Deductions, Visits, Mileage, Items,
	Overdue, Trend, Overview, Bulletin, RuleLookup, WhoAmI, Help, Unknown,
}

// Question is what was understood of a text. What was not said is empty.
type Question struct {
	Meaning   Meaning
	Period    calendar.Period // zero: none was said
	Grid      string          // the grid's id
	Community string          // the community's name
	Person    string          // the person's name; several people may bear it
	Top       *int            // how many of a ranking; negative: from the bottom
	Place     bool            // Top is that one place, not so many: 第三名, 倒数第二

	// Sure is false where something was left open, named but not known, or not
	// understood. Nothing may be answered then but "did you mean".
	Sure bool

	// Topic is the clause or section of the Measure that the text speaks of, such
	// as patrol.distance or attendance; "total" for the score as a whole. An
	// unknown text may have the topic appeal, mute, desk, preview or roll (重点人员名单):
	// asked for, but no question.
	Topic string
	// Home is set where the asker's own community was named (我们社区) and the
	// context does not say, or not uniquely, which that is.
	Home bool
	// Street is set where the whole street was named (全街道).
	Street bool
	// Stranger is a name in the text that the directory does not know, such as
	// 翠竹社区 or 王五; empty where there is none.
	Stranger string
	// Suggestions are up to three texts the asker may have meant, the most likely
	// first; each is read surely when it is asked. Empty when Sure.
	Suggestions []string
}

// document is a question as JSON.
type document struct {
	Meaning   Meaning `json:"meaning"`
	Period    *string `json:"period"`
	Grid      *string `json:"grid"`
	Community *string `json:"community"`
	Person    *string `json:"person"`
	Top       *int    `json:"top"`
	Sure      bool    `json:"sure"`
}

// MarshalJSON writes meaning, period, grid, community, person, top and sure,
// with null for what was not said. Place, Topic, Home, Stranger and Suggestions are left out.
func (q Question) MarshalJSON() ([]byte, error) {
	return json.Marshal(document{
		Meaning: q.Meaning, Period: said(q.Period.String()), Grid: said(q.Grid),
		Community: said(q.Community), Person: said(q.Person), Top: q.Top, Sure: q.Sure,
	})
}

func said(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// UnmarshalJSON reads what [Question.MarshalJSON] writes.
func (q *Question) UnmarshalJSON(text []byte) error {
	var doc document
	if err := json.Unmarshal(text, &doc); err != nil {
		return fmt.Errorf("ask: question: %w", err)
	}
	*q = Question{
		Meaning: doc.Meaning, Grid: value(doc.Grid), Community: value(doc.Community),
		Person: value(doc.Person), Top: doc.Top, Sure: doc.Sure,
	}
	if doc.Period == nil {
		return nil
	}
	var err error
	if q.Period, err = calendar.ParsePeriod(*doc.Period); err != nil {
		return fmt.Errorf("ask: question: %w", err)
	}
	return nil
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
