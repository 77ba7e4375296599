package scoring_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// The tests look at October 2026. Its weeks begin on 09-28 (three duty days,
// then the National Day holiday), 10-05 (three duty days, the last a Saturday
// worked instead), 10-12 and 10-19; the week of 10-26 belongs to November.
var october = calendar.NewMonth(2026, 10)

// Duty days of October's weeks, the three of September among them.
var octoberDuty = dates(
	"09-28", "09-29", "09-30",
	"10-08", "10-09", "10-10",
	"10-12", "10-13", "10-14", "10-15", "10-16",
	"10-19", "10-20", "10-21", "10-22", "10-23",
	"10-26", "10-27", "10-28", "10-29", "10-30",
)

// date is a day of 2026, written MM-DD.
func date(monthDay string) calendar.Date {
	d, err := calendar.ParseDate("2026-" + monthDay)
	if err != nil {
		panic(err)
	}
	return d
}

func dates(monthDays ...string) []calendar.Date {
	days := make([]calendar.Date, len(monthDays))
	for i, s := range monthDays {
		days[i] = date(s)
	}
	return days
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// flawless is a closed October that meets every standard and earns no bonus:
// 90 visits and 90 reports, five each on its eighteen duty days.
func flawless() *scoring.Facts {
	f := &scoring.Facts{
		GridID: "NXS-03", Month: october, AsOf: date("11-01"),
		DutyDays:       slices.Clone(octoberDuty),
		SpecialPersons: scoring.Visited{Due: 12, Visited: 12},
		Control:        scoring.Control{Persons: 9},
		SpecialPeriods: []scoring.SpecialPeriod{{
			Name: "国庆", Start: date("10-01"), End: date("10-08"), StabilityPersons: 3,
			Roster: true, Plan: true, Responsible: true,
		}},
		Households: scoring.Households{Total: 853, Collected: 90, Entered: 90, Complete: 88},
		Disposal:   scoring.Disposal{OnTime: 90, InGrid: 80},
	}
	for d := date("09-28"); d <= date("10-31"); d++ {
		f.Days = append(f.Days, scoring.Day{
			Date: d, Km: dec("2"), ChiefHours: dec("3"), MemberHours: dec("3"), HazardSitesDue: 2, HazardSitesVisited: 2,
		})
	}
	for _, monday := range dates("09-28", "10-05", "10-12", "10-19") {
		f.KeyPersons = append(f.KeyPersons, scoring.KeyWeek{Week: monday, Due: 5, Visited: 5})
	}
	workOn(f, octoberDuty)
	return f
}

// workOn fills duty days with visits, coverage and reports: as many of each
// category in eighteen days as a month asks for.
func workOn(f *scoring.Facts, duty []calendar.Date) {
	reports := []int{10, 5, 35, 10, 10, 5, 5, 5, 5}
	category := 0
	for _, d := range duty {
		day, share := dayOf(f, d), dec("0.95")
		day.ChiefVisits, day.MemberVisits, day.Coverage = 3, 2, &share
		day.Reports = map[scoring.Category]int{}
		for range 5 {
			if d < f.Month.First() {
				day.Reports[scoring.CityManagement]++
				continue
			}
			for reports[category] == 0 {
				category++
			}
			reports[category]--
			day.Reports[scoring.Categories[category]]++
		}
	}
}

func dayOf(f *scoring.Facts, d calendar.Date) *scoring.Day {
	for i := range f.Days {
		if f.Days[i].Date == d {
			return &f.Days[i]
		}
	}
	panic("no day " + d.String())
}

// on returns a day of the facts, written MM-DD.
func on(f *scoring.Facts, monthDay string) *scoring.Day { return dayOf(f, date(monthDay)) }

// reported makes a day's valid reports so many.
func reported(f *scoring.Facts, monthDay string, n int) {
	on(f, monthDay).Reports = map[scoring.Category]int{scoring.CityManagement: n}
}

func evaluate(t rapid.TB, rules *scoring.Rulebook, f *scoring.Facts) *scoring.Result {
	t.Helper()
	r, err := scoring.Evaluate(rules, f)
	if err != nil {
		t.Fatalf("Evaluate: %v", err)
	}
	return r
}

// row is what is different from a flawless October, and what that costs.
type row struct {
	name   string
	asOf   string // MM-DD; "" is 11-01, the month being closed
	policy func(*scoring.Policies)
	change func(*scoring.Facts)
	want   []string // as by charges
}

// check judges every row and compares what one clause comes to.
func check(t *testing.T, clause scoring.Clause, rows []row) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			rules, f := scoring.Default(), flawless()
			if row.asOf != "" {
				f.AsOf = date(row.asOf)
			}
			if row.policy != nil {
				row.policy(&rules.Policies)
			}
			if row.change != nil {
				row.change(f)
			}
			if diff := cmp.Diff(row.want, charges(evaluate(t, rules, f), clause)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", clause, diff)
			}
		})
	}
}

// charges lists what clauses cost and earn, one a line: points, and the cases
// behind them. Without clauses it lists all, with their names.
func charges(r *scoring.Result, of ...scoring.Clause) (lines []string) {
	add := func(c scoring.Clause, sign string, points scoring.Points, count int, state string) {
		line := fmt.Sprintf("%s%s for %d%s", sign, points.StringFixed(2), count, state)
		switch {
		case len(of) == 0:
			lines = append(lines, string(c)+" "+line)
		case slices.Contains(of, c):
			lines = append(lines, line)
		}
	}
	for _, d := range r.Deductions {
		state := ""
		if d.State == scoring.AtRisk {
			state = " at risk"
		}
		add(d.Clause, "-", d.Points, d.Count, state)
	}
	for _, b := range r.Bonuses {
		add(b.Clause, "+", b.Points, b.Count, "")
	}
	return lines
}

// through makes groups of facts complete for no longer than a day, MM-DD.
func through(f *scoring.Facts, monthDay string, groups ...scoring.Group) {
	if f.Through == nil {
		f.Through = map[scoring.Group]calendar.Date{}
	}
	for _, g := range groups {
		f.Through[g] = date(monthDay)
	}
}
