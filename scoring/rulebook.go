package scoring

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"slices"
	"sync"

	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v3"
)

//go:embed rulebook.yaml
var measureYAML []byte

// Rulebook is the Measure in figures and words: what every clause costs, where
// its thresholds lie, and the policies that decide what the Measure leaves
// open. It comes from [Default] or [ReadRulebook].
type Rulebook struct {
	Policies Policies
	sections sectionRules
	clauses  clauseRules
}

// rulebookFile is a rulebook as its YAML document.
type rulebookFile struct {
	Policies *Policies     `yaml:"policies"`
	Sections *sectionRules `yaml:"sections"`
	Clauses  *clauseRules  `yaml:"clauses"`
}

func (r *Rulebook) file() *rulebookFile {
	return &rulebookFile{&r.Policies, &r.sections, &r.clauses}
}

// measure reads the embedded rulebook once.
var measure = sync.OnceValue(func() Rulebook {
	var r Rulebook
	if err := r.overlay(bytes.NewReader(measureYAML), "rulebook.yaml"); err != nil {
		panic(err) // cannot happen: the file is linked in, and a test reads it
	}
	return r
})

// Default returns the Measure as the street has enacted it, with the default
// policies. The caller may change its policies.
func Default() *Rulebook {
	r := measure()
	r.Policies.VisitStandards = slices.Clone(r.Policies.VisitStandards)
	return &r
}

// Version identifies the rulebook's content: 12 hexadecimal digits that change
// with any figure, policy or word. It takes a fraction of a millisecond; keep it.
func (r *Rulebook) Version() string {
	content, err := yaml.Marshal(r.file())
	if err != nil {
		panic(err) // cannot happen: figures and strings only
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:6])
}

// Title returns a clause's short Chinese name, such as 巡查里程; "" for an
// unknown clause.
func (r *Rulebook) Title(c Clause) string { return r.text(c).Title }

// Words returns the words of the Measure on which a clause rests; "" for an
// unknown clause.
func (r *Rulebook) Words(c Clause) string { return r.text(c).Words }

// Section returns the section a clause belongs to; "" for an unknown clause.
func (r *Rulebook) Section(c Clause) Section { return c.Section() }

func (r *Rulebook) text(c Clause) *clauseText {
	if row := rowOf(c); row != nil {
		return row.text(&r.clauses)
	}
	return &clauseText{}
}

// PeriodVisits returns how often each stability person is to be visited on every
// day of a special period.
func (r *Rulebook) PeriodVisits() int { return int(r.clauses.PeriodVisits.Day) }

// SectionTitle returns the Chinese name of a section; "" for an unknown one.
func (r *Rulebook) SectionTitle(s Section) string { return r.sections.of(s).Title }

// Full returns a section's full points, 0 for the bonus.
func (r *Rulebook) Full(s Section) Points { return Points{r.sections.of(s).Full.Round(2)} }

// Title returns the section's name in the Measure, such as 工作考勤和例会制度.
func (s Section) Title() string {
	r := measure()
	return r.SectionTitle(s)
}

// Policies are the choices that the Measure leaves open.
type Policies struct {
	TotalFloor     Floor           `yaml:"total_floor"`     // lowest total of a month
	DailyDays      DailyDays       `yaml:"daily_days"`      // which days the facts list as duty days
	DistanceScope  DistanceScope   `yaml:"distance_scope"`  // how often patrol.distance is charged
	CoveragePoints Figure          `yaml:"coverage_points"` // once a month; 0 = patrol.coverage has no penalty
	CoverageMin    Share           `yaml:"coverage_min"`    // share of the grid's cells, 0–1
	HoursPoints    Figure          `yaml:"hours_points"`    // once a month; 0 = patrol.hours has no penalty
	VisitStandards []VisitStandard `yaml:"visit_standards,flow"`
	ProrateWeeks   bool            `yaml:"prorate_weeks"` // weekly km and hours × duty days ÷ 5, at most × 1
	PeriodMethod   PeriodMethod    `yaml:"period_method"` // how months make a quarter or a year
}

// DailyDays says which days are duty days before exemptions.
type DailyDays string

// The values of the policy daily_days.
const (
	DailyWorkdays DailyDays = "workdays" // the official workdays of mainland China
	DailyAll      DailyDays = "all"      // every day
)

// DistanceScope says how often patrol.distance is charged.
type DistanceScope string

// The values of the policy distance_scope.
const (
	ScopeMonth DistanceScope = "month" // once a month
	ScopeWeek  DistanceScope = "week"  // once for each week that is short or holds a short day
	ScopeDay   DistanceScope = "day"   // once for each short day and once for each short week
)

// VisitStandard names a visiting standard that can carry the penalty of 未达标.
type VisitStandard string

// The values of the policy visit_standards.
const (
	StandardKeyPersons     VisitStandard = "key_persons"
	StandardSpecialPersons VisitStandard = "special_persons"
	StandardHazardSites    VisitStandard = "hazard_sites"
)

// PeriodMethod says how the totals of months make that of a quarter or a year.
type PeriodMethod string

// The values of the policy period_method.
const (
	PeriodMean PeriodMethod = "mean"
	PeriodSum  PeriodMethod = "sum"
)

// Floor is the lowest total that a month can have; the zero Floor is none.
type Floor struct {
	Set   bool
	Total decimal.Decimal
}

// Figure is a number of points, kilometres or hours in a rulebook: exact, from
// 0 to 100000.
type Figure struct{ decimal.Decimal }

// Share is a part of a whole, from 0 to 1.
type Share struct{ decimal.Decimal }
