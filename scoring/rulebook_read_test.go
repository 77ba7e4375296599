package scoring_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestARulebookHoldsOnlyWhatDiffers(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "{}", "policies:\n", "policies: {}\nclauses: {attendance.late: {}}", "policies: {visit_standards: }"} {
		rules, err := scoring.ReadRulebook(strings.NewReader(text), "street.yaml")
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if rules.Version() != scoring.Default().Version() {
			t.Errorf("%q changes the Measure: %+v", text, rules.Policies)
		}
	}
}

func TestEveryPolicyCanBeSet(t *testing.T) {
	rules := readRulebook(t, `
policies:
  total_floor: -12.5
  daily_days: all
  distance_scope: day
  coverage_points: 2
  coverage_min: 0.8
  hours_points: 1.5
  visit_standards: [hazard_sites]
  prorate_weeks: true
  period_method: sum
`)
	want := scoring.Policies{
		TotalFloor: scoring.Floor{Set: true, Total: dec("-12.5")}, DailyDays: scoring.DailyAll, DistanceScope: scoring.ScopeDay,
		CoveragePoints: scoring.Figure{Decimal: dec("2")}, CoverageMin: scoring.Share{Decimal: dec("0.8")},
		HoursPoints: scoring.Figure{Decimal: dec("1.5")}, VisitStandards: []scoring.VisitStandard{scoring.StandardHazardSites},
		ProrateWeeks: true, PeriodMethod: scoring.PeriodSum,
	}
	if diff := cmp.Diff(want, rules.Policies); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
	if none := readRulebook(t, "policies: {total_floor: none, visit_standards: []}").Policies; none.TotalFloor.Set || len(none.VisitStandards) != 0 {
		t.Errorf("none: %+v", none)
	}
}

// Each row sets a figure that the Measure has otherwise, and what October then comes to.
func TestEveryFigureCanBeSet(t *testing.T) {
	cases := []struct {
		clauses string
		change  func(*scoring.Facts)
		clause  scoring.Clause
		want    []string
	}{
		{"attendance.absent: {points: 2.5}", func(f *scoring.Facts) { f.Meetings.Absent = 2 }, scoring.ClauseAbsent, []string{"-5.00 for 2"}},
		{"attendance.late: {points: 0.333}", func(f *scoring.Facts) { f.Meetings.Late = 2 }, scoring.ClauseLate, []string{"-0.67 for 2"}},
		{"patrol.distance: {day_km: 2.1}", nil, scoring.ClauseDistance, []string{"-5.00 for 18"}},
		{"patrol.distance: {week_km: 14.01, points: 4}", nil, scoring.ClauseDistance, []string{"-4.00 for 4"}},
		{"patrol.visits: {month: 91, points: 1}", nil, scoring.ClauseVisits, []string{"-1.00 for 1"}},
		{"collection.households: {share: 0.2}", func(f *scoring.Facts) { f.Households.Total = 880 }, scoring.ClauseHouseholds, []string{"-2.50 for 88"}},
		{"reporting.daily: {day: 6, points: 0.1}", nil, scoring.ClauseReportingDaily, []string{"-1.80 for 18"}},
		{"reporting.shirking: {every: 3}", func(f *scoring.Facts) { f.Findings.Shirking = 5 }, scoring.ClauseShirking, []string{"-3.00 for 5"}},
		{"closure.rate: {points: 20, extended: 0.9}", func(f *scoring.Facts) { f.Disposal = scoring.Disposal{Extended: 1} }, scoring.ClauseClosureRate, []string{"-2.00 for 1"}},
		{"bonus.volume: {over: 100, every: 20, points: 0.5}", nil, scoring.ClauseVolume, []string{"+2.00 for 4"}},
		{"bonus.adopted: {points: 0}", func(f *scoring.Facts) { f.Adopted = 1 }, scoring.ClauseAdopted, nil},
	}
	for _, c := range cases {
		t.Run(c.clauses, func(t *testing.T) {
			rules, f := readRulebook(t, "clauses: {"+c.clauses+"}"), flawless()
			if c.change != nil {
				c.change(f)
			}
			if diff := cmp.Diff(c.want, charges(evaluate(t, rules, f), c.clause)); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

func TestARulebookIsRefusedWithItsLine(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"an unknown part", "polices: {}", `street.yaml:1: unknown key "polices"`},
		{"an unknown policy", "policies:\n  total_flor: 0", `street.yaml:2: unknown key "total_flor"`},
		{"an unknown clause", "clauses:\n  # typed\n  patrol.km: {points: 1}", `street.yaml:3: unknown key "patrol.km"`},
		{"an unknown figure", "clauses:\n  attendance.late:\n    point: 1", `street.yaml:3: unknown key "point"`},
		{"points of a standard without penalty", "clauses:\n  patrol.hours: {points: 1}", `street.yaml:2: unknown key "points"`},
		{"a key twice", "policies:\n  prorate_weeks: true\n  prorate_weeks: true", `street.yaml:3: mapping key "prorate_weeks" already defined at line 2`},
		{"two things wrong", "policies:\n  daily_days: some\n  x: 1", "street.yaml:2: \"some\" is none of [workdays all]\nstreet.yaml:3: unknown key \"x\""},
		{"a word for points", "clauses:\n  attendance.late: {points: two}", `street.yaml:2: "two" is no number from 0 to 100000`},
		{"negative points", "clauses:\n  attendance.late: {points: -1}", `street.yaml:2: "-1" is no number from 0 to 100000`},
		{"too many points", "clauses:\n  attendance.late: {points: 100001}", `street.yaml:2: "100001" is no number from 0 to 100000`},
		{"a list for points", "clauses:\n  attendance.late: {points: [1]}", `street.yaml:2: "" is no number from 0 to 100000`},
		{"a share above 1", "policies:\n\n  coverage_min: 90", `street.yaml:3: "90" is no number from 0 to 1`},
		{"a weight out of range", "clauses:\n  closure.rate: {rework: -11}", `street.yaml:2: "-11" is no number from -10 to 10`},
		{"half a report", "clauses:\n  reporting.daily: {day: 4.5}", `street.yaml:2: "4.5" is no whole number from 0 to 100000`},
		{"every none", "clauses:\n  bonus.volume: {every: 0}", `street.yaml:2: "0" is no whole number from 1 to 100000`},
		{"a scope", "policies: {distance_scope: year}", `street.yaml:1: "year" is none of [month week day]`},
		{"a visiting standard", "policies:\n  visit_standards: [key_persons, persons]", `street.yaml:2: "persons" is none of [key_persons special_persons hazard_sites]`},
		{"a period method", "policies: {period_method: median}", `street.yaml:1: "median" is none of [mean sum]`},
		{"a floor", "policies: {total_floor: low}", `street.yaml:1: "low" is no number from -100000 to 100000`},
		{"neither true nor false", "policies:\n  prorate_weeks: maybe", "street.yaml:2: `maybe` is neither true nor false"},
		{"a list of words", "clauses:\n  attendance.late:\n    words: [a]", "street.yaml:3: must be a text"},
		{"a text for the clauses", "clauses: all", "street.yaml:1: `all` does not belong here"},
		{"two documents", "policies: {}\n---\npolicies: {}", "street.yaml:2: a rulebook is a single YAML document"},
		{"no YAML", "policies: [", "street.yaml:1: did not find expected node content"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			rules, err := scoring.ReadRulebook(strings.NewReader(c.text), "street.yaml")
			if err == nil || rules != nil {
				t.Fatalf("read as %+v, error %v", rules, err)
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

func TestARulebookThatCannotBeRead(t *testing.T) {
	broken := errors.New("disk on fire")
	if _, err := scoring.ReadRulebook(iotest.ErrReader(broken), "street.yaml"); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("ReadRulebook: %v", err)
	}
}
