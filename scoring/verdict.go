package scoring

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// verdict is what a clause costs now, and what it would cost if nothing more
// were done about what is open. For a bonus, incurred is what it earns.
type verdict struct {
	unit             decimal.Decimal
	incurred, atRisk charge
	unbounded        bool // taken after the section's bound (上不封顶)
}

// charge is a clause's points in one state, rounded, and what stands behind them.
type charge struct {
	count    int
	points   decimal.Decimal
	evidence []string
}

// found charges n cases that have been found, so much each. The evidence is a
// format for their number.
func found(unit Figure, n int, evidence string) verdict {
	if n == 0 {
		return verdict{}
	}
	return verdict{unit: unit.Decimal, incurred: charge{n, times(unit, n), []string{fmt.Sprintf(evidence, n)}}}
}

// times returns n times the points, rounded half away from zero.
func times(unit Figure, n int) decimal.Decimal {
	if n == 0 {
		return decimal.Decimal{} // as most clauses have it; saves the arithmetic
	}
	return unit.Mul(integer(n)).Round(2)
}

// gap is a standard that is not met.
type gap struct {
	window
	cases    int // how many cases it is: the missing records, persons, … or 1
	evidence string
}

// gaps are a clause's unmet standards.
type gaps []gap

// each charges every case, at risk as well as incurred.
func (g gaps) each(unit Figure) verdict {
	v := verdict{unit: unit.Decimal}
	for _, gap := range g {
		c := &v.incurred
		if gap.open {
			c = &v.atRisk
		}
		c.count += gap.cases
		c.evidence = append(c.evidence, gap.evidence)
	}
	v.incurred.points = times(unit, v.incurred.count)
	v.atRisk.points = times(unit, v.atRisk.count)
	return v
}

// once charges once, however many the cases; what is open adds nothing to what
// has been incurred.
func (g gaps) once(unit Figure) verdict {
	v := g.each(unit)
	switch {
	case v.incurred.count > 0:
		v.incurred.points, v.atRisk = times(unit, 1), charge{}
	case v.atRisk.count > 0:
		v.atRisk.points = times(unit, 1)
	}
	return v
}

// onceDecided charges once for what is decided, and nothing is ever at risk.
func (g gaps) onceDecided(unit Figure) verdict {
	v := g.once(unit)
	v.atRisk = charge{}
	return v
}

// onceAWeek charges each week that holds a gap once; what is open adds nothing
// to a week that is charged already.
func (g gaps) onceAWeek(unit Figure) verdict {
	var charged, risked []calendar.Date
	for _, gap := range g {
		if monday := gap.first.Monday(); !gap.open && !slices.Contains(charged, monday) {
			charged = append(charged, monday)
		}
	}
	for _, gap := range g {
		if monday := gap.first.Monday(); gap.open && !slices.Contains(charged, monday) && !slices.Contains(risked, monday) {
			risked = append(risked, monday)
		}
	}
	v := g.each(unit)
	v.incurred.points, v.atRisk.points = times(unit, len(charged)), times(unit, len(risked))
	return v
}

// stated charges something that is at risk while its window is open.
func stated(unit Figure, c charge, open bool) verdict {
	if open {
		return verdict{unit: unit.Decimal, atRisk: c}
	}
	return verdict{unit: unit.Decimal, incurred: c}
}

// Evidence is Chinese, one case each.

// onDay writes a date as 10月8日.
func onDay(d calendar.Date) string {
	_, month, day := d.UTC().Date()
	return strconv.Itoa(int(month)) + "月" + strconv.Itoa(day) + "日"
}

// inWeek names a week by its Monday: 10月5日那周.
func inWeek(monday calendar.Date) string { return onDay(monday) + "那周" }

// counted says what was done of what was due: 走访 72 条，应 90 条.
func counted(what string, done, due int, unit string) string {
	return fmt.Sprintf("%s %d %s，应 %d %s", what, done, unit, due, unit)
}
