package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

type benchImport struct {
	Rows int `default:"1000000" help:"How many visits."`
}

// Help is shown by --help.
func (c *benchImport) Help() string {
	return "A CSV file of visits is imported by a gridbot process of its own: from its start to its end, with all checks and " +
		"references. The yardstick is COPY of the same file into the same table, with its indexes and without any check. " +
		"Aims: at most " + aimImport + " of COPY; at most " + aimImportMemory + " of memory at the peak, however long the file."
}

const (
	aimImport       = "4×"
	aimImportMemory = "150 MB"
	benchedStreet   = 300 // grids of the street that is imported into
)

// Run imports, copies, and prints both.
func (c *benchImport) Run(ctx context.Context, g *globals) error {
	ground, err := openBenchGround(ctx)
	if err != nil {
		return err
	}
	defer ground.close()
	if err := ground.settle(ctx, 1, benchedStreet); err != nil {
		return err
	}
	figures, err := ground.compareImport(ctx, imported{
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
	dir, err := os.MkdirTemp("", "gridbot-bench-")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, in.sheet+".csv")
	if err := in.write(path); err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	if err := b.exec(ctx, fmt.Sprintf(`select ensure_month('%s', '%s')`, in.table, benchMonth.First())); err != nil {
		return nil, err
	}
	took, peak, err := b.importFile(ctx, path)
	if err != nil {
		return nil, err
	}
	stored := 0
	if err := b.pool.QueryRow(ctx, "select count(*) from "+in.table).Scan(&stored); err != nil || stored != in.rows {
		return nil, fmt.Errorf("bench: %d of %d rows were stored: %w", stored, in.rows, err)
	}
	if err := b.exec(ctx, "truncate "+in.table, "checkpoint"); err != nil {
		return nil, err
	}
	bare, err := b.copyFile(ctx, in.table, in.columns, path)
	if err != nil {
		return nil, err
	}
	return []figure{
		{fmt.Sprintf("import %d %s", in.rows, in.what), perSecond(in.rows, took, "rows"), perSecond(in.rows, bare, "rows"),
			times(took, bare), "≤ " + aimImport},
		{"  peak memory", peak, unmeasured, unmeasured, "≤ " + aimImportMemory},
	}, nil
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

// importFile runs gridbot import and returns how long the process lived and the
// most memory it had.
func (b *benchGround) importFile(ctx context.Context, path string) (took time.Duration, peak string, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, "", fmt.Errorf("bench: %w", err)
	}
	child := exec.CommandContext(ctx, self, "import", path, "--at", benchNow.Format(time.RFC3339))
	child.Args[0] = "gridbot"
	child.Env = append(os.Environ(), "GRIDBOT_DATABASE_URL="+b.url)
	var said strings.Builder
	child.Stdout, child.Stderr = &said, &said
	began := time.Now()
	if err := child.Start(); err != nil {
		return 0, "", fmt.Errorf("bench: import: %w", err)
	}
	ended := make(chan struct{})
	watched := make(chan string)
	go func() { watched <- watchMemory(child.Process.Pid, ended) }()
	err = child.Wait()
	took = time.Since(began)
	close(ended)
	peak = <-watched
	if err != nil {
		return 0, "", fmt.Errorf("bench: import: %w: %s", err, said.String())
	}
	return took, peak, nil
}

// watchMemory looks at the most memory a process ever had until it ends. The
// kernel's own figure after the end would count the process that started it too.
func watchMemory(pid int, ended <-chan struct{}) string {
	peak := unmeasured // where there is no /proc
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		if now := highWater(pid); now > 0 {
			peak = fmt.Sprintf("%d MB", now>>10)
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
