package main

import (
	"context"
	"fmt"
	"os"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// house is what most commands work with: the configuration, the rulebook and
// the database.
type house struct {
	cfg      *config.Config
	rules    *scoring.Rulebook
	workdays *calendar.Workdays
	store    *store.Store
}

// openHouse loads the configuration and opens the database, which must have the
// schema this program knows.
func openHouse(ctx context.Context, g *globals) (*house, error) {
	cfg, err := g.houseConfig()
	if err != nil {
		return nil, err
	}
	return furnish(ctx, cfg)
}

func furnish(ctx context.Context, cfg *config.Config) (*house, error) {
	h := &house{cfg: cfg}
	var err error
	if h.rules, err = openRulebook(cfg.Rulebook); err != nil {
		return nil, err
	}
	if h.workdays, err = openWorkdays(cfg.Workdays); err != nil {
		return nil, err
	}
	keys, err := cfg.Ring()
	if err != nil {
		return nil, err
	}
	h.store, err = store.Open(ctx, cfg.DatabaseURL, store.Options{
		Workdays: h.workdays,
		Keys:     keys,
		EveryDay: h.rules.Policies.DailyDays == scoring.DailyAll,
	})
	if err != nil {
		return nil, err
	}
	if err := h.store.CheckSchema(ctx); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

func (h *house) close() { h.store.Close() }

// openRulebook reads a street's rulebook; no path means the Measure as it is.
func openRulebook(path string) (*scoring.Rulebook, error) {
	if path == "" {
		return scoring.Default(), nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("rulebook: %w", err)
	}
	defer file.Close()
	return scoring.ReadRulebook(file, path)
}

// openWorkdays knows mainland China's official workdays, and those of further
// years where a file gives them.
func openWorkdays(path string) (*calendar.Workdays, error) {
	if path == "" {
		return calendar.Mainland(), nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("workdays: %w", err)
	}
	defer file.Close()
	return calendar.Mainland().Extend(file, path)
}
