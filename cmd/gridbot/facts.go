package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

type factsCommand struct {
	Month calendar.Month `required:"" help:"The month, 2026-10." placeholder:"MONTH"`
	Grid  string         `required:"" help:"The grid's id." placeholder:"ID"`
}

func (c *factsCommand) Run(ctx context.Context, g *globals) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	facts, err := house.store.Facts(ctx, store.FactsQuery{Month: c.Month, At: g.now(), Grids: []string{c.Grid}})
	if err != nil {
		return err
	}
	if len(facts) == 0 {
		return fmt.Errorf("no grid %s", c.Grid)
	}
	return json.NewEncoder(g.out).Encode(facts[0])
}
