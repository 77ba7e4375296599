package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/store"
)

// deductionsAnswer is every deduction of a month with its evidence, by section.
func (a *Assistant) deductionsAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	month, instead, err := a.judge(ctx, q, g)
	if err != nil {
		return card.Card{}, err
	} else if instead != nil {
		return *instead, nil
	}
	c := card.Card{Title: "扣分明细", Subtitle: joined(g.Name, q.monthName())}
	incurred := byState(month.Result, scoring.Incurred)
	if len(incurred) == 0 {
		c = c.Add(card.Text{Content: q.nothingDeducted(month.Result)})
	} else {
		c = c.Add(q.deducted(month.Result, len(incurred)))
	}
	for _, section := range month.Sections {
		c = c.Add(sectionBlocks(q, section, incurred)...)
	}
	if len(incurred) == 0 && month.Complete {
		c.Tone = card.Good
	}
	c = c.Add(riskBlocks(q, month.Result, month.reach)...)
	return c.Add(standNote(q, month.Result, month.reach), card.Note("觉得哪一项不对，记下日期和条款告诉"+a.Contact+"，更正后会自动重算。"),
		q.afterDeductions()), nil
}

func (q *asking) afterDeductions() card.Buttons {
	if q.right.group {
		return card.Buttons{q.button("私信看明细", true, ask.Deductions)}
	}
	return card.Buttons{
		q.button("看分数", true, ask.ScoreOfGrid),
		q.turning("上月", func(a *action) { a.Period = monthPeriod(q.month() - 1).String() }),
	}
}

func (q *asking) nothingDeducted(r *scoring.Result) string {
	if !r.Complete {
		return "已到的数据里" + q.monthName() + "没有扣分。"
	}
	return q.monthName() + "没有扣分，保持得很好。"
}

// deducted is what all deductions come to.
func (q *asking) deducted(r *scoring.Result, clauses int) card.Figures {
	var total decimal.Decimal
	for _, s := range r.Sections {
		total = total.Add(s.Full.Sub(s.Score.Decimal))
	}
	return card.Figures{
		{Value: total.String(), Unit: "分", Label: q.monthName() + "已扣"},
		{Value: strconv.Itoa(clauses), Unit: "项", Label: "条款"},
	}
}

// sectionBlocks folds a section's deductions under one line.
func sectionBlocks(q asking, section scoring.SectionScore, incurred []scoring.Deduction) []card.Block {
	var blocks []card.Block
	for _, d := range incurred {
		if d.Clause.Section() != section.ID {
			continue
		}
		blocks = append(blocks, deductionBlock(q, d)...)
	}
	if len(blocks) == 0 {
		return nil
	}
	taken := section.Full.Sub(section.Score.Decimal)
	blocks = append(blocks, sectionBound(section, incurred)...)
	title := fmt.Sprintf("%s 扣 %s 分", sectionNames[section.ID], taken)
	if q.right.group {
		return []card.Block{card.Text{Content: title}}
	}
	return []card.Block{card.Fold{Title: title, Open: len(incurred) <= fewDeductions, Blocks: blocks}}
}

// deductionBlock is one deduction: what, how often, the evidence, the Measure's words.
func deductionBlock(q asking, d scoring.Deduction) []card.Block {
	return []card.Block{
		card.Text{Strong: q.title(d.Clause), Content: timesWords(d)},
		evidence(d),
		card.Note("依据：" + d.Basis),
	}
}

const (
	fewDeductions = 5  // up to so many clauses lie open, more are folded by section
	shownEvidence = 31 // how many cases of one deduction a card lists: every day of a month
)

func evidence(d scoring.Deduction) card.List {
	return card.List{Items: d.Evidence[:min(len(d.Evidence), shownEvidence)], More: max(0, len(d.Evidence)-shownEvidence)}
}

func (q *asking) title(c scoring.Clause) string { return q.rules.Title(c) }

// timesWords is 2 条 × 0.5 分，扣 1 分; or once for everything: 扣 5 分.
func timesWords(d scoring.Deduction) string {
	total := points(d.Points)
	if d.Count > 1 && d.Unit.Mul(decimal.NewFromInt(int64(d.Count))).Equal(d.Points.Decimal) {
		unit := units[d.Clause]
		if unit == "" {
			unit = "次"
		}
		return fmt.Sprintf("%d %s × %s 分，扣 %s 分", d.Count, unit, d.Unit, total)
	}
	return "扣 " + total + " 分"
}

// deductionBlocks is the short list on the score's card, with its evidence folded.
func deductionBlocks(q asking, r *scoring.Result, sees sight) []card.Block {
	incurred := byState(r, scoring.Incurred)
	if len(incurred) == 0 {
		return []card.Block{card.Text{Content: q.nothingDeducted(r)}}
	}
	if sees < seesRecords {
		return []card.Block{card.Text{Content: fmt.Sprintf("有 %d 项扣分，明细私信看。", len(incurred))}}
	}
	blocks := []card.Block{card.Text{Strong: fmt.Sprintf("扣分 %d 项", len(incurred)), Content: "点开看依据"}}
	for _, d := range incurred {
		blocks = append(blocks, card.Fold{
			Title:  q.title(d.Clause) + " " + timesWords(d),
			Blocks: []card.Block{evidence(d), card.Note("依据：" + d.Basis)},
		})
	}
	for _, s := range r.Sections {
		blocks = append(blocks, sectionBound(s, incurred)...)
	}
	return blocks
}

// riskBlocks is what is at risk, how much and until when.
func riskBlocks(q asking, r *scoring.Result, reach reach) []card.Block {
	risks := byState(r, scoring.AtRisk)
	if len(risks) == 0 {
		return nil
	}
	slices.SortStableFunc(risks, func(a, b scoring.Deduction) int { return b.Points.Cmp(a.Points.Decimal) })
	var items card.Details
	for _, d := range risks {
		items = append(items, card.Detail{
			Line:   fmt.Sprintf("%s %s 分，%s", q.title(d.Clause), points(d.Points), riskUntil(r, d.Clause, q.now)),
			Behind: strings.Join(riskEvidence(r, d, reach), "，"),
		})
	}
	lead := "不处理会降到 " + points(r.Floor) + " 分，都还来得及："
	if r.Closed {
		lead = "要等数据到齐才能定："
	}
	risk := "可能再扣 " + r.Score.Sub(r.Floor.Decimal).String() + " 分"
	if q.right.group && q.Meaning == ask.Deductions {
		return []card.Block{card.Fold{Title: fmt.Sprintf("%s（%d 项）", risk, len(risks)), Blocks: []card.Block{card.Text{Content: lead}, items}}}
	}
	blocks := []card.Block{card.Text{Strong: risk, Content: lead}, items}
	for _, s := range r.Sections {
		blocks = append(blocks, riskBound(s, pointsOf(risks, s.ID))...)
	}
	return blocks
}

// riskEvidence is what stands behind points at risk. Scoring gives a piece for
// each open standard in turn; one whose data have not come says so, not zero.
func riskEvidence(r *scoring.Result, d scoring.Deduction, reach reach) []string {
	evidence, i := slices.Clone(d.Evidence), 0
	for k := range r.Standards {
		s := &r.Standards[k]
		if s.Clause != d.Clause || !s.Open || s.Met {
			continue
		}
		if i < len(evidence) && reach.awaits(opening{Standard: s, window: windowOf(s)}) {
			evidence[i] = reach.awaited(opening{Standard: s, window: windowOf(s)})
		}
		i++
	}
	return slices.Compact(evidence)
}

func byState(r *scoring.Result, state scoring.State) []scoring.Deduction {
	var those []scoring.Deduction
	for _, d := range r.Deductions {
		if d.State == state {
			those = append(those, d)
		}
	}
	return those
}

// bonusText is 加分 +3：区级录用 1 件 +3; nothing where there is none.
func (q *asking) bonusText(r *scoring.Result) card.Text {
	var parts []string
	var sum decimal.Decimal
	for _, b := range r.Bonuses {
		sum = sum.Add(b.Points.Decimal)
		parts = append(parts, fmt.Sprintf("%s %s", q.title(b.Clause), signed(b.Points.Decimal)))
	}
	if len(parts) == 0 {
		return card.Text{}
	}
	return card.Text{Strong: "加分 " + signed(sum), Content: strings.Join(parts, "，")}
}
