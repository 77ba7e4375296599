package scoring_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

// groupClauses are the clauses that each group of facts decides.
var groupClauses = map[scoring.Group][]scoring.Clause{
	scoring.GroupMeetings:       {scoring.ClauseAbsent, scoring.ClauseLate},
	scoring.GroupKm:             {scoring.ClauseDistance, scoring.ClauseCoverage},
	scoring.GroupHours:          {scoring.ClauseHours},
	scoring.GroupVisits:         {scoring.ClauseVisits, scoring.ClauseVisitsDaily, scoring.ClausePeriodVisits},
	scoring.GroupKeyPersons:     {scoring.ClauseKeyPersons},
	scoring.GroupSpecialPersons: {scoring.ClauseSpecialPersons},
	scoring.GroupHazardSites:    {scoring.ClauseHazardSites},
	scoring.GroupControl:        {scoring.ClauseArchive, scoring.ClauseControlRecord},
	scoring.GroupPeriods:        {scoring.ClauseRoster, scoring.ClausePlan, scoring.ClauseResponsible},
	scoring.GroupHouseholds:     {scoring.ClauseHouseholds},
	scoring.GroupReports:        {scoring.ClauseReportingTotal, scoring.ClauseReportingCategory, scoring.ClauseReportingDaily},
	scoring.GroupDisposal:       {scoring.ClauseClosureRate, scoring.ClauseAllInGrid},
}

func TestAGroupWhoseDataEndBeforeTheMonthDecidesNothing(t *testing.T) {
	rules := readRulebook(t, "policies: {coverage_points: 1, hours_points: 1}")
	wrong := everythingWrong()
	wrong.Disposal.InGrid = 92
	complete := evaluate(t, rules, wrong)
	for _, group := range scoring.Groups {
		t.Run(string(group), func(t *testing.T) {
			clauses := groupClauses[group]
			if len(charges(complete, clauses...)) == 0 {
				t.Fatal("nothing is charged even with complete data")
			}
			f := everythingWrong()
			f.Disposal.InGrid = 92
			through(f, "09-29", group)
			r := evaluate(t, rules, f)
			if got := charges(r, clauses...); got != nil {
				t.Errorf("charged %q", got)
			}
			for _, s := range r.Standards {
				if slices.Contains(clauses, s.Clause) {
					t.Errorf("measured %+v", s)
				}
			}
			if len(r.Deductions)+len(r.Bonuses) != len(complete.Deductions)+len(complete.Bonuses)-len(charges(complete, clauses...)) {
				t.Errorf("other clauses are charged differently: %q", charges(r))
			}
			want := []scoring.Undecided{{Group: group, Through: date("09-29")}}
			if diff := cmp.Diff(want, r.Undecided); diff != "" || r.Complete || !r.Closed {
				t.Errorf("closed %v, complete %v, undecided (-want +got):\n%s", r.Closed, r.Complete, diff)
			}
		})
	}
}

// Findings are never late: they count with every group's data still to come.
func TestFindingsAreNeverLate(t *testing.T) {
	f := everythingWrong()
	f.Adopted = 1
	through(f, "09-29", scoring.Groups...)
	want := []string{
		"patrol.unlisted -2.00 for 1",
		"patrol.lost_control -3.00 for 1",
		"reporting.not_proactive -2.00 for 1",
		"reporting.emergency -3.00 for 1",
		"reporting.emergency_serious -10.00 for 1",
		"reporting.falsified -5.00 for 1",
		"reporting.shirking -3.00 for 3",
		"closure.improper_escalation -3.00 for 1",
		"bonus.adopted +3.00 for 1",
	}
	r := evaluate(t, scoring.Default(), f)
	if diff := cmp.Diff(want, charges(r)); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if len(r.Standards) != 0 || len(r.Undecided) != len(scoring.Groups) {
		t.Errorf("%d standards, %d groups undecided", len(r.Standards), len(r.Undecided))
	}
}

// The month is closed in these rows, but the group's data end within it: the
// day after them is open, and later ones are not there.
func TestClausesAreJudgedOnTheirGroupsOwnDate(t *testing.T) {
	cases := []struct {
		name   string
		clause scoring.Clause
		group  scoring.Group
		day    string
		change func(*scoring.Facts)
		want   []string
	}{
		{"the day after the data is open", scoring.ClauseDistance, scoring.GroupKm, "10-12",
			func(f *scoring.Facts) { km(f, "10-13", "0"); km(f, "10-14", "0") }, []string{"-5.00 for 2 at risk"}}, // the day and its week
		{"a day of the data is past", scoring.ClauseDistance, scoring.GroupKm, "10-13",
			func(f *scoring.Facts) { km(f, "10-13", "0") }, []string{"-5.00 for 1"}},
		{"the month has not closed", scoring.ClauseVisits, scoring.GroupVisits, "10-30",
			func(f *scoring.Facts) { on(f, "10-13").ChiefVisits = 0 }, []string{"-5.00 for 3 at risk"}},
		{"visits after the own date are not there", scoring.ClauseVisits, scoring.GroupVisits, "10-28",
			func(*scoring.Facts) {}, []string{"-5.00 for 5 at risk"}},
		{"a week has not ended", scoring.ClauseKeyPersons, scoring.GroupKeyPersons, "10-17",
			func(f *scoring.Facts) { f.KeyPersons[2].Visited = 0 }, []string{"-3.00 for 1 at risk"}},
		{"a week has ended", scoring.ClauseKeyPersons, scoring.GroupKeyPersons, "10-18",
			func(f *scoring.Facts) { f.KeyPersons[2].Visited = 0 }, []string{"-3.00 for 1"}},
		{"special persons until the month closes", scoring.ClauseSpecialPersons, scoring.GroupSpecialPersons, "10-30",
			func(f *scoring.Facts) { f.SpecialPersons.Visited = 0 }, []string{"-3.00 for 12 at risk"}},
		{"a site today", scoring.ClauseHazardSites, scoring.GroupHazardSites, "10-12",
			func(f *scoring.Facts) { on(f, "10-13").HazardSitesVisited = 0 }, []string{"-3.00 for 1 at risk"}},
		{"archives until the month closes", scoring.ClauseArchive, scoring.GroupControl, "10-30",
			func(f *scoring.Facts) { f.Control.WithoutArchive = 1 }, []string{"-2.00 for 1 at risk"}},
		{"a period has not started", scoring.ClausePlan, scoring.GroupPeriods, "10-18",
			func(f *scoring.Facts) {
				f.SpecialPeriods[0].Start, f.SpecialPeriods[0].Plan = date("10-20"), false
			}, []string{"-2.00 for 1 at risk"}},
		{"a period has started", scoring.ClausePlan, scoring.GroupPeriods, "10-19",
			func(f *scoring.Facts) {
				f.SpecialPeriods[0].Start, f.SpecialPeriods[0].Plan = date("10-20"), false
			}, []string{"-2.00 for 1"}},
		{"households until the month closes", scoring.ClauseHouseholds, scoring.GroupHouseholds, "10-30",
			func(f *scoring.Facts) { f.Households.Complete = 0 }, []string{"-5.00 for 86 at risk"}},
		{"meetings at once", scoring.ClauseLate, scoring.GroupMeetings, "10-08",
			func(f *scoring.Facts) { f.Meetings.Late = 1 }, []string{"-1.00 for 1"}},
		{"the last day of the month closes it", scoring.ClauseHouseholds, scoring.GroupHouseholds, "10-31",
			func(f *scoring.Facts) { f.Households.Complete = 0 }, []string{"-5.00 for 86"}},
		{"the day before the month leaves its first day open", scoring.ClauseHouseholds, scoring.GroupHouseholds, "09-30",
			func(f *scoring.Facts) { f.Households.Complete = 0 }, []string{"-5.00 for 86 at risk"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := flawless()
			through(f, c.day, c.group)
			c.change(f)
			if diff := cmp.Diff(c.want, charges(evaluate(t, scoring.Default(), f), c.clause)); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

func TestUndecidedGroups(t *testing.T) {
	cases := []struct {
		name, asOf, through string
		closed, complete    bool
	}{
		{"complete to the day before today", "10-20", "10-19", false, true},
		{"a day later than that", "10-20", "10-18", false, false},
		{"complete beyond today", "10-20", "10-25", false, true},
		{"complete to the month's end", "12-20", "10-31", true, true},
		{"a day short of the month's end", "12-20", "10-30", true, false},
		{"the month's first day cannot be late", "10-01", "09-30", false, true},
	}
	for _, c := range cases {
		f := flawless()
		f.AsOf = date(c.asOf)
		through(f, c.through, scoring.GroupVisits, scoring.GroupKm)
		want := []scoring.Undecided{}
		if !c.complete {
			want = []scoring.Undecided{{Group: scoring.GroupKm, Through: date(c.through)}, {Group: scoring.GroupVisits, Through: date(c.through)}}
		}
		r := evaluate(t, scoring.Default(), f)
		if diff := cmp.Diff(want, r.Undecided); diff != "" || r.Closed != c.closed || r.Complete != c.complete {
			t.Errorf("%s: closed %v, complete %v, undecided (-want +got):\n%s", c.name, r.Closed, r.Complete, diff)
		}
	}
}

func TestEveryClauseKnowsItsGroup(t *testing.T) {
	of := map[scoring.Clause]scoring.Group{}
	for group, clauses := range groupClauses {
		for _, c := range clauses {
			of[c] = group
		}
	}
	for _, c := range scoring.Clauses() {
		if c.Group() != of[c] {
			t.Errorf("%s is of the group %q, want %q", c, c.Group(), of[c])
		}
	}
	if g, s := scoring.Clause("patrol.unknown").Group(), scoring.Clause("patrol.unknown").Section(); g != "" || s != "" {
		t.Errorf("an unknown clause has group %q and section %q", g, s)
	}
}
