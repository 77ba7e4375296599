package main

import (
	"context"
	"fmt"
	"time"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

type migrateCommand struct {
	Action string `arg:"" optional:"" enum:"up,status" default:"up" help:"up (the default) or status."`
}

// Run brings the schema up to date, or only shows which steps it has.
func (c *migrateCommand) Run(ctx context.Context, g *globals) error {
	cfg, err := g.config()
	if err != nil {
		return err
	}
	if err := cfg.Need(config.DatabaseURL); err != nil {
		return err
	}
	if c.Action == "up" {
		if err := store.Migrate(ctx, cfg.DatabaseURL); err != nil {
			return err
		}
	}
	steps, err := store.MigrationStatus(ctx, cfg.DatabaseURL)
	if err != nil {
		return err
	}
	for _, step := range steps {
		state := "to be applied"
		if !step.AppliedAt.IsZero() {
			state = "applied " + step.AppliedAt.In(calendar.Shanghai).Format(time.DateTime)
		}
		fmt.Fprintf(g.out, "%-32s %s\n", step.Name, state)
	}
	return nil
}
