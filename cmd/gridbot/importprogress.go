package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// progress tells how far an import has come: on a terminal by a bar that stays
// on its line, elsewhere by a line now and then.
type progress struct {
	out    io.Writer
	sheets []sheet.Name
	bar    bool
}

const (
	barWidth  = 20      // characters
	lineEvery = 100_000 // rows, where there is no terminal
)

func newProgress(out io.Writer, sheets []sheet.Name) *progress {
	return &progress{out: out, sheets: sheets, bar: isTerminal(out)}
}

// isTerminal reports whether somebody sees a line being overwritten.
func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// rows is told how many rows of a sheet have been read.
func (p *progress) rows(name sheet.Name, rows int) {
	at := slices.Index(p.sheets, name)
	switch {
	case p.bar:
		done := barWidth * at / len(p.sheets)
		fmt.Fprintf(p.out, "\r\x1b[K[%s%s] %d/%d %s 第 %d 行", strings.Repeat("█", done), strings.Repeat("░", barWidth-done),
			at+1, len(p.sheets), name, rows)
	case rows%lineEvery == 0:
		fmt.Fprintf(p.out, "%s：已读到第 %d 行\n", name, rows)
	}
}

// end clears the bar away.
func (p *progress) end() {
	if p.bar {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
