package bot

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
)

// Deductions are told before their section's bound. Where they come to more than
// the section has, a card must say so, or its lines would not add up.

// pointsOf sums a section's deductions, before its bound. Falsified reports are
// left out: no bound holds for them (上不封顶).
func pointsOf(those []scoring.Deduction, id scoring.Section) decimal.Decimal {
	var sum decimal.Decimal
	for _, d := range those {
		if d.Clause.Section() == id && d.Clause != scoring.ClauseFalsified {
			sum = sum.Add(d.Points.Decimal)
		}
	}
	return sum
}

// sectionBound says that a section stops at 0, where its deductions exceed it.
func sectionBound(s scoring.SectionScore, incurred []scoring.Deduction) []card.Block {
	lost := pointsOf(incurred, s.ID)
	if !lost.GreaterThan(s.Full.Decimal) {
		return nil
	}
	words := fmt.Sprintf("%s：本部分最多扣 %s 分，各项合计 %s 分，扣到 0 分为止", sectionNames[s.ID], points(s.Full), lost)
	for _, d := range incurred {
		if d.Clause == scoring.ClauseFalsified && s.ID == scoring.Reporting {
			words += "；弄虚作假的 " + points(d.Points) + " 分另扣"
		}
	}
	return []card.Block{card.Note(words)}
}

// riskBound says how much of what a section risks can still be taken, where that
// is less than its lines come to.
func riskBound(s scoring.SectionScore, risked decimal.Decimal) []card.Block {
	left := s.Score.Sub(s.Floor.Decimal)
	if !risked.GreaterThan(left) {
		return nil
	}
	words := fmt.Sprintf("最多再扣 %s 分", left)
	if left.IsZero() {
		words = "不会再扣"
	}
	return []card.Block{card.Note(fmt.Sprintf("%s：本部分最多扣 %s 分，这里的 %s 分%s", sectionNames[s.ID], points(s.Full), risked, words))}
}
