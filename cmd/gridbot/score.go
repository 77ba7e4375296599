package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

type scoreCommand struct {
	Facts    string         `help:"Facts documents, one or a line each; - reads standard input. No database is used." placeholder:"FILE|-"`
	Rulebook string         `help:"Another street's rulebook (YAML)." type:"path" placeholder:"FILE"`
	Month    calendar.Month `help:"Score this month from the database, 2026-10." placeholder:"MONTH"`
	Grid     string         `help:"Only this grid." placeholder:"ID"`
	Diff     Moment         `help:"Say why the grid's score is not what it was at this moment, RFC 3339." placeholder:"TIME"`
	Format   string         `enum:"table,json" default:"table" help:"table (the default) or json."`
}

func (c *scoreCommand) Run(ctx context.Context, g *globals) error {
	switch {
	case !c.Diff.IsZero() && (c.Month.IsZero() || c.Grid == ""):
		return usageError("score: --diff needs --month and --grid")
	case c.Facts != "" && c.Month.IsZero():
		return c.documents(g)
	case c.Facts == "" && !c.Month.IsZero():
		return c.month(ctx, g)
	}
	return usageError("score: give either --facts or --month")
}

// documents scores a stream of facts documents, one result a line, in order. It
// stops at the first bad one; the results before it are printed.
func (c *scoreCommand) documents(g *globals) error {
	rules, err := openRulebook(c.Rulebook)
	if err != nil {
		return err
	}
	in := g.in
	if c.Facts != "-" {
		file, err := os.Open(c.Facts)
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	out := bufio.NewWriter(g.out)
	err = score(rules, in, out)
	return errors.Join(err, out.Flush())
}

func score(rules *scoring.Rulebook, in io.Reader, out io.Writer) error {
	documents, results := scoring.NewDecoder(in), json.NewEncoder(out)
	results.SetEscapeHTML(false)
	for {
		facts, err := documents.Decode()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		result, err := scoring.Evaluate(rules, facts)
		if err != nil {
			return err
		}
		if err := results.Encode(result); err != nil {
			return fmt.Errorf("score: write the result of %s: %w", facts.GridID, err)
		}
	}
}

// month scores a month of all grids, or of one, from the database.
func (c *scoreCommand) month(ctx context.Context, g *globals) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	if c.Rulebook != "" {
		if house.rules, err = openRulebook(c.Rulebook); err != nil {
			return err
		}
	}
	switch {
	case !c.Diff.IsZero():
		return c.diff(ctx, g, house)
	case c.Format == "json":
		return c.printDocuments(ctx, g, house)
	}
	return c.printScores(ctx, g, house)
}

// printDocuments prints the results of the facts as they are, one a line.
func (c *scoreCommand) printDocuments(ctx context.Context, g *globals, h *house) error {
	query := store.FactsQuery{Month: c.Month, At: g.now()}
	if c.Grid != "" {
		query.Grids = []string{c.Grid}
	}
	facts, err := h.store.Facts(ctx, query)
	if err != nil {
		return err
	}
	if len(facts) == 0 && c.Grid != "" {
		return fmt.Errorf("no grid %s", c.Grid)
	}
	var results []*scoring.Result
	for _, f := range facts {
		result, err := scoring.Evaluate(h.rules, f)
		if err != nil {
			return fmt.Errorf("score %s of %s: %w", f.GridID, f.Month, err)
		}
		results = append(results, result)
	}
	return printResults(g.out, results)
}

// printScores prints for people: what the chat would say, which withholds what
// was never recorded.
func (c *scoreCommand) printScores(ctx context.Context, g *globals, h *house) error {
	assistant, err := h.newAssistant(nil, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if c.Grid == "" {
		results, err := assistant.Scores.All(ctx, c.Month, g.now())
		if err != nil {
			return err
		}
		return printTable(g.out, results)
	}
	scores, err := assistant.Scores.View(ctx, g.now())
	if err != nil {
		return err
	}
	result, err := scores.Of(ctx, c.Grid, c.Month)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("no grid %s", c.Grid)
	}
	if err != nil {
		return err
	}
	return printTable(g.out, []*scoring.Result{result})
}

func printResults(w io.Writer, results []*scoring.Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, r := range results {
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// printTable prints a line a grid, and under a single grid what was deducted.
func printTable(w io.Writer, results []*scoring.Result) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "grid\tmonth\tscore\tfloor\tattendance\tpatrol\tcollection\treporting\tclosure\tbonus\tlate data")
	for _, r := range results {
		score, floor := r.Score.StringFixed(2), r.Floor.StringFixed(2)
		if bot.Undetermined(r) {
			score, floor = "待定", "待定" // a section has no data at all: no total means anything
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s", r.GridID, r.Month, score, floor)
		for _, s := range r.Sections {
			fmt.Fprintf(table, "\t%s", s.Score.StringFixed(2))
		}
		fmt.Fprintf(table, "\t%s\t%s\n", bonus(r).StringFixed(2), lateData(r))
	}
	if err := table.Flush(); err != nil || len(results) != 1 {
		return err
	}
	for _, d := range results[0].Deductions {
		fmt.Fprintf(w, "  −%s  %s (%s, %d)  %s\n      %s\n", d.Points.StringFixed(2), d.Clause, d.State, d.Count,
			strings.Join(d.Evidence, "；"), d.Basis)
	}
	return nil
}

func bonus(r *scoring.Result) (total decimal.Decimal) {
	for _, b := range r.Bonuses {
		total = total.Add(b.Points.Decimal)
	}
	return total
}

func lateData(r *scoring.Result) string {
	var late []string
	for _, u := range r.Undecided {
		late = append(late, fmt.Sprintf("%s to %s", u.Group, u.Through))
	}
	return strings.Join(late, ", ")
}
