package scoring

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Evaluate judges a grid's month by the rulebook. Its error is a [*FieldError]:
// the facts are not valid, or AsOf lies before the month.
//
// It reads no clock and changes nothing: the same facts always give the same
// result, in whatever order their days are listed.
func Evaluate(rules *Rulebook, facts *Facts) (*Result, error) {
	if err := facts.Validate(); err != nil {
		return nil, err
	}
	m := newGridMonth(rules, facts)
	r := &Result{
		GridID: facts.GridID, Month: facts.Month, AsOf: facts.AsOf,
		Closed:     m.closed(facts.AsOf),
		Deductions: make([]Deduction, 0, 8), // room for what usually goes wrong
		Bonuses:    []Bonus{},
		Undecided:  m.undecided(),
	}
	r.Complete = len(r.Undecided) == 0

	balances := map[Section]*balance{}
	for i := range clauseTable {
		row := &clauseTable[i]
		if balances[row.section] == nil {
			balances[row.section] = &balance{}
		}
		if v, ok := m.judge(row); ok {
			r.record(row, row.text(&rules.clauses).Words, v)
			balances[row.section].take(v)
		}
	}
	r.Standards = slices.Clone(m.standards) // results are kept: without the room to grow
	r.total(rules, balances)
	return r, nil
}

// judge applies a clause, unless its facts have not come for any day of the month.
func (m *gridMonth) judge(row *clauseRow) (v verdict, ok bool) {
	today := m.facts.AsOf
	if row.group != "" {
		today = m.today(row.group)
	}
	if row.judge == nil || today < m.first {
		return verdict{}, false
	}
	return row.judge(m, today), true
}

// undecided lists the groups whose own date is behind what the month needs.
func (m *gridMonth) undecided() []Undecided {
	late := []Undecided{}
	for _, g := range Groups {
		if m.today(g) < min(m.facts.AsOf, m.next) {
			late = append(late, Undecided{Group: g, Through: m.facts.Through[g]})
		}
	}
	return late
}

// record lists a clause's deductions or bonus.
func (r *Result) record(row *clauseRow, words string, v verdict) {
	if row.section == BonusPart {
		if v.incurred.points.IsPositive() {
			r.Bonuses = append(r.Bonuses, Bonus{row.id, v.incurred.count, Points{v.incurred.points}})
		}
		return
	}
	for _, one := range []struct {
		state State
		charge
	}{{Incurred, v.incurred}, {AtRisk, v.atRisk}} {
		if one.points.IsPositive() {
			r.Deductions = append(r.Deductions, Deduction{
				Clause: row.id, State: one.state, Count: one.count, Unit: v.unit,
				Points: Points{one.points}, Evidence: one.evidence, Basis: words,
			})
		}
	}
}

// balance is what the clauses of a section come to.
type balance struct {
	incurred, atRisk decimal.Decimal // together bounded by the section's full points
	unbounded        decimal.Decimal // taken after the bound
}

func (b *balance) take(v verdict) {
	bounded := &b.incurred
	if v.unbounded {
		bounded = &b.unbounded
	}
	*bounded = plus(*bounded, v.incurred.points)
	b.atRisk = plus(b.atRisk, v.atRisk.points)
}

// left returns what is left of full points after the deductions.
func (b *balance) left(full, deductions decimal.Decimal) Points {
	return Points{full.Sub(decimal.Min(full, deductions)).Sub(b.unbounded)}
}

// total fills in the sections and the two totals.
func (r *Result) total(rules *Rulebook, balances map[Section]*balance) {
	bonus := balances[BonusPart].incurred
	score, floor := bonus, bonus
	r.Sections = make([]SectionScore, 0, 5)
	for _, id := range []Section{Attendance, Patrol, Collection, Reporting, Closure} {
		b, full := balances[id], rules.Full(id)
		s := SectionScore{
			ID: id, Full: full,
			Score: b.left(full.Decimal, b.incurred),
			Floor: b.left(full.Decimal, b.incurred.Add(b.atRisk)),
		}
		r.Sections = append(r.Sections, s)
		score, floor = score.Add(s.Score.Decimal), floor.Add(s.Floor.Decimal)
	}
	r.Score, r.Floor = rules.Policies.atLeast(score), rules.Policies.atLeast(floor)
}

// atLeast applies the policy total_floor.
func (p *Policies) atLeast(total decimal.Decimal) Points {
	if !p.TotalFloor.Set {
		return Points{total}
	}
	return Points{decimal.Max(total, p.TotalFloor.Total.Round(2))}
}
