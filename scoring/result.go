package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Points is an exact number of points, rounded to 2 decimals where a clause
// yields it. It is written with 2 decimals, as a JSON string.
type Points struct{ decimal.Decimal }

// MarshalJSON writes the points as a string with 2 decimals.
func (p Points) MarshalJSON() ([]byte, error) {
	return []byte(`"` + p.StringFixed(2) + `"`), nil
}

// Clause identifies a clause of the Measure, such as patrol.visits.
type Clause string

// Section identifies one of the five sections of a score, or the bonus.
type Section string

// The sections, in the Measure's order.
const (
	Attendance Section = "attendance" // 工作考勤和例会制度
	Patrol     Section = "patrol"     // 巡查走访服务记录
	Collection Section = "collection" // 信息采集
	Reporting  Section = "reporting"  // 网格事项上报
	Closure    Section = "closure"    // 办结率
	BonusPart  Section = "bonus"      // 加分情况; has no full points
)

// State says whether a deduction counts already.
type State string

// The states of a deduction.
const (
	Incurred State = "incurred" // counted now
	AtRisk   State = "at_risk"  // a standard whose window is open and not met yet
)

// Result is what the Measure makes of one facts document.
type Result struct {
	GridID   string         `json:"grid_id"`
	Month    calendar.Month `json:"month"`
	AsOf     calendar.Date  `json:"as_of"`
	Closed   bool           `json:"closed"`   // AsOf lies after the month
	Complete bool           `json:"complete"` // no group of facts is late

	Score Points `json:"score"` // full points − incurred + bonus
	Floor Points `json:"floor"` // the same, if nothing more is done about what is open

	Sections   []SectionScore `json:"sections"`   // the five, without the bonus
	Deductions []Deduction    `json:"deductions"` // in the Measure's order, incurred before at risk
	Bonuses    []Bonus        `json:"bonuses"`
	Standards  []Standard     `json:"standards"` // every measured standard whose window is open or decided
	Undecided  []Undecided    `json:"undecided"` // the groups whose data are late
}

// SectionScore is a section's full points and what is left of them.
type SectionScore struct {
	ID    Section `json:"id"`
	Full  Points  `json:"full"`
	Score Points  `json:"score"`
	Floor Points  `json:"floor"`
}

// Deduction is what one clause takes away, before the section's bound.
type Deduction struct {
	Clause   Clause          `json:"clause"`
	State    State           `json:"state"`
	Count    int             `json:"count"` // cases behind it: days, weeks, records, persons, …
	Unit     decimal.Decimal `json:"unit"`  // points for one case, or once
	Points   Points          `json:"points"`
	Evidence []string        `json:"evidence"` // Chinese, one case each: which day, week, period or figure
	Basis    string          `json:"basis"`    // the Measure's words
}

// Bonus is what one clause adds.
type Bonus struct {
	Clause Clause `json:"clause"`
	Count  int    `json:"count"`
	Points Points `json:"points"`
}

// Standard is a figure the Measure asks for in a window, and the figure reached.
// It answers "还差多少".
type Standard struct {
	Clause   Clause          `json:"clause"`
	Subject  string          `json:"subject,omitempty"` // a category, a role or a special period, where the clause has several
	Window   string          `json:"window"`            // 2026-10, a week's Monday, or a date
	Span     calendar.Span   `json:"-"`                 // which of the three: month, week or day; not in the document, so lost in JSON
	Required decimal.Decimal `json:"required"`
	Actual   decimal.Decimal `json:"actual"`
	Met      bool            `json:"met"`
	Open     bool            `json:"open"` // the window has not closed: it can still be met
}

// Missing returns how much is lacking, 0 when met.
func (s *Standard) Missing() decimal.Decimal {
	return decimal.Max(decimal.Zero, s.Required.Sub(s.Actual))
}

// Undecided is a group whose data are late, and the last day they are complete for.
type Undecided struct {
	Group   Group         `json:"group"`
	Through calendar.Date `json:"through"`
}
