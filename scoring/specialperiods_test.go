package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestSpecialPeriodsMustBePrepared(t *testing.T) {
	clauses := []struct {
		clause scoring.Clause
		lacks  func(*scoring.SpecialPeriod)
	}{
		{scoring.ClauseRoster, func(p *scoring.SpecialPeriod) { p.Roster = false }},
		{scoring.ClausePlan, func(p *scoring.SpecialPeriod) { p.Plan = false }},
		{scoring.ClauseResponsible, func(p *scoring.SpecialPeriod) { p.Responsible = false }},
	}
	for _, c := range clauses {
		// lacking makes the period begin on a day, and lack what the clause asks for.
		lacking := func(start string, more ...func(*scoring.SpecialPeriod)) func(*scoring.Facts) {
			return func(f *scoring.Facts) {
				p := &f.SpecialPeriods[0]
				p.Start = date(start)
				c.lacks(p)
				for _, change := range more {
					change(p)
				}
			}
		}
		nobody := func(p *scoring.SpecialPeriod) { p.StabilityPersons = 0 }
		t.Run(string(c.clause), func(t *testing.T) {
			check(t, c.clause, []row{
				{name: "prepared"},
				{name: "a period that lacks it", change: lacking("10-01"), want: []string{"-2.00 for 1"}},
				{name: "a grid with no stability person", change: lacking("10-01", nobody)},
				{name: "at risk from the month's first day", asOf: "10-01", change: lacking("10-20"), want: []string{"-2.00 for 1 at risk"}},
				{name: "and the day before it starts", asOf: "10-19", change: lacking("10-20"), want: []string{"-2.00 for 1 at risk"}},
				{name: "incurred on its first day", asOf: "10-20", change: lacking("10-20"), want: []string{"-2.00 for 1"}},
				{name: "on the month's last day", change: lacking("10-31"), want: []string{"-2.00 for 1"}},
				{name: "a period that started in September is September's", change: lacking("09-30")},
				{name: "a period of November is November's", change: lacking("11-01")},
				{name: "each period on its own", asOf: "10-20", change: func(f *scoring.Facts) {
					lacking("10-01")(f)
					f.SpecialPeriods = append(f.SpecialPeriods, f.SpecialPeriods[0], f.SpecialPeriods[0])
					f.SpecialPeriods[2].Start = date("10-21")
				}, want: []string{"-4.00 for 2", "-2.00 for 1 at risk"}},
			})
		})
	}
}
