package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

type silenceCommand struct {
	Grid   string        `arg:"" optional:"" help:"The grid's id."`
	Until  calendar.Date `help:"The last day on which nobody is reminded of the grid, 2026-11-30." placeholder:"DATE"`
	Reason string        `help:"Why, for whoever reads the list." placeholder:"TEXT"`
	Lift   bool          `help:"End the grid's silence."`
	List   bool          `help:"List the silences that hold."`
}

// Run leaves a grid in peace: until the day given its people get no reminders,
// and no group reads of it.
func (c *silenceCommand) Run(ctx context.Context, g *globals) error {
	if err := c.check(calendar.DateOf(g.now())); err != nil {
		return err
	}
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	switch {
	case c.List:
		return c.list(ctx, g, house.store)
	case c.Lift:
		err = house.store.LiftSilence(ctx, c.Grid)
	default:
		err = house.store.Silence(ctx, store.Silence{GridID: c.Grid, Until: c.Until, Reason: c.Reason, SetAt: g.now()})
	}
	switch {
	case errors.Is(err, store.ErrNotFound) && c.Lift:
		return fmt.Errorf("silence: grid %s is not silenced", c.Grid)
	case errors.Is(err, store.ErrNotFound):
		return fmt.Errorf("silence: no grid %s", c.Grid)
	}
	return err
}

func (c *silenceCommand) check(today calendar.Date) error {
	silencing := c.Until != 0 || c.Reason != ""
	switch {
	case c.List && (c.Grid != "" || c.Lift || silencing):
		return usageError("silence: --list stands alone")
	case c.List:
		return nil
	case c.Grid == "":
		return usageError("silence: which grid? or --list")
	case c.Lift && silencing:
		return usageError("silence: either --lift, or --until and --reason")
	case !c.Lift && (c.Until == 0 || c.Reason == ""):
		return usageError("silence: say --until and --reason")
	case !c.Lift && c.Until < today:
		return usageError(fmt.Sprintf("silence: %s is over", c.Until))
	}
	return nil
}

func (c *silenceCommand) list(ctx context.Context, g *globals, s *store.Store) error {
	silences, err := s.Silences(ctx, calendar.DateOf(g.now()))
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(g.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "grid\tuntil\tset\treason")
	for _, one := range silences {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", one.GridID, one.Until, minute(one.SetAt), one.Reason)
	}
	return table.Flush()
}
