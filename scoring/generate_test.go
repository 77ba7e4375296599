package scoring_test

import (
	"fmt"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// anyFacts draws a month of any shape, looked at on any day: figures lie around
// their thresholds, and some groups are late.
var anyFacts = rapid.Custom(func(t *rapid.T) *scoring.Facts {
	f := &scoring.Facts{GridID: "G1", Month: calendar.NewMonth(2026, 1) + calendar.Month(rapid.IntRange(0, 23).Draw(t, "month"))}
	first, last := f.Month.First(), f.Month.Last()
	f.AsOf = dateIn(t, "as_of", first, last+10)
	f.Through = anyThrough(t, first, last)
	f.Days, f.DutyDays, f.ExemptDays = anyDays(t, first.Monday(), last.Sunday())
	for monday := first.Monday(); monday <= last; monday += 7 {
		due := smallCount(t, "key persons")
		f.KeyPersons = append(f.KeyPersons, scoring.KeyWeek{Week: monday, Due: due, Visited: usually(t, due)})
	}
	f.Meetings = scoring.Meetings{Absent: smallCount(t, "absent"), Late: smallCount(t, "late")}
	f.SpecialPersons.Due = smallCount(t, "special persons")
	f.SpecialPersons.Visited = usually(t, f.SpecialPersons.Due)
	f.Control = scoring.Control{
		Persons: smallCount(t, "controlled"), WithoutArchive: smallCount(t, "archive"),
		Unlisted: smallCount(t, "unlisted"), WithoutRecord: smallCount(t, "record"),
	}
	f.SpecialPeriods = rapid.SliceOfN(anyPeriod(first, last), 0, 2).Draw(t, "periods")
	f.Households = scoring.Households{
		Total: rapid.IntRange(0, 900).Draw(t, "total"), Collected: rapid.IntRange(0, 100).Draw(t, "collected"),
		Entered: rapid.IntRange(0, 100).Draw(t, "entered"), Complete: rapid.IntRange(0, 100).Draw(t, "complete"),
	}
	f.Findings = anyFindings(t)
	f.Disposal = anyDisposal(t)
	f.Adopted = smallCount(t, "adopted")
	return f
})

func anyDays(t *rapid.T, from, to calendar.Date) (days []scoring.Day, duty, exempt []calendar.Date) {
	for d := from; d <= to; d++ {
		if weekend := d.Sunday()-d < 2; weekend == (rapid.IntRange(0, 9).Draw(t, "moved") == 0) {
			duty = append(duty, d)
		}
		if rapid.IntRange(0, 9).Draw(t, "exempt") == 0 {
			exempt = append(exempt, d)
		}
		if rapid.IntRange(0, 9).Draw(t, "absent") > 0 {
			days = append(days, anyDay(t, d))
		}
	}
	return days, duty, exempt
}

func anyDay(t *rapid.T, d calendar.Date) scoring.Day {
	figure := rapid.SampledFrom([]string{"0", "0.9", "1", "1.50", "2.25", "3", "3.6"})
	day := scoring.Day{
		Date: d, Km: dec(figure.Draw(t, "km")), ChiefHours: dec(figure.Draw(t, "chief")), MemberHours: dec(figure.Draw(t, "member")),
		ChiefVisits: rapid.IntRange(0, 5).Draw(t, "chief visits"), MemberVisits: rapid.IntRange(0, 5).Draw(t, "member visits"),
		HazardSitesDue: rapid.SampledFrom([]int{0, 2}).Draw(t, "sites"),
	}
	day.HazardSitesVisited = usually(t, day.HazardSitesDue)
	if rapid.IntRange(0, 30).Draw(t, "busy") == 0 {
		day.MemberVisits, day.Reports = 60, map[scoring.Category]int{scoring.Livelihood: 70}
	}
	if rapid.Bool().Draw(t, "measured") {
		share := decimal.New(int64(rapid.IntRange(85, 100).Draw(t, "coverage")), -2)
		day.Coverage = &share
	}
	for range rapid.IntRange(0, 2).Draw(t, "categories") {
		if day.Reports == nil {
			day.Reports = map[scoring.Category]int{}
		}
		day.Reports[rapid.SampledFrom(scoring.Categories).Draw(t, "category")] = rapid.IntRange(0, 6).Draw(t, "reports")
	}
	return day
}

func anyThrough(t *rapid.T, first, last calendar.Date) map[scoring.Group]calendar.Date {
	through := map[scoring.Group]calendar.Date{}
	for _, g := range scoring.Groups {
		if rapid.IntRange(0, 4).Draw(t, "late "+string(g)) == 0 {
			through[g] = dateIn(t, "through", first-3, last+3)
		}
	}
	return through
}

func anyPeriod(first, last calendar.Date) *rapid.Generator[scoring.SpecialPeriod] {
	return rapid.Custom(func(t *rapid.T) scoring.SpecialPeriod {
		start := dateIn(t, "start", first-2, last+2)
		return scoring.SpecialPeriod{
			Name: fmt.Sprint("P", start), Start: start, End: start + 3, StabilityPersons: smallCount(t, "stability"),
			Roster: rapid.Bool().Draw(t, "roster"), Plan: rapid.Bool().Draw(t, "plan"), Responsible: rapid.Bool().Draw(t, "responsible"),
		}
	})
}

func anyFindings(t *rapid.T) scoring.Findings {
	return scoring.Findings{
		LostControl: smallCount(t, "lost"), NotProactive: smallCount(t, "not proactive"), Emergency: smallCount(t, "emergency"),
		EmergencySerious: smallCount(t, "serious"), Falsified: smallCount(t, "falsified"), Shirking: smallCount(t, "shirking"),
		ImproperEscalation: smallCount(t, "improper"),
	}
}

func anyDisposal(t *rapid.T) scoring.Disposal {
	return scoring.Disposal{
		OnTime: rapid.IntRange(0, 90).Draw(t, "on time"), Extended: smallCount(t, "extended"), Overdue: smallCount(t, "overdue"),
		Constrained: smallCount(t, "constrained"), Rework: smallCount(t, "rework"), OverdueOpen: smallCount(t, "overdue open"),
		Open: smallCount(t, "open"), InGrid: rapid.IntRange(0, 100).Draw(t, "in grid"),
	}
}

// smallCount is 0 half of the time, so that whole clauses can be without fault.
func smallCount(t *rapid.T, label string) int { return max(0, rapid.IntRange(-4, 4).Draw(t, label)) }

// usually is all of what is due, most of the time.
func usually(t *rapid.T, due int) int {
	return max(0, due-max(0, rapid.IntRange(-9, 1).Draw(t, "missed")))
}

func dateIn(t *rapid.T, label string, from, to calendar.Date) calendar.Date {
	return calendar.Date(rapid.Int32Range(int32(from), int32(to)).Draw(t, label))
}

// anyRules draws a rulebook with any policies.
var anyRules = rapid.Custom(func(t *rapid.T) *scoring.Rulebook {
	rules := scoring.Default()
	p := &rules.Policies
	p.DistanceScope = rapid.SampledFrom([]scoring.DistanceScope{scoring.ScopeMonth, scoring.ScopeWeek, scoring.ScopeDay}).Draw(t, "scope")
	p.CoveragePoints.Decimal = dec(rapid.SampledFrom([]string{"0", "2.5"}).Draw(t, "coverage points"))
	p.HoursPoints.Decimal = dec(rapid.SampledFrom([]string{"0", "1.5"}).Draw(t, "hours points"))
	p.VisitStandards = rapid.SliceOfDistinct(rapid.SampledFrom(p.VisitStandards), rapid.ID).Draw(t, "standards")
	p.ProrateWeeks = rapid.Bool().Draw(t, "prorate")
	if rapid.Bool().Draw(t, "floor") {
		p.TotalFloor = scoring.Floor{Set: true, Total: dec("42")}
	}
	return rules
})
