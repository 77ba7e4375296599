package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

// The worked examples of the rulebook's section 6, with their totals.
func TestWorkedExamples(t *testing.T) {
	examples := []struct {
		name         string
		change       func(*scoring.Facts)
		score, floor string
	}{
		{"1 nothing wrong", func(*scoring.Facts) {}, "100.00", "100.00"},
		{"2 one absence and two lates", func(f *scoring.Facts) {
			f.Meetings = scoring.Meetings{Absent: 1, Late: 2}
		}, "96.00", "96.00"},
		{"2 three absences are bounded by the section", func(f *scoring.Facts) {
			f.Meetings = scoring.Meetings{Absent: 3}
		}, "95.00", "95.00"},
		{"3 households unfinished", func(f *scoring.Facts) {
			f.Households = scoring.Households{Total: 853, Collected: 80, Entered: 80, Complete: 79}
		}, "99.63", "99.63"},
		{"4 a day with one report and a day with none", twoQuietDays, "96.50", "96.50"},
		{"5 the disposal formula", func(f *scoring.Facts) {
			f.Disposal = scoring.Disposal{OnTime: 80, Extended: 4, Overdue: 3, Constrained: 2, Rework: 2, OverdueOpen: 1}
		}, "98.40", "98.40"},
		{"6 falsified reports know no bound", func(f *scoring.Facts) {
			f.Findings = scoring.Findings{Falsified: 2, EmergencySerious: 3, NotProactive: 1}
		}, "60.00", "60.00"},
		{"7 a hundred and ten records beyond", func(f *scoring.Facts) {
			on(f, "10-30").MemberVisits += 60
			on(f, "10-30").Reports[scoring.CityManagement] += 50
		}, "101.00", "101.00"},
		{"8 the same as 4 while its data are on their way", func(f *scoring.Facts) {
			twoQuietDays(f)
			through(f, "10-28", scoring.GroupReports)
		}, "100.00", "98.50"},
	}
	for _, example := range examples {
		t.Run(example.name, func(t *testing.T) {
			f := flawless()
			example.change(f)
			r := evaluate(t, scoring.Default(), f)
			if got := r.Score.StringFixed(2); got != example.score {
				t.Errorf("score %s, want %s: %q", got, example.score, charges(r))
			}
			if got := r.Floor.StringFixed(2); got != example.floor {
				t.Errorf("floor %s, want %s: %q", got, example.floor, charges(r))
			}
			if late := len(f.Through) > 0; r.Complete == late || !r.Closed {
				t.Errorf("closed %v, complete %v", r.Closed, r.Complete)
			}
		})
	}
}

func twoQuietDays(f *scoring.Facts) {
	reported(f, "10-29", 1)
	reported(f, "10-30", 0)
}
