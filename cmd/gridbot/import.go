package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

type importCommand struct {
	Paths    []string  `arg:"" optional:"" help:"Workbooks (.xlsx), CSV files named after their sheet, or folders of them." placeholder:"PATH"`
	DryRun   bool      `help:"Say what would change, and change nothing."`
	Through  []through `help:"Up to which day the sheets of this call are complete; 里程=2026-10-31 says it of one sheet." placeholder:"[SHEET=]DATE"`
	Log      bool      `help:"List the last imports instead: who, when, which files, and what became of each sheet."`
	Template string    `help:"Write an empty workbook with all sheets to this file instead." type:"path" placeholder:"FILE"`
}

// through is one --through: a day, of one sheet or of all.
type through struct {
	sheet sheet.Name // "" = every sheet of the call whose completeness is observed
	day   calendar.Date
}

// UnmarshalText reads 2026-10-31 or 里程=2026-10-31.
func (t *through) UnmarshalText(text []byte) (err error) {
	name, day, named := strings.Cut(string(text), "=")
	if !named {
		name, day = "", name
	}
	if t.day, err = calendar.ParseDate(day); err != nil {
		return err
	}
	if t.sheet = sheet.Name(name); named && !slices.Contains(observed, t.sheet) {
		return fmt.Errorf("%q is none of the sheets that arrive day by day: %v", name, observed)
	}
	return nil
}

// observed are the sheets of which it is known how far they reach.
var observed = []sheet.Name{sheet.Visits, sheet.Patrols, sheet.TrackPoints, sheet.Items}

// Run imports and counts what each sheet did; it fails if a sheet was refused.
func (c *importCommand) Run(ctx context.Context, g *globals) (err error) {
	switch {
	case c.Template != "" && len(c.Paths) == 0 && !c.Log:
		return writeTemplate(c.Template)
	case c.Log && len(c.Paths) == 0 && c.Template == "":
		return c.log(ctx, g)
	case c.Log || c.Template != "" || len(c.Paths) == 0:
		return usageError("import: give either files to import, or --template, or --log")
	}
	book, err := sheet.Open(c.Paths...)
	if err != nil {
		return err
	}
	defer book.Close()
	days, err := c.through(book)
	if err != nil {
		return err
	}
	c.warnOfDaysToCome(g)
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	progress := newProgress(g.err, book.Sheets())
	report, err := house.store.Import(ctx, book, store.ImportOptions{
		Now: g.now(), By: whoami(), DryRun: c.DryRun, Through: days, Progress: progress.rows,
	})
	progress.end()
	if err == nil && !c.DryRun {
		err = house.store.MeasureTracks(ctx, 0)
	}
	printNotices(g.out, book.Notices)
	printReport(g.out, report)
	if err != nil {
		return err
	}
	return refused(report)
}

// writeTemplate writes the workbook; a file that is there is left alone.
func writeTemplate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("import: template: %w", err)
	}
	return errors.Join(sheet.WriteTemplate(file), file.Close())
}

// through gathers the --through of all sheets of the call.
func (c *importCommand) through(book *sheet.Book) (map[sheet.Name]calendar.Date, error) {
	days := map[sheet.Name]calendar.Date{}
	for _, t := range c.Through {
		switch {
		case t.sheet == "":
			for _, name := range observed {
				days[name] = max(days[name], t.day)
			}
		case !book.Has(t.sheet):
			return nil, usageError(fmt.Sprintf("import: --through %s=%s: that sheet is not among the files", t.sheet, t.day))
		default:
			days[t.sheet] = t.day
		}
	}
	return days, nil
}

// warnOfDaysToCome says so where a --through is after today: it may be meant, but
// after a slip of the pen everything that is late counts as missing until then.
func (c *importCommand) warnOfDaysToCome(g *globals) {
	today := calendar.DateOf(g.now())
	for _, t := range c.Through {
		if t.day > today {
			fmt.Fprintf(g.err, "gridbot: import: --through %s is after today, %s: what has not come by then will count as missing\n", t.day, today)
		}
	}
}

func refused(report store.ImportReport) error {
	var names []string
	for _, s := range report.Sheets {
		if s.Refused() {
			names = append(names, string(s.Sheet))
		}
	}
	if names == nil {
		return nil
	}
	return fmt.Errorf("import: refused: %s; nothing of these sheets was stored", strings.Join(names, ", "))
}

// The report is for the people of the centre, so it is Chinese.

func printNotices(w io.Writer, notices []sheet.Notice) {
	for _, n := range notices {
		fmt.Fprintf(w, "  提示：%s：%s\n", n.File, n.Text)
	}
}

func printReport(w io.Writer, report store.ImportReport) {
	for _, s := range report.Sheets {
		if s.Refused() {
			fmt.Fprintf(w, "%s：有 %d 处要改，整张表没有存入\n", s.Sheet, s.Bad.Count)
			printBad(w, s.Bad)
		} else {
			fmt.Fprintf(w, "%s：新增 %d，更新 %d，未变 %d，作废 %d\n", s.Sheet, s.New, s.Changed, s.Same, s.Withdrawn)
		}
		printNotices(w, s.Notices)
	}
}

func printBad(w io.Writer, bad sheet.BadCells) {
	for _, c := range bad.Cells {
		where := fmt.Sprintf("%s 第 %d 行", c.File, c.Row)
		if c.Column != "" {
			where += " " + c.Column
		}
		if c.Value != "" {
			where += fmt.Sprintf(" “%s”", c.Value)
		}
		fmt.Fprintf(w, "  %s：%s\n", where, c.Problem)
	}
	if more := bad.More(); more > 0 {
		fmt.Fprintf(w, "  还有 %d 处\n", more)
	}
}
