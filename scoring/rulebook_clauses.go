package scoring

import "github.com/shopspring/decimal"

// sectionRules are the sections of a rulebook.
type sectionRules struct {
	Attendance sectionRule `yaml:"attendance"`
	Patrol     sectionRule `yaml:"patrol"`
	Collection sectionRule `yaml:"collection"`
	Reporting  sectionRule `yaml:"reporting"`
	Closure    sectionRule `yaml:"closure"`
	Bonus      bonusRule   `yaml:"bonus"`
}

type sectionRule struct {
	Title string `yaml:"title"`
	Full  Figure `yaml:"full"` // its points when nothing is wrong, and the bound of its deductions
}

type bonusRule struct {
	Title string `yaml:"title"`
}

func (s *sectionRules) of(id Section) sectionRule {
	switch id {
	case Attendance:
		return s.Attendance
	case Patrol:
		return s.Patrol
	case Collection:
		return s.Collection
	case Reporting:
		return s.Reporting
	case Closure:
		return s.Closure
	case BonusPart:
		return sectionRule{Title: s.Bonus.Title}
	}
	return sectionRule{}
}

// clauseRules are the clauses of a rulebook. A clause without points here is a
// standard without a penalty, or one whose points are a policy.
type clauseRules struct {
	Absent clauseRule `yaml:"attendance.absent"`
	Late   clauseRule `yaml:"attendance.late"`

	Distance       distanceRule    `yaml:"patrol.distance"`
	Coverage       clauseText      `yaml:"patrol.coverage"`
	Hours          hoursRule       `yaml:"patrol.hours"`
	Visits         monthlyRule     `yaml:"patrol.visits"`
	VisitsDaily    visitsDailyRule `yaml:"patrol.visits.daily"`
	KeyPersons     clauseRule      `yaml:"patrol.key_persons"`
	SpecialPersons clauseRule      `yaml:"patrol.special_persons"`
	HazardSites    clauseRule      `yaml:"patrol.hazard_sites"`
	Archive        clauseRule      `yaml:"patrol.archive"`
	Unlisted       clauseRule      `yaml:"patrol.unlisted"`
	ControlRecord  clauseRule      `yaml:"patrol.control_record"`
	Roster         clauseRule      `yaml:"patrol.roster"`
	Plan           clauseRule      `yaml:"patrol.plan"`
	Responsible    clauseRule      `yaml:"patrol.responsible"`
	PeriodVisits   dailyStandard   `yaml:"patrol.period_visits"`
	LostControl    clauseRule      `yaml:"patrol.lost_control"`

	Households householdsRule `yaml:"collection.households"`

	ReportingTotal    monthlyStandard `yaml:"reporting.total"`
	ReportingCategory categoriesRule  `yaml:"reporting.category"`
	ReportingDaily    dailyRule       `yaml:"reporting.daily"`
	NotProactive      clauseRule      `yaml:"reporting.not_proactive"`
	Emergency         clauseRule      `yaml:"reporting.emergency"`
	EmergencySerious  clauseRule      `yaml:"reporting.emergency_serious"`
	Falsified         clauseRule      `yaml:"reporting.falsified"`
	Shirking          shirkingRule    `yaml:"reporting.shirking"`

	ClosureRate        closureRule `yaml:"closure.rate"`
	ImproperEscalation clauseRule  `yaml:"closure.improper_escalation"`

	Adopted   clauseRule `yaml:"bonus.adopted"`
	AllInGrid clauseRule `yaml:"bonus.all_in_grid"`
	Volume    volumeRule `yaml:"bonus.volume"`
}

// clauseText is what every clause has.
type clauseText struct {
	Title string `yaml:"title"`
	Words string `yaml:"words"` // the Measure's own
}

// clauseRule is a clause with points: for one case, or once.
type clauseRule struct {
	clauseText `yaml:",inline"`
	Points     Figure `yaml:"points"`
}

type distanceRule struct {
	clauseRule `yaml:",inline"`
	DayKm      Figure `yaml:"day_km"`
	WeekKm     Figure `yaml:"week_km"`
}

type hoursRule struct {
	clauseText `yaml:",inline"`
	MemberDay  Figure `yaml:"member_day"`
	MemberWeek Figure `yaml:"member_week"`
	ChiefWeek  Figure `yaml:"chief_week"`
}

type visitsDailyRule struct {
	clauseText `yaml:",inline"`
	Grid       whole `yaml:"grid"`
	Chief      whole `yaml:"chief"`
	Member     whole `yaml:"member"`
}

type monthlyRule struct {
	clauseRule `yaml:",inline"`
	Month      whole `yaml:"month"`
}

type monthlyStandard struct {
	clauseText `yaml:",inline"`
	Month      whole `yaml:"month"`
}

type dailyRule struct {
	clauseRule `yaml:",inline"`
	Day        whole `yaml:"day"`
}

type dailyStandard struct {
	clauseText `yaml:",inline"`
	Day        whole `yaml:"day"`
}

type householdsRule struct {
	clauseRule `yaml:",inline"`
	Share      Share `yaml:"share"` // of the grid's households, each month
}

type categoriesRule struct {
	clauseText         `yaml:",inline"`
	PublicSecurity     whole `yaml:"public_security"`
	PublicSafety       whole `yaml:"public_safety"`
	CityManagement     whole `yaml:"city_management"`
	Environment        whole `yaml:"environment"`
	Livelihood         whole `yaml:"livelihood"`
	GeneralManagement  whole `yaml:"general_management"`
	LawEnforcement     whole `yaml:"law_enforcement"`
	GovernmentServices whole `yaml:"government_services"`
	CivilizedCity      whole `yaml:"civilized_city"`
}

// inOrder returns the minima in the order of [Categories].
func (r *categoriesRule) inOrder() [9]whole {
	return [9]whole{
		r.PublicSecurity, r.PublicSafety, r.CityManagement, r.Environment, r.Livelihood,
		r.GeneralManagement, r.LawEnforcement, r.GovernmentServices, r.CivilizedCity,
	}
}

type shirkingRule struct {
	clauseRule `yaml:",inline"`
	Every      divisor `yaml:"every"` // so many cases cost the points once
}

// closureRule weighs the items of the disposal formula.
type closureRule struct {
	clauseRule  `yaml:",inline"`
	OnTime      weight `yaml:"on_time"`
	Extended    weight `yaml:"extended"`
	Overdue     weight `yaml:"overdue"`
	Constrained weight `yaml:"constrained"`
	Rework      weight `yaml:"rework"`
	OverdueOpen weight `yaml:"overdue_open"`
}

type volumeRule struct {
	clauseRule `yaml:",inline"`
	Over       whole   `yaml:"over"`  // records that earn nothing yet
	Every      divisor `yaml:"every"` // so many records beyond earn the points once
}

// whole is a number of things, 0 to 100000; divisor is one that is not 0.
type (
	whole   int
	divisor int
)

// weight is a factor of the disposal formula, −10 to 10.
type weight struct{ decimal.Decimal }
