package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

type benchImport struct {
	Rows int `default:"1000000" help:"How many visits."`
}

// Help is shown by --help.
func (c *benchImport) Help() string {
	return "A CSV file and a workbook of the same visits are imported, each by a gridbot process of its own: from its start to its " +
		"end, with all checks and references. The yardstick is COPY of the same rows, as CSV, into the same table, with its indexes " +
		"and without any check. Here a ratio is gridbot's rows a second as a share of the yardstick's. " +
		"Aims: at least " + aimVisits + " of COPY for both; at most " + aimImportMemory + " of memory at the peak, however long the file."
}

const (
	aimVisits       = "0.5×"
	aimImport       = "4×" // of what is measured as well as stored
	aimImportMemory = "256 MiB"
	benchedStreet   = 300 // grids of the street that is imported into
)

// Run imports both, copies, and prints how they compare.
func (c *benchImport) Run(ctx context.Context, g *globals) error {
	ground, err := openBenchGround(ctx)
	if err != nil {
		return err
	}
	defer ground.close()
	if err := ground.settle(ctx, 1, benchedStreet); err != nil {
		return err
	}
	figures, err := ground.compareFormats(ctx, imported{
		what: "visits", sheet: "走访", table: "visits", rows: c.Rows,
		header:  "记录编号,网格编号,手机号,走访时间,图片数,内容",
		columns: "id, grid_id, mobile, visited_at, photos, note",
		line: func(i int) string {
			grid := i%benchedStreet + 1
			at := benchMonth.First().Start().Add(time.Duration(i%(30*24*60)) * time.Minute)
			return fmt.Sprintf(`V%08d,%s,%s,%s,1,"上门走访，一切正常"`, i, benchGrid(grid), benchMobile(grid), at.Format("2006-01-02 15:04"))
		},
	})
	if err != nil {
		return err
	}
	return printFigures(g.out, figures...)
}

// imported is what is imported for a comparison.
type imported struct {
	what, sheet, table, header, columns string
	rows                                int
	line                                func(i int) string
}

// compareImport imports the rows by a process, then gives them to COPY.
func (b *benchGround) compareImport(ctx context.Context, in imported) ([]figure, error) {
	run, err := b.importAndCopy(ctx, in, ".csv")
	if err != nil {
		return nil, err
	}
	took := run.imports[0]
	return []figure{
		{fmt.Sprintf("import %d %s", in.rows, in.what), perSecond(in.rows, took.time, "rows"), perSecond(in.rows, run.copied, "rows"),
			times(took.time, run.copied), "≤ " + aimImport},
		took.memory(),
	}, nil
}

// compareFormats does the same with a CSV file and a workbook.
func (b *benchGround) compareFormats(ctx context.Context, in imported) ([]figure, error) {
	formats := []string{".csv", ".xlsx"}
	run, err := b.importAndCopy(ctx, in, formats...)
	if err != nil {
		return nil, err
	}
	var figures []figure
	for i, took := range run.imports {
		figures = append(figures, figure{
			fmt.Sprintf("import %d %s, %s", in.rows, in.what, formats[i]), perSecond(in.rows, took.time, "rows"),
			perSecond(in.rows, run.copied, "rows"), times(run.copied, took.time), "≥ " + aimVisits,
		}, took.memory())
	}
	return figures, nil
}

// importRun is how long it took: the imports by format, and COPY.
type importRun struct {
	imports []processRun
	copied  time.Duration
}

// processRun is how long a process lived and the most memory it had.
type processRun struct {
	time time.Duration
	peak string
}

func (r processRun) memory() figure {
	return figure{"  peak memory", r.peak, unmeasured, unmeasured, "≤ " + aimImportMemory}
}

// importAndCopy imports the rows from a file of each format, then gives them to
// COPY; each time into an empty table.
func (b *benchGround) importAndCopy(ctx context.Context, in imported, formats ...string) (importRun, error) {
	dir, err := os.MkdirTemp("", "gridbot-bench-")
	if err != nil {
		return importRun{}, fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, in.sheet)
	if err := in.write(name + ".csv"); err != nil {
		return importRun{}, fmt.Errorf("bench: %w", err)
	}
	if err := b.exec(ctx, fmt.Sprintf(`select ensure_month('%s', '%s')`, in.table, benchMonth.First())); err != nil {
		return importRun{}, err
	}
	var run importRun
	for _, format := range formats {
		if format == ".xlsx" {
			if err := in.writeWorkbook(name + format); err != nil {
				return run, fmt.Errorf("bench: %w", err)
			}
		}
		took, err := b.importFile(ctx, name+format)
		if err != nil {
			return run, err
		}
		stored := 0
		if err := b.pool.QueryRow(ctx, "select count(*) from "+in.table).Scan(&stored); err != nil || stored != in.rows {
			return run, fmt.Errorf("bench: %d of %d rows were stored: %w", stored, in.rows, err)
		}
		if err := b.exec(ctx, "truncate "+in.table, "checkpoint"); err != nil {
			return run, err
		}
		run.imports = append(run.imports, took)
	}
	run.copied, err = b.copyFile(ctx, in.table, in.columns, name+".csv")
	return run, err
}

func (in imported) write(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	fmt.Fprintln(out, in.header)
	for i := range in.rows {
		fmt.Fprintln(out, in.line(i))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// writeWorkbook writes the same as a worksheet, as the programs of platforms do:
// row by row, each text in its cell.
func (in imported) writeWorkbook(path string) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i := range in.rows + 1 {
		line := in.header
		if i > 0 {
			line = in.line(i - 1)
		}
		var cells []any
		for text := range strings.SplitSeq(line, ",") {
			cells = append(cells, strings.Trim(text, `"`))
		}
		if err := sheet.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	if err := errors.Join(sheet.Flush(), book.SetSheetName("Sheet1", in.sheet)); err != nil {
		return err
	}
	return book.SaveAs(path)
}

// importFile runs gridbot import.
func (b *benchGround) importFile(ctx context.Context, path string) (processRun, error) {
	self, err := os.Executable()
	if err != nil {
		return processRun{}, fmt.Errorf("bench: %w", err)
	}
	child := exec.CommandContext(ctx, self, "import", path, "--at", benchNow.Format(time.RFC3339))
	child.Args[0] = "gridbot"
	child.Env = append(os.Environ(), "GRIDBOT_DATABASE_URL="+b.url)
	var said strings.Builder
	child.Stdout, child.Stderr = &said, &said
	began := time.Now()
	if err := child.Start(); err != nil {
		return processRun{}, fmt.Errorf("bench: import: %w", err)
	}
	ended := make(chan struct{})
	watched := make(chan string)
	go func() { watched <- watchMemory(child.Process.Pid, ended) }()
	err = child.Wait()
	run := processRun{time: time.Since(began)}
	close(ended)
	run.peak = <-watched
	if err != nil {
		return run, fmt.Errorf("bench: import: %w: %s", err, said.String())
	}
	return run, nil
}

// watchMemory looks at the most memory a process ever had until it ends. The
// kernel's own figure after the end would count the process that started it too.
func watchMemory(pid int, ended <-chan struct{}) string {
	peak := unmeasured // where there is no /proc
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		if now := highWater(pid); now > 0 {
			peak = fmt.Sprintf("%d MiB", now>>10)
		}
		select {
		case <-ended:
			return peak
		case <-again.C:
		}
	}
}

// highWater is VmHWM of Linux in KiB, 0 where it is not to be had.
func highWater(pid int) (kib int) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Sscan(after, &kib)
	return kib
}
