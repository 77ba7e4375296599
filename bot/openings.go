package bot

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// opening is a standard that is not met and still can be.
type opening struct {
	*scoring.Standard
	window calendar.Period
	risk   decimal.Decimal // points that are lost unless it is met; 0: it costs nothing, or nothing more
	saves  decimal.Decimal // its own part of them, so that the parts add up to what the clause risks

	// with are the clause's other standards that must be met too before anything
	// is saved, as a day and its week under distance_scope month. The last of
	// them to close carries the points of all.
	with []calendar.Period
}

// openStandards lists what of a result is open and not met, of some clauses or of
// all: most points first, then the least time left.
func openStandards(r *scoring.Result, of ...scoring.Clause) []opening {
	var open []opening
	for i := range r.Standards {
		if s := &r.Standards[i]; s.Open && !s.Met && (len(of) == 0 || slices.Contains(of, s.Clause)) {
			open = append(open, opening{Standard: s, window: windowOf(s)})
		}
	}
	for _, d := range byState(r, scoring.AtRisk) {
		share(open, d)
	}
	slices.SortStableFunc(open, func(a, b opening) int {
		return cmp.Or(b.risk.Cmp(a.risk), cmp.Compare(a.last(), b.last()))
	})
	return open
}

// share gives each open standard its part of what its clause risks: its own
// where every case is charged, else all of it to the last one to close.
func share(open []opening, d scoring.Deduction) {
	var those []*opening
	for i := range open {
		if open[i].Clause == d.Clause {
			those = append(those, &open[i])
		}
	}
	if len(those) == 0 {
		return
	}
	if d.Count == len(those) && d.Unit.Mul(decimal.NewFromInt(int64(d.Count))).Equal(d.Points.Decimal) {
		for _, o := range those {
			o.risk, o.saves = d.Unit, d.Unit
		}
		return
	}
	carrier := slices.MaxFunc(those, func(a, b *opening) int { return cmp.Compare(a.last(), b.last()) })
	carrier.saves = d.Points.Decimal
	for _, o := range those {
		o.risk = d.Points.Decimal
		for _, other := range those {
			if other != o {
				o.with = append(o.with, other.window)
			}
		}
	}
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

// pointsWords says what a standard saves: 5 分; 连同今天 5 分 where that needs
// another one met too, whose own words are 与本周一起算. Empty where it costs nothing.
func (o opening) pointsWords(now time.Time) string {
	names := make([]string, len(o.with))
	for i, window := range o.with {
		names[i] = windowName(window, now)
	}
	others := strings.Join(names, "、")
	switch {
	case !o.risk.IsPositive():
		return ""
	case others == "":
		return o.saves.String() + " 分"
	case o.saves.IsPositive():
		return "连同" + others + " " + o.saves.String() + " 分"
	}
	return "与" + others + "一起算"
}

// riskUntil says until when the points at risk of a clause can be saved.
func riskUntil(r *scoring.Result, c scoring.Clause, now time.Time) string {
	last, both := r.Month.Last(), []string(nil)
	for _, o := range openStandards(r, c) {
		last = min(last, o.last())
		if len(o.with) > 0 {
			both = append(both, until(o.last(), now))
		}
	}
	if both = slices.Compact(both); len(both) > 1 && last >= calendar.DateOf(now) {
		return strings.Join(both, "、") + "都做到"
	}
	return until(last, now)
}
