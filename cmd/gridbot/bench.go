package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// benchCommand measures whole processes. A figure alone says more about the
// machine than about the program: every one stands beside a yardstick that was
// measured in the same run, and counts as a multiple of it.
type benchCommand struct {
	Import benchImport `cmd:"" help:"An import of visits, beside a bare COPY of the same file."`
	Track  benchTrack  `cmd:"" help:"Track points: made into kilometres and cells, and imported."`
	Facts  benchFacts  `cmd:"" help:"Facts and scores of a month, beside plain SQL over the same tables."`
	Ask    benchAsk    `cmd:"" help:"From a question to its answer, beside a bot of the bare SDK that echoes."`
	Remind benchRemind `cmd:"" help:"Reminders to many people at the pace the platform allows, and what planning them takes."`
}

// Help is shown by --help.
func (c *benchCommand) Help() string {
	return "Everything runs on a private, throwaway Postgres (without fsync, for gridbot and yardstick alike) and Redis. " +
		"A ratio is gridbot's time as a multiple of the yardstick's, unless the measure says otherwise; " +
		"run it on a machine that does nothing else."
}

// benchMonth is the month of the records that are measured with, and benchNow
// a moment after all of them.
var (
	benchMonth = calendar.NewMonth(2026, time.October)
	benchNow   = (benchMonth + 1).First().Start().Add(12 * time.Hour)
)

// figure is a line of the table.
type figure struct{ measure, gridbot, yardstick, ratio, aim string }

func printFigures(w io.Writer, figures ...figure) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "measure\tgridbot\tyardstick\tratio\taim")
	for _, f := range figures {
		fmt.Fprintln(table, strings.Join([]string{f.measure, f.gridbot, f.yardstick, f.ratio, f.aim}, "\t"))
	}
	return table.Flush()
}

// times is how many times as long as the yardstick it took.
func times(took, yardstick time.Duration) string {
	return fmt.Sprintf("%.2f×", took.Seconds()/yardstick.Seconds())
}

func perSecond(n int, took time.Duration, what string) string {
	return fmt.Sprintf("%.0f %s/s", float64(n)/took.Seconds(), what)
}

// short is a duration with three figures or so.
func short(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return d.Round(100 * time.Millisecond).String()
	case d >= time.Second:
		return d.Round(10 * time.Millisecond).String()
	case d >= 10*time.Millisecond:
		return d.Round(100 * time.Microsecond).String()
	}
	return d.Round(time.Microsecond).String()
}

const unmeasured = "–"
