package scoring

import (
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Facts is everything the Measure needs to know about one grid in one month:
// the facts document. Absent figures are 0, absent lists empty.
type Facts struct {
	GridID string         `json:"grid_id"`
	Month  calendar.Month `json:"month"`
	AsOf   calendar.Date  `json:"as_of"` // the day on which the month is looked at; that day is still open

	// DutyDays are the days with daily minima, after exemptions, of the month
	// and of the neighbouring months' days that lie in a week touching it.
	DutyDays []calendar.Date `json:"duty_days,omitempty"`
	// Through is the last day up to which a group of facts is complete; a group
	// that is absent is complete up to AsOf.
	Through map[Group]calendar.Date `json:"through,omitempty"`
	// ExemptDays are days on which no hazard site needs a visit.
	ExemptDays []calendar.Date `json:"exempt_days,omitempty"`

	Meetings       Meetings        `json:"meetings,omitzero"`
	Days           []Day           `json:"days,omitempty"` // at most one a date; also of neighbouring months
	KeyPersons     []KeyWeek       `json:"key_persons,omitempty"`
	SpecialPersons Visited         `json:"special_persons,omitzero"`
	Control        Control         `json:"control,omitzero"`
	SpecialPeriods []SpecialPeriod `json:"special_periods,omitempty"`
	Households     Households      `json:"households,omitzero"`
	Findings       Findings        `json:"findings,omitzero"`
	Disposal       Disposal        `json:"disposal,omitzero"`
	Adopted        int             `json:"adopted,omitempty"` // items the district adopted
}

// Group names facts that arrive together, so that they can be late together.
type Group string

// The groups of facts, in the order in which results list them.
const (
	GroupMeetings       Group = "meetings"
	GroupKm             Group = "km"
	GroupHours          Group = "hours"
	GroupVisits         Group = "visits"
	GroupKeyPersons     Group = "key_persons"
	GroupSpecialPersons Group = "special_persons"
	GroupHazardSites    Group = "hazard_sites"
	GroupControl        Group = "control"
	GroupPeriods        Group = "periods"
	GroupHouseholds     Group = "households"
	GroupReports        Group = "reports"
	GroupDisposal       Group = "disposal"
)

// Groups lists all groups in order.
var Groups = []Group{
	GroupMeetings, GroupKm, GroupHours, GroupVisits, GroupKeyPersons, GroupSpecialPersons,
	GroupHazardSites, GroupControl, GroupPeriods, GroupHouseholds, GroupReports, GroupDisposal,
}

// Category is one of the nine kinds of items that a grid reports.
type Category string

// The nine categories of 二(四).
const (
	PublicSecurity     Category = "社会治安"
	PublicSafety       Category = "公共安全"
	CityManagement     Category = "城市管理"
	Environment        Category = "环境保护"
	Livelihood         Category = "民生服务"
	GeneralManagement  Category = "综合管理"
	LawEnforcement     Category = "综合执法"
	GovernmentServices Category = "政务代办"
	CivilizedCity      Category = "文明城市"
)

// Categories lists the nine categories in the Measure's order.
var Categories = []Category{
	PublicSecurity, PublicSafety, CityManagement, Environment, Livelihood,
	GeneralManagement, LawEnforcement, GovernmentServices, CivilizedCity,
}

// Meetings counts meetings and trainings missed without an accepted reason,
// and late arrivals (二(一)).
type Meetings struct {
	Absent int `json:"absent,omitempty"`
	Late   int `json:"late,omitempty"`
}

// Day is what a grid did on one day.
type Day struct {
	Date         calendar.Date    `json:"date"`
	Km           decimal.Decimal  `json:"km,omitzero"`           // kilometres inside the grid, everyone's summed
	ChiefHours   decimal.Decimal  `json:"chief_hours,omitzero"`  // 网格长, summed
	MemberHours  decimal.Decimal  `json:"member_hours,omitzero"` // the largest of the 网格员's
	ChiefVisits  int              `json:"chief_visits,omitempty"`
	MemberVisits int              `json:"member_visits,omitempty"` // both: visits with a photo
	Coverage     *decimal.Decimal `json:"coverage,omitempty"`      // share 0–1 of the grid's cells touched in 5 duty days; nil = not measured
	Reports      map[Category]int `json:"reports,omitempty"`       // valid reports

	HazardSitesDue     int `json:"hazard_sites_due,omitempty"`
	HazardSitesVisited int `json:"hazard_sites_visited,omitempty"`
}

// Visits returns the day's visits with a photo.
func (d *Day) Visits() int { return d.ChiefVisits + d.MemberVisits }

// KeyWeek says how many key persons were due in a week and how many were visited.
type KeyWeek struct {
	Week    calendar.Date `json:"week"` // its Monday
	Due     int           `json:"due,omitempty"`
	Visited int           `json:"visited,omitempty"`
}

// Visited says how many were due and how many of them were visited.
type Visited struct {
	Due     int `json:"due,omitempty"`
	Visited int `json:"visited,omitempty"`
}

// Control counts the controlled persons of the month and what they lack.
type Control struct {
	Persons        int `json:"persons,omitempty"`
	WithoutArchive int `json:"without_archive,omitempty"`
	Unlisted       int `json:"unlisted,omitempty"` // should be under control, not on the grid's list
	WithoutRecord  int `json:"without_record,omitempty"`
}

// SpecialPeriod is a 特定时间节点 and what the grid has prepared for it.
type SpecialPeriod struct {
	Name             string        `json:"name,omitempty"`
	Start            calendar.Date `json:"start"`
	End              calendar.Date `json:"end,omitzero"`
	StabilityPersons int           `json:"stability_persons,omitempty"`
	Roster           bool          `json:"roster,omitempty"`
	Plan             bool          `json:"plan,omitempty"`
	Responsible      bool          `json:"responsible,omitempty"`
}

// Households is the month's information collection (二(三)).
type Households struct {
	Total     int `json:"total,omitempty"`
	Collected int `json:"collected,omitempty"`
	Entered   int `json:"entered,omitempty"`
	Complete  int `json:"complete,omitempty"`
}

// Findings are decisions of the centre, one each.
type Findings struct {
	LostControl        int `json:"lost_control,omitempty"`
	NotProactive       int `json:"not_proactive,omitempty"`
	Emergency          int `json:"emergency,omitempty"`
	EmergencySerious   int `json:"emergency_serious,omitempty"`
	Falsified          int `json:"falsified,omitempty"`
	Shirking           int `json:"shirking,omitempty"`
	ImproperEscalation int `json:"improper_escalation,omitempty"`
}

// Disposal counts the items due in the month by how they were disposed of (二(五)).
type Disposal struct {
	OnTime      int `json:"on_time,omitempty"`
	Extended    int `json:"extended,omitempty"`
	Overdue     int `json:"overdue,omitempty"`
	Constrained int `json:"constrained,omitempty"`
	Rework      int `json:"rework,omitempty"` // times sent back
	OverdueOpen int `json:"overdue_open,omitempty"`
	Open        int `json:"open,omitempty"` // due later this month and not disposed
	InGrid      int `json:"in_grid,omitempty"`
}

// Due is 应处置: the items that are judged already.
func (d *Disposal) Due() int {
	return d.OnTime + d.Extended + d.Overdue + d.Constrained + d.OverdueOpen
}
