package main

import (
	"context"
	"fmt"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/store"
)

type migrateCommand struct {
	Action string `arg:"" optional:"" enum:"up,status" default:"up" help:"up (the default) or status."`
}

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
	status, err := store.MigrationStatus(ctx, cfg.DatabaseURL)
	if err != nil {
		return err
	}
	fmt.Fprintln(g.out, status)
	return nil
}
