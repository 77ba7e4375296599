package scoring_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// A second computation of the totals, written from rules.md alone: slow, in
// hundredths of a point and fractions, clause after clause in the page's order.

func TestTotalsAgreeWithASecondComputation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, f := anyRules.Draw(t, "rules"), anyFacts.Draw(t, "facts")
		score, floor := reckon(rules.Policies, f)
		r := evaluate(t, rules, f)
		if !r.Score.Equal(decimal.New(score, -2)) || !r.Floor.Equal(decimal.New(floor, -2)) {
			t.Fatalf("score %s, floor %s; the second computation has %d and %d hundredths\n%q", r.Score, r.Floor, score, floor, charges(r))
		}
	})
}

// reckoning holds hundredths of a point by section, in the Measure's order.
type reckoning struct {
	*scoring.Facts
	policies       scoring.Policies
	first, last    calendar.Date
	incurred, risk [5]int64
	beyond, bonus  int64
}

const (
	attendance = iota
	patrol
	collection
	reporting
	closure
)

func reckon(p scoring.Policies, f *scoring.Facts) (score, floor int64) {
	c := &reckoning{Facts: f, policies: p, first: f.Month.First(), last: f.Month.Last()}
	c.meetings()
	c.distance()
	c.tracks()
	c.visits()
	c.watched()
	c.control()
	c.periods()
	c.collection()
	c.reports()
	c.closure()
	c.bonuses()
	for section, full := range []int64{500, 3000, 500, 3000, 3000} {
		score += full - min(full, c.incurred[section])
		floor += full - min(full, c.incurred[section]+c.risk[section])
	}
	score, floor = score-c.beyond+c.bonus, floor-c.beyond+c.bonus
	if p.TotalFloor.Set {
		lowest := hundredths(p.TotalFloor.Total.Rat())
		score, floor = max(score, lowest), max(floor, lowest)
	}
	return score, floor
}

// own is a group's own date; decided is false where it lies before the month.
func (c *reckoning) own(g scoring.Group) (today calendar.Date, decided bool) {
	today = c.AsOf
	if through, late := c.Through[g]; late && through+1 < today {
		today = through + 1
	}
	return today, today >= c.first
}

func (c *reckoning) closed(today calendar.Date) bool { return today > c.last }

func (c *reckoning) take(section int, points int64, atRisk bool) {
	if atRisk {
		c.risk[section] += points
	} else {
		c.incurred[section] += points
	}
}

// once takes points if something is incurred, or else if something is at risk.
func (c *reckoning) once(section int, points int64, incurred, atRisk bool) {
	if incurred || atRisk {
		c.take(section, points, !incurred)
	}
}

func (c *reckoning) on(d calendar.Date) scoring.Day {
	for _, day := range c.Days {
		if day.Date == d && d <= c.AsOf {
			return day
		}
	}
	return scoring.Day{}
}

func (c *reckoning) isDuty(d calendar.Date) bool { return slices.Contains(c.DutyDays, d) }

// weeks are the Mondays of the month's weeks that have begun and have a duty day.
func (c *reckoning) weeks(today calendar.Date) (mondays []calendar.Date) {
	for sunday := c.first; sunday <= c.last; sunday++ {
		monday := sunday - 6
		if sunday.Sunday() == sunday && monday <= today && c.dutyDaysOf(monday) > 0 {
			mondays = append(mondays, monday)
		}
	}
	return mondays
}

func (c *reckoning) dutyDaysOf(monday calendar.Date) (n int64) {
	for d := monday; d < monday+7; d++ {
		if c.isDuty(d) {
			n++
		}
	}
	return n
}

// fallsShort reports whether the figures of a week, up to today, sum to less
// than its minimum.
func (c *reckoning) fallsShort(monday, today calendar.Date, minimum int64, of func(scoring.Day) decimal.Decimal) bool {
	sum := new(big.Rat)
	for d := monday; d < monday+7 && d <= today; d++ {
		sum.Add(sum, of(c.on(d)).Rat())
	}
	required := big.NewRat(minimum, 1)
	if n := c.dutyDaysOf(monday); c.policies.ProrateWeeks && n < 5 {
		required.Mul(required, big.NewRat(n, 5))
	}
	return sum.Cmp(required) < 0
}

func (c *reckoning) meetings() {
	if _, decided := c.own(scoring.GroupMeetings); decided {
		c.take(attendance, 200*int64(c.Meetings.Absent)+100*int64(c.Meetings.Late), false)
	}
}

// hundredths rounds half away from zero.
func hundredths(points *big.Rat) int64 {
	n := new(big.Rat).Mul(points, big.NewRat(200, 1)) // in half hundredths
	whole := new(big.Int).Quo(n.Num(), n.Denom()).Int64()
	if whole < 0 {
		return (whole - 1) / 2
	}
	return (whole + 1) / 2
}

func TestHundredths(t *testing.T) {
	for _, c := range []struct{ num, den, want int64 }{
		{1, 200, 1}, {-1, 200, -1}, {1, 201, 0}, {-1, 201, 0}, {1, 3, 33}, {2, 3, 67}, {-5, 1, -500}, {3, 200, 2}, {0, 1, 0},
	} {
		if got := hundredths(big.NewRat(c.num, c.den)); got != c.want {
			t.Errorf("%d/%d is %d hundredths, want %d", c.num, c.den, got, c.want)
		}
	}
}
