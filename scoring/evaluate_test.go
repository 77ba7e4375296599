package scoring_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

// sums are the scores of the five sections and the total, then the same floors.
func sums(r *scoring.Result) (scores, floors []string) {
	for _, s := range r.Sections {
		scores = append(scores, s.Score.StringFixed(2))
		floors = append(floors, s.Floor.StringFixed(2))
	}
	return append(scores, r.Score.StringFixed(2)), append(floors, r.Floor.StringFixed(2))
}

func TestSectionsBoundTheirDeductions(t *testing.T) {
	cases := []struct {
		name   string
		asOf   string
		change func(*scoring.Facts)
		scores []string // attendance, patrol, collection, reporting, closure, total
		floors []string
	}{
		{"nothing wrong", "11-01", func(*scoring.Facts) {},
			[]string{"5.00", "30.00", "5.00", "30.00", "30.00", "100.00"},
			[]string{"5.00", "30.00", "5.00", "30.00", "30.00", "100.00"}},
		{"attendance loses no more than 5", "11-01", func(f *scoring.Facts) { f.Meetings.Absent = 9 },
			[]string{"0.00", "30.00", "5.00", "30.00", "30.00", "95.00"},
			[]string{"0.00", "30.00", "5.00", "30.00", "30.00", "95.00"}},
		{"patrol loses no more than 30", "11-01", func(f *scoring.Facts) { f.Findings.LostControl = 11 },
			[]string{"5.00", "0.00", "5.00", "30.00", "30.00", "70.00"},
			[]string{"5.00", "0.00", "5.00", "30.00", "30.00", "70.00"}},
		{"collection loses all 5 when nothing is done", "11-01", func(f *scoring.Facts) { f.Households.Entered = 0 },
			[]string{"5.00", "30.00", "0.00", "30.00", "30.00", "95.00"},
			[]string{"5.00", "30.00", "0.00", "30.00", "30.00", "95.00"}},
		{"reporting loses no more than 30", "11-01", func(f *scoring.Facts) { f.Findings.EmergencySerious = 4 },
			[]string{"5.00", "30.00", "5.00", "0.00", "30.00", "70.00"},
			[]string{"5.00", "30.00", "5.00", "0.00", "30.00", "70.00"}},
		{"but for falsified reports", "11-01", func(f *scoring.Facts) { f.Findings.EmergencySerious, f.Findings.Falsified = 4, 3 },
			[]string{"5.00", "30.00", "5.00", "-15.00", "30.00", "55.00"},
			[]string{"5.00", "30.00", "5.00", "-15.00", "30.00", "55.00"}},
		{"even a total below 0", "11-01", func(f *scoring.Facts) { f.Findings.Falsified = 30 },
			[]string{"5.00", "30.00", "5.00", "-120.00", "30.00", "-50.00"},
			[]string{"5.00", "30.00", "5.00", "-120.00", "30.00", "-50.00"}},
		{"closure loses no more than 30", "11-01", func(f *scoring.Facts) {
			f.Disposal = scoring.Disposal{OverdueOpen: 1}
			f.Findings.ImproperEscalation = 2
		},
			[]string{"5.00", "30.00", "5.00", "30.00", "0.00", "70.00"},
			[]string{"5.00", "30.00", "5.00", "30.00", "0.00", "70.00"}},
		{"the bound holds for incurred and at risk together", "10-30", func(f *scoring.Facts) {
			f.Findings = scoring.Findings{EmergencySerious: 2, NotProactive: 3, Shirking: 2, Falsified: 1} // 29, and 5 beside the bound
			reported(f, "10-30", 0)                                                                        // 2 at risk
		},
			[]string{"5.00", "30.00", "5.00", "-4.00", "30.00", "66.00"},
			[]string{"5.00", "30.00", "5.00", "-5.00", "30.00", "65.00"}},
		{"a bonus has no ceiling", "11-01", func(f *scoring.Facts) { f.Adopted = 40 },
			[]string{"5.00", "30.00", "5.00", "30.00", "30.00", "220.00"},
			[]string{"5.00", "30.00", "5.00", "30.00", "30.00", "220.00"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := flawless()
			f.AsOf = date(c.asOf)
			c.change(f)
			scores, floors := sums(evaluate(t, scoring.Default(), f))
			if diff := cmp.Diff(c.scores, scores); diff != "" {
				t.Error("scores (-want +got):\n" + diff)
			}
			if diff := cmp.Diff(c.floors, floors); diff != "" {
				t.Error("floors (-want +got):\n" + diff)
			}
		})
	}
}

func TestTotalFloorHoldsForScoreAndFloor(t *testing.T) {
	cases := []struct{ floor, score, lowest string }{
		{"", "-45.00", "-47.00"}, // none
		{"-46", "-45.00", "-46.00"},
		{"0", "0.00", "0.00"},
		{"0.005", "0.01", "0.01"}, // rounded as all points are
		{"-100", "-45.00", "-47.00"},
	}
	for _, c := range cases {
		rules := scoring.Default()
		if c.floor != "" {
			rules.Policies.TotalFloor = scoring.Floor{Set: true, Total: dec(c.floor)}
		}
		f := flawless()
		f.AsOf = date("10-30")
		f.Findings.Falsified = 29
		reported(f, "10-30", 0) // 2 at risk
		r := evaluate(t, rules, f)
		if !r.Score.Equal(dec(c.score)) || !r.Floor.Equal(dec(c.lowest)) {
			t.Errorf("total_floor %q: score %s, floor %s; want %s, %s", c.floor, r.Score, r.Floor, c.score, c.lowest)
		}
	}
}

func TestEvaluateRefusesFactsThatAreNotValid(t *testing.T) {
	f := flawless()
	f.Days[3].ChiefVisits = -1
	var wrong *scoring.FieldError
	_, err := scoring.Evaluate(scoring.Default(), f)
	if !errors.As(err, &wrong) || wrong.Field != "days[3].chief_visits" {
		t.Errorf("Evaluate: %v", err)
	}
}

func TestEveryChargeHasEvidenceAndTheMeasuresWords(t *testing.T) {
	rules := readRulebook(t, "policies: {coverage_points: 1, hours_points: 1}")
	r := evaluate(t, rules, everythingWrong())
	charged := map[scoring.Clause]bool{}
	for _, d := range r.Deductions {
		charged[d.Clause] = true
		if len(d.Evidence) == 0 || d.Basis == "" || d.Basis != rules.Words(d.Clause) || d.Count == 0 || !d.Unit.IsPositive() {
			t.Errorf("%s: evidence %q, basis %q, count %d, unit %s", d.Clause, d.Evidence, d.Basis, d.Count, d.Unit)
		}
	}
	free := []scoring.Clause{scoring.ClauseVisitsDaily, scoring.ClausePeriodVisits, scoring.ClauseReportingTotal, scoring.ClauseReportingCategory}
	for _, c := range scoring.Clauses() {
		isFree := c.Section() == scoring.BonusPart || slices.Contains(free, c)
		if charged[c] == isFree {
			t.Errorf("%s: charged %v", c, charged[c])
		}
	}
}

// everythingWrong is a closed month that breaks every clause with points.
func everythingWrong() *scoring.Facts {
	f := flawless()
	f.Days, f.KeyPersons = f.Days[:12], f.KeyPersons[:2] // until 10-09
	f.Meetings = scoring.Meetings{Absent: 1, Late: 1}
	f.KeyPersons[1].Visited = 2
	f.SpecialPersons.Visited = 2
	on(f, "10-02").HazardSitesVisited = 0
	*on(f, "10-08").Coverage = dec("0.5")
	f.Control = scoring.Control{Persons: 9, WithoutArchive: 2, Unlisted: 1, WithoutRecord: 3}
	f.SpecialPeriods[0] = scoring.SpecialPeriod{Name: "国庆", Start: date("10-01"), StabilityPersons: 1}
	f.Households.Complete = 40
	f.Findings = scoring.Findings{
		LostControl: 1, NotProactive: 1, Emergency: 1, EmergencySerious: 1, Falsified: 1, Shirking: 3, ImproperEscalation: 1,
	}
	f.Disposal = scoring.Disposal{OnTime: 80, Extended: 4, Overdue: 3, Constrained: 2, Rework: 2, OverdueOpen: 1}
	return f
}
