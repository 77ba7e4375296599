package scoring

import "github.com/nanxiashu/gridbot/scoring/calendar"

// The clauses of the Measure, in its order.
const (
	ClauseAbsent Clause = "attendance.absent"
	ClauseLate   Clause = "attendance.late"

	ClauseDistance       Clause = "patrol.distance"
	ClauseCoverage       Clause = "patrol.coverage"
	ClauseHours          Clause = "patrol.hours"
	ClauseVisits         Clause = "patrol.visits"
	ClauseVisitsDaily    Clause = "patrol.visits.daily"
	ClauseKeyPersons     Clause = "patrol.key_persons"
	ClauseSpecialPersons Clause = "patrol.special_persons"
	ClauseHazardSites    Clause = "patrol.hazard_sites"
	ClauseArchive        Clause = "patrol.archive"
	ClauseUnlisted       Clause = "patrol.unlisted"
	ClauseControlRecord  Clause = "patrol.control_record"
	ClauseRoster         Clause = "patrol.roster"
	ClausePlan           Clause = "patrol.plan"
	ClauseResponsible    Clause = "patrol.responsible"
	ClausePeriodVisits   Clause = "patrol.period_visits"
	ClauseLostControl    Clause = "patrol.lost_control"

	ClauseHouseholds Clause = "collection.households"

	ClauseReportingTotal    Clause = "reporting.total"
	ClauseReportingCategory Clause = "reporting.category"
	ClauseReportingDaily    Clause = "reporting.daily"
	ClauseNotProactive      Clause = "reporting.not_proactive"
	ClauseEmergency         Clause = "reporting.emergency"
	ClauseEmergencySerious  Clause = "reporting.emergency_serious"
	ClauseFalsified         Clause = "reporting.falsified"
	ClauseShirking          Clause = "reporting.shirking"

	ClauseClosureRate        Clause = "closure.rate"
	ClauseImproperEscalation Clause = "closure.improper_escalation"

	ClauseAdopted   Clause = "bonus.adopted"
	ClauseAllInGrid Clause = "bonus.all_in_grid"
	ClauseVolume    Clause = "bonus.volume"
)

// clauseRow is one row of the table of clauses.
type clauseRow struct {
	id      Clause
	section Section
	// group is the group of facts on whose own date the clause is judged; ""
	// for decisions of the centre, which are never late.
	group Group
	// judge says what the clause costs, or earns for a bonus, and notes what it
	// measured. It is nil for a standard that facts documents do not measure.
	judge func(m *gridMonth, today calendar.Date) verdict
	text  func(c *clauseRules) *clauseText
}

// clauseTable holds every clause in the Measure's order: that of deductions,
// bonuses and standards in a result.
var clauseTable = []clauseRow{
	{ClauseAbsent, Attendance, GroupMeetings, (*gridMonth).absent, func(c *clauseRules) *clauseText { return &c.Absent.clauseText }},
	{ClauseLate, Attendance, GroupMeetings, (*gridMonth).late, func(c *clauseRules) *clauseText { return &c.Late.clauseText }},

	{ClauseDistance, Patrol, GroupKm, (*gridMonth).distance, func(c *clauseRules) *clauseText { return &c.Distance.clauseText }},
	{ClauseCoverage, Patrol, GroupKm, (*gridMonth).coverage, func(c *clauseRules) *clauseText { return &c.Coverage }},
	{ClauseHours, Patrol, GroupHours, (*gridMonth).hours, func(c *clauseRules) *clauseText { return &c.Hours.clauseText }},
	{ClauseVisits, Patrol, GroupVisits, (*gridMonth).visits, func(c *clauseRules) *clauseText { return &c.Visits.clauseText }},
	{ClauseVisitsDaily, Patrol, GroupVisits, (*gridMonth).visitsDaily, func(c *clauseRules) *clauseText { return &c.VisitsDaily.clauseText }},
	{ClauseKeyPersons, Patrol, GroupKeyPersons, (*gridMonth).keyPersons, func(c *clauseRules) *clauseText { return &c.KeyPersons.clauseText }},
	{ClauseSpecialPersons, Patrol, GroupSpecialPersons, (*gridMonth).specialPersons, func(c *clauseRules) *clauseText { return &c.SpecialPersons.clauseText }},
	{ClauseHazardSites, Patrol, GroupHazardSites, (*gridMonth).hazardSites, func(c *clauseRules) *clauseText { return &c.HazardSites.clauseText }},
	{ClauseArchive, Patrol, GroupControl, (*gridMonth).archive, func(c *clauseRules) *clauseText { return &c.Archive.clauseText }},
	{ClauseUnlisted, Patrol, "", (*gridMonth).unlisted, func(c *clauseRules) *clauseText { return &c.Unlisted.clauseText }},
	{ClauseControlRecord, Patrol, GroupControl, (*gridMonth).controlRecord, func(c *clauseRules) *clauseText { return &c.ControlRecord.clauseText }},
	{ClauseRoster, Patrol, GroupPeriods, (*gridMonth).roster, func(c *clauseRules) *clauseText { return &c.Roster.clauseText }},
	{ClausePlan, Patrol, GroupPeriods, (*gridMonth).plan, func(c *clauseRules) *clauseText { return &c.Plan.clauseText }},
	{ClauseResponsible, Patrol, GroupPeriods, (*gridMonth).responsible, func(c *clauseRules) *clauseText { return &c.Responsible.clauseText }},
	{ClausePeriodVisits, Patrol, GroupVisits, nil, func(c *clauseRules) *clauseText { return &c.PeriodVisits.clauseText }},
	{ClauseLostControl, Patrol, "", (*gridMonth).lostControl, func(c *clauseRules) *clauseText { return &c.LostControl.clauseText }},

	{ClauseHouseholds, Collection, GroupHouseholds, (*gridMonth).households, func(c *clauseRules) *clauseText { return &c.Households.clauseText }},

	{ClauseReportingTotal, Reporting, GroupReports, (*gridMonth).reportingTotal, func(c *clauseRules) *clauseText { return &c.ReportingTotal.clauseText }},
	{ClauseReportingCategory, Reporting, GroupReports, (*gridMonth).reportingCategory, func(c *clauseRules) *clauseText { return &c.ReportingCategory.clauseText }},
	{ClauseReportingDaily, Reporting, GroupReports, (*gridMonth).reportingDaily, func(c *clauseRules) *clauseText { return &c.ReportingDaily.clauseText }},
	{ClauseNotProactive, Reporting, "", (*gridMonth).notProactive, func(c *clauseRules) *clauseText { return &c.NotProactive.clauseText }},
	{ClauseEmergency, Reporting, "", (*gridMonth).emergency, func(c *clauseRules) *clauseText { return &c.Emergency.clauseText }},
	{ClauseEmergencySerious, Reporting, "", (*gridMonth).emergencySerious, func(c *clauseRules) *clauseText { return &c.EmergencySerious.clauseText }},
	{ClauseFalsified, Reporting, "", (*gridMonth).falsified, func(c *clauseRules) *clauseText { return &c.Falsified.clauseText }},
	{ClauseShirking, Reporting, "", (*gridMonth).shirking, func(c *clauseRules) *clauseText { return &c.Shirking.clauseText }},

	{ClauseClosureRate, Closure, GroupDisposal, (*gridMonth).closureRate, func(c *clauseRules) *clauseText { return &c.ClosureRate.clauseText }},
	{ClauseImproperEscalation, Closure, "", (*gridMonth).improperEscalation, func(c *clauseRules) *clauseText { return &c.ImproperEscalation.clauseText }},

	{ClauseAdopted, BonusPart, "", (*gridMonth).adopted, func(c *clauseRules) *clauseText { return &c.Adopted.clauseText }},
	{ClauseAllInGrid, BonusPart, GroupDisposal, (*gridMonth).allInGrid, func(c *clauseRules) *clauseText { return &c.AllInGrid.clauseText }},
	{ClauseVolume, BonusPart, "", (*gridMonth).volume, func(c *clauseRules) *clauseText { return &c.Volume.clauseText }},
}

// rowOf returns a clause's row, or nil for an unknown clause.
func rowOf(id Clause) *clauseRow {
	for i := range clauseTable {
		if clauseTable[i].id == id {
			return &clauseTable[i]
		}
	}
	return nil
}

// Clauses lists all clauses in the Measure's order.
func Clauses() []Clause {
	ids := make([]Clause, len(clauseTable))
	for i := range clauseTable {
		ids[i] = clauseTable[i].id
	}
	return ids
}

// Section returns the section a clause belongs to, "" for an unknown clause.
func (c Clause) Section() Section {
	if row := rowOf(c); row != nil {
		return row.section
	}
	return ""
}

// Group returns the group of facts on whose own date a clause is judged, "" for
// decisions of the centre, which are never late.
func (c Clause) Group() Group {
	if row := rowOf(c); row != nil {
		return row.group
	}
	return ""
}
