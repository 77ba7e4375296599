package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// diff tells why a grid's score of a month is not what it was at a moment:
// clause by clause, and which records changed since, by whose import.
func (c *scoreCommand) diff(ctx context.Context, g *globals, h *house) error {
	then := c.Diff.Time
	before, err := h.store.PastFacts(ctx, c.Grid, c.Month, then)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("no grid %s at %s", c.Grid, then.In(calendar.Shanghai).Format(time.RFC3339))
	}
	if err != nil {
		return err
	}
	after, err := h.store.Facts(ctx, store.FactsQuery{Month: c.Month, At: g.now(), Grids: []string{c.Grid}})
	if err != nil {
		return err
	}
	if len(after) == 0 {
		return fmt.Errorf("no grid %s", c.Grid)
	}
	was, err := scoring.Evaluate(h.rules, before)
	if err != nil {
		return err
	}
	is, err := scoring.Evaluate(h.rules, after[0])
	if err != nil {
		return err
	}
	changes, err := h.store.ChangesSince(ctx, c.Grid, c.Month, then)
	if err != nil {
		return err
	}
	fmt.Fprintf(g.out, "%s %s：%s 时 %s 分，现在 %s 分\n", c.Grid, c.Month, minute(then), was.Score, is.Score)
	printClauses(g.out, was, is)
	printChanges(g.out, changes)
	return nil
}

// printClauses lists the clauses whose points are others now.
func printClauses(w io.Writer, was, is *scoring.Result) {
	before, after := clausePoints(was), clausePoints(is)
	changed := false
	for _, clause := range append(clausesOf(is), clausesOf(was)...) {
		if a, b := before[clause], after[clause]; !a.Equal(b) {
			fmt.Fprintf(w, "  %s：%s → %s\n", clause, signed(a), signed(b))
			changed = true
			after[clause] = a // once
		}
	}
	if !changed {
		fmt.Fprintln(w, "  各条款的得分没有变化")
	}
}

// clausePoints is what each clause takes away (below 0) or adds.
func clausePoints(r *scoring.Result) map[scoring.Clause]decimal.Decimal {
	points := map[scoring.Clause]decimal.Decimal{}
	for _, d := range r.Deductions {
		if d.State == scoring.Incurred {
			points[d.Clause] = points[d.Clause].Sub(d.Points.Decimal)
		}
	}
	for _, b := range r.Bonuses {
		points[b.Clause] = points[b.Clause].Add(b.Points.Decimal)
	}
	return points
}

// clausesOf lists the clauses of the result in its order.
func clausesOf(r *scoring.Result) []scoring.Clause {
	var clauses []scoring.Clause
	for _, d := range r.Deductions {
		clauses = append(clauses, d.Clause)
	}
	for _, b := range r.Bonuses {
		clauses = append(clauses, b.Clause)
	}
	return clauses
}

func signed(points decimal.Decimal) string {
	switch {
	case points.IsNegative():
		return "扣 " + points.Neg().String() + " 分"
	case points.IsPositive():
		return "加 " + points.String() + " 分"
	}
	return "不扣不加"
}

func printChanges(w io.Writer, changes []store.RecordChange) {
	if len(changes) == 0 {
		fmt.Fprintln(w, "这以后没有改过这个网格当月的记录；分数的变化来自时间：期限到了，或数据齐到了后面的日子")
		return
	}
	fmt.Fprintf(w, "这以后改过的记录（%d 条）：\n", len(changes))
	for _, c := range changes {
		fmt.Fprintf(w, "  %s %s %s（第 %d 次导入，%s，%s）\n", c.What, c.Sheet, c.Key, c.Import, minute(c.At), orUnknown(c.By))
	}
}
