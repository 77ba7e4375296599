package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/config"
)

type remindCommand struct {
	Kind   string `help:"Only this kind of reminder (evening)." placeholder:"KIND"`
	DryRun bool   `help:"Print the reminders, one JSON line each; send and record nothing."`
}

// Run plans the reminders due at the moment, for serve to send; or only shows them.
func (c *remindCommand) Run(ctx context.Context, g *globals) error {
	kinds, err := c.kinds()
	if err != nil {
		return err
	}
	if c.DryRun {
		return c.show(ctx, g, kinds)
	}
	cfg, err := g.config()
	if err != nil {
		return err
	}
	if err := cfg.Need(config.DatabaseURL, config.AppID, config.AppSecret); err != nil {
		return err
	}
	s, err := newService(ctx, cfg, g.now, newLog(g.err))
	if err != nil {
		return err
	}
	defer s.close()
	added, err := s.planner.Send(ctx, g.now(), g.now(), kinds...)
	if err != nil {
		return err
	}
	fmt.Fprintf(g.out, "%d reminders queued, those known already left out; gridbot serve sends them\n", added)
	return nil
}

// kinds is what --kind chooses; none means all.
func (c *remindCommand) kinds() ([]remind.Kind, error) {
	switch kind := remind.Kind(c.Kind); kind {
	case "":
		return nil, nil
	case remind.Evening:
		return []remind.Kind{kind}, nil
	}
	return nil, usageError(fmt.Sprintf("remind: %q is no kind of reminder (evening)", c.Kind))
}

// reminderLine is a reminder as --dry-run prints it.
type reminderLine struct {
	Kind     remind.Kind     `json:"kind"`
	Receiver remind.Receiver `json:"receiver"`
	Key      string          `json:"key"`
	Title    string          `json:"title"`
	Card     json.RawMessage `json:"card"`
}

func (c *remindCommand) show(ctx context.Context, g *globals, kinds []remind.Kind) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	assistant, err := house.newAssistant(nil, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	due, err := house.newPlanner(assistant.Scores, nil).Due(ctx, g.now(), kinds...)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(g.out)
	lines.SetEscapeHTML(false)
	for _, r := range due {
		card, err := r.Card.JSON()
		if err != nil {
			return fmt.Errorf("remind: card of %s: %w", r.Key, err)
		}
		if err := lines.Encode(reminderLine{r.Kind, r.Receiver, r.Key, r.Title, card}); err != nil {
			return err
		}
	}
	return nil
}

// newPlanner plans the street's reminders; without a queue it can only list them.
func (h *house) newPlanner(scores *bot.Scores, queue remind.Queue) *remind.Planner {
	return &remind.Planner{
		Records: h.store, Results: scores, Queue: queue, Workdays: h.workdays, Schedule: schedule(h.cfg.Reminders),
	}
}
