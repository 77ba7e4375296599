package bot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
)

// savedBy is what the lines of the shortfall come to, and what to say where a
// section's bound takes less than its lines. Points that wait for the data of a
// past day are nobody's to save, and in no line.
func savedBy(r *scoring.Result, parts []stretch) (decimal.Decimal, []card.Block) {
	lines := map[scoring.Section]decimal.Decimal{scoring.Closure: atRisk(r, scoring.ClauseClosureRate)}
	for _, p := range parts {
		for _, o := range slices.Concat(p.open, p.late) {
			section := o.Clause.Section()
			lines[section] = lines[section].Add(o.saves)
		}
	}
	var saved decimal.Decimal
	var bounds []card.Block
	for _, s := range r.Sections {
		saved = saved.Add(decimal.Min(lines[s.ID], s.Score.Sub(s.Floor.Decimal)))
		bounds = append(bounds, riskBound(s, lines[s.ID])...)
	}
	return saved, bounds
}

// firstThing is what to do first: what saves most, and of that what is due soonest.
func firstThing(q asking, r *scoring.Result, parts []stretch) []card.Block {
	var best []opening // one standard, or those that save points only together
	for _, p := range parts {
		for _, o := range p.open {
			o.risk = decimal.Min(o.risk, left(r, o.Clause))
			switch {
			case len(best) == 0 && o.risk.IsPositive(), len(best) > 0 && o.risk.GreaterThan(best[0].risk):
				best = []opening{o}
			case len(best) > 0 && o.Clause == best[0].Clause && len(o.with) > 0:
				best = append(best, o)
			}
		}
	}
	rate := decimal.Min(atRisk(r, scoring.ClauseClosureRate), left(r, scoring.ClauseClosureRate))
	if rate.IsPositive() && (len(best) == 0 || rate.GreaterThan(best[0].risk)) {
		return []card.Block{card.Text{Strong: "先做", Content: "处置本月到期的事项，保住 " + rate.String() + " 分，" + until(r.Month.Last(), q.now)}}
	}
	switch len(best) {
	case 0:
		return nil
	case 1:
		return []card.Block{card.Text{Strong: "先做", Content: alone(q, best[0])}}
	}
	return []card.Block{card.Text{Strong: "先做", Content: together(q, best)}}
}

// left is what the bound of a clause's section still lets be taken.
func left(r *scoring.Result, c scoring.Clause) decimal.Decimal {
	for _, s := range r.Sections {
		if s.ID == c.Section() {
			return s.Score.Sub(s.Floor.Decimal)
		}
	}
	return decimal.Zero
}

// alone is one standard that saves points: 上报还差 2 条，保住 1 分，今天之内.
func alone(q asking, o opening) string {
	saves := fmt.Sprintf("保住 %s 分", o.risk)
	if len(o.with) > 0 {
		saves = o.pointsWords(q.now)
	}
	return fmt.Sprintf("%s还差 %s，%s，%s", openName(o), amount(o.Clause, o.Missing()), saves, until(o.last(), q.now))
}

// together are standards that save points only if all are met: 里程今天还差 0.4
// 公里，本周还差 7.4 公里，都做到才能保住 5 分.
func together(q asking, those []opening) string {
	lacks := make([]string, len(those))
	for i, o := range those {
		lacks[i] = windowName(o.window, q.now) + "还差 " + amount(o.Clause, o.Missing())
	}
	return fmt.Sprintf("%s%s，都做到才能保住 %s 分", openNames[those[0].Clause], strings.Join(lacks, "，"), those[0].risk)
}
