package bot

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// opening is a standard that is not met and still can be.
type opening struct {
	*scoring.Standard
	window calendar.Period
	saves  decimal.Decimal // points at risk for the clause; 0: it costs nothing, or nothing more
}

// openStandards lists what of a result is open and not met: most points first,
// then the least time left.
func openStandards(r *scoring.Result) []opening {
	var open []opening
	for i := range r.Standards {
		if s := &r.Standards[i]; s.Open && !s.Met {
			open = append(open, opening{s, windowOf(s), atRisk(r, s.Clause)})
		}
	}
	slices.SortStableFunc(open, func(a, b opening) int {
		return cmp.Or(b.saves.Cmp(a.saves), cmp.Compare(a.last(), b.last()))
	})
	return open
}

func windowOf(s *scoring.Standard) calendar.Period {
	if month, err := calendar.ParseMonth(s.Window); err == nil {
		return calendar.Period{Span: calendar.SpanMonth, First: month.First()}
	}
	day, _ := calendar.ParseDate(s.Window) // scoring writes nothing else
	return calendar.PeriodOf(s.Span, day)
}

// last is the last day on which the standard can be met. What must be ready for
// a special period must be so before its first day.
func (o opening) last() calendar.Date {
	switch o.Clause {
	case scoring.ClauseRoster, scoring.ClausePlan, scoring.ClauseResponsible:
		return o.window.First - 1
	}
	return o.window.Last()
}

func atRisk(r *scoring.Result, c scoring.Clause) decimal.Decimal {
	for _, d := range r.Deductions {
		if d.Clause == c && d.State == scoring.AtRisk {
			return d.Points.Decimal
		}
	}
	return decimal.Zero
}

// until says until when: 今天之内, 本周日（11月29日）前, 11月30日前. A day that is
// over is open only for want of its data.
func until(last calendar.Date, now time.Time) string {
	today := calendar.DateOf(now)
	switch {
	case last < today:
		return "等 " + dayName(last) + " 的数据"
	case last == today:
		return "今天之内"
	case last == today.Sunday():
		return "本周日（" + dayName(last) + "）前"
	}
	return dayName(last) + "前"
}

// riskUntil says until when the points at risk of a clause can be saved.
func riskUntil(r *scoring.Result, c scoring.Clause, now time.Time) string {
	last := r.Month.Last()
	for _, o := range openStandards(r) {
		if o.Clause == c {
			last = min(last, o.last())
		}
	}
	return until(last, now)
}
