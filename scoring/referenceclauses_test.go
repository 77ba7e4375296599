package scoring_test

import (
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

func (c *reckoning) distance() {
	today, decided := c.own(scoring.GroupKm)
	if !decided {
		return
	}
	shortDays, shortWeeks := map[calendar.Date]bool{}, map[calendar.Date]bool{} // both by Monday or day
	daysOfWeek := map[calendar.Date]bool{}                                      // Mondays of weeks with a past short day
	todayShort, thisWeekShort := false, false
	for d := c.first; d <= c.last && d <= today; d++ {
		if !c.isDuty(d) || c.on(d).Km.GreaterThanOrEqual(decimal.NewFromInt(1)) {
			continue
		}
		if d == today {
			todayShort = true
			continue
		}
		shortDays[d], daysOfWeek[d.Monday()] = true, true
	}
	for _, monday := range c.weeks(today) {
		if c.fallsShort(monday, today, 8, func(d scoring.Day) decimal.Decimal { return d.Km }) {
			if monday+6 < today {
				shortWeeks[monday] = true
			} else {
				thisWeekShort = true
			}
		}
	}
	switch c.policies.DistanceScope {
	case scoring.ScopeMonth:
		c.once(patrol, 500, len(shortDays)+len(shortWeeks) > 0, todayShort || thisWeekShort)
	case scoring.ScopeWeek:
		for monday := range shortWeeks {
			daysOfWeek[monday] = true
		}
		c.take(patrol, 500*int64(len(daysOfWeek)), false)
		if (todayShort || thisWeekShort) && !daysOfWeek[today.Monday()] {
			c.take(patrol, 500, true)
		}
	case scoring.ScopeDay:
		c.take(patrol, 500*int64(len(shortDays)+len(shortWeeks)), false)
		if todayShort {
			c.take(patrol, 500, true)
		}
		if thisWeekShort {
			c.take(patrol, 500, true)
		}
	}
}

// tracks are coverage and hours: penalties only by policy, never at risk.
func (c *reckoning) tracks() {
	uncovered, idle := false, false
	today, decided := c.own(scoring.GroupKm)
	for d := c.first; decided && d <= c.last && d < today; d++ {
		share := c.on(d).Coverage
		uncovered = uncovered || c.isDuty(d) && share != nil && share.LessThan(c.policies.CoverageMin.Decimal)
	}
	today, decided = c.own(scoring.GroupHours)
	for d := c.first; decided && d <= c.last && d < today; d++ {
		idle = idle || c.isDuty(d) && c.on(d).MemberHours.LessThan(dec("1.5"))
	}
	for _, monday := range c.weeks(today) {
		ended := decided && monday+6 < today
		idle = idle || ended && c.fallsShort(monday, today, 18, func(d scoring.Day) decimal.Decimal { return d.ChiefHours })
		idle = idle || ended && c.fallsShort(monday, today, 18, func(d scoring.Day) decimal.Decimal { return d.MemberHours })
	}
	c.once(patrol, hundredths(c.policies.CoveragePoints.Rat()), uncovered, false)
	c.once(patrol, hundredths(c.policies.HoursPoints.Rat()), idle, false)
}

// visited counts the month's visits up to the group's own date.
func (c *reckoning) visited() (n int) {
	today, _ := c.own(scoring.GroupVisits)
	for d := c.first; d <= c.last && d <= today; d++ {
		n += c.on(d).ChiefVisits + c.on(d).MemberVisits
	}
	return n
}

func (c *reckoning) visits() {
	if today, decided := c.own(scoring.GroupVisits); decided && c.visited() < 90 {
		c.take(patrol, 500, !c.closed(today))
	}
}

func (c *reckoning) watched() {
	penal := func(s scoring.VisitStandard) bool { return slices.Contains(c.policies.VisitStandards, s) }
	if today, decided := c.own(scoring.GroupKeyPersons); decided && penal(scoring.StandardKeyPersons) {
		incurred, atRisk := false, false
		for _, monday := range c.weeks(today) {
			for _, w := range c.KeyPersons {
				if w.Week == monday && w.Visited < w.Due {
					incurred, atRisk = incurred || monday+6 < today, atRisk || monday+6 >= today
				}
			}
		}
		c.once(patrol, 300, incurred, atRisk)
	}
	if today, decided := c.own(scoring.GroupSpecialPersons); decided && penal(scoring.StandardSpecialPersons) {
		short := c.SpecialPersons.Visited < c.SpecialPersons.Due
		c.once(patrol, 300, short && c.closed(today), short)
	}
	if today, decided := c.own(scoring.GroupHazardSites); decided && penal(scoring.StandardHazardSites) {
		incurred, atRisk := false, false
		for d := c.first; d <= c.last && d <= today; d++ {
			if day := c.on(d); day.HazardSitesVisited < day.HazardSitesDue && !slices.Contains(c.ExemptDays, d) {
				incurred, atRisk = incurred || d < today, atRisk || d == today
			}
		}
		c.once(patrol, 300, incurred, atRisk)
	}
}

func (c *reckoning) control() {
	c.take(patrol, 200*int64(c.Control.Unlisted)+300*int64(c.Findings.LostControl), false)
	if today, decided := c.own(scoring.GroupControl); decided {
		c.take(patrol, 200*int64(c.Control.WithoutArchive)+100*int64(c.Control.WithoutRecord), !c.closed(today))
	}
}

func (c *reckoning) periods() {
	today, decided := c.own(scoring.GroupPeriods)
	for _, p := range c.SpecialPeriods {
		if !decided || p.Start.Month() != c.Month || p.StabilityPersons == 0 {
			continue
		}
		for _, ready := range []bool{p.Roster, p.Plan, p.Responsible} {
			if !ready {
				c.take(patrol, 200, p.Start > today)
			}
		}
	}
}

func (c *reckoning) collection() {
	today, decided := c.own(scoring.GroupHouseholds)
	if !decided || c.Households.Total == 0 {
		return
	}
	target := big.NewRat(int64(c.Households.Total), 10)
	done := big.NewRat(int64(min(c.Households.Collected, c.Households.Entered, c.Households.Complete)), 1)
	unfinished := new(big.Rat).Sub(big.NewRat(1, 1), new(big.Rat).Quo(done, target))
	if unfinished.Sign() > 0 {
		c.take(collection, hundredths(new(big.Rat).Mul(unfinished, big.NewRat(5, 1))), !c.closed(today))
	}
}

// reportsOf counts the valid reports of a day.
func (c *reckoning) reportsOf(d calendar.Date) (n int) {
	for _, category := range scoring.Categories {
		n += c.on(d).Reports[category]
	}
	return n
}

func (c *reckoning) reports() {
	f := c.Findings
	c.take(reporting, 200*int64(f.NotProactive)+300*int64(f.Emergency)+1000*int64(f.EmergencySerious)+300*int64(f.Shirking/2), false)
	c.beyond = 500 * int64(f.Falsified)
	today, decided := c.own(scoring.GroupReports)
	for d := c.first; decided && d <= c.last && d <= today; d++ {
		if c.isDuty(d) {
			c.take(reporting, 50*int64(max(0, 4-c.reportsOf(d))), d == today)
		}
	}
}

func (c *reckoning) closure() {
	c.take(closure, 300*int64(c.Findings.ImproperEscalation), false)
	today, decided := c.own(scoring.GroupDisposal)
	if !decided {
		return
	}
	now := rateCost(c.Disposal)
	c.take(closure, now, false)
	if !c.closed(today) {
		then := c.Disposal
		then.OverdueOpen += then.Open
		c.take(closure, max(0, rateCost(then)-now), true)
	}
}

func rateCost(d scoring.Disposal) int64 {
	due := int64(d.OnTime + d.Extended + d.Overdue + d.Constrained + d.OverdueOpen)
	if due == 0 {
		return 0
	}
	tenths := 10*d.OnTime + 8*d.Extended + 6*d.Overdue + 7*d.Constrained - 3*d.Rework - 6*d.OverdueOpen
	earned := big.NewRat(int64(tenths)*30, due*10)
	return max(0, min(3000, hundredths(new(big.Rat).Sub(big.NewRat(30, 1), earned))))
}

func (c *reckoning) bonuses() {
	c.bonus = 300 * int64(c.Adopted)
	d := c.Disposal
	due := d.OnTime + d.Extended + d.Overdue + d.Constrained + d.OverdueOpen
	if today, _ := c.own(scoring.GroupDisposal); c.closed(today) && due > 0 && d.InGrid >= due {
		c.bonus += 100
	}
	records := c.visited()
	today, _ := c.own(scoring.GroupReports)
	for d := c.first; d <= c.last && d <= today; d++ {
		records += c.reportsOf(d)
	}
	c.bonus += 100 * int64(max(0, records-180)/100)
}
