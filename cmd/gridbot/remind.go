package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/config"
)

type remindCommand struct {
	Kind   string `help:"Only this kind of reminder: morning, escalation, overdue, month, result, week, evening, period." placeholder:"KIND"`
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
	cfg, err := g.houseConfig(config.AppID, config.AppSecret)
	if err != nil {
		return err
	}
	s, err := newService(ctx, cfg, 0, g.now, newLog(g.err))
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
	kind := remind.Kind(c.Kind)
	switch {
	case kind == "":
		return nil, nil
	case slices.Contains(remind.Kinds, kind):
		return []remind.Kind{kind}, nil
	}
	return nil, usageError(fmt.Sprintf("remind: %q is no kind of reminder; there are %v", c.Kind, remind.Kinds))
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
	planner, err := house.newPlanner(ctx, assistant, nil, nil)
	if err != nil {
		return err
	}
	due, err := planner.Due(ctx, g.now(), kinds...)
	if err != nil {
		return err
	}
	return printReminders(g, due)
}

// printReminders prints a line each. Who has no open_id is named by the mobile
// number, as in --as: nothing can be sent to them, and that is said apart.
func printReminders(g *globals, due []remind.Reminder) error {
	lines := json.NewEncoder(g.out)
	lines.SetEscapeHTML(false)
	unbound := 0
	for _, r := range due {
		card, err := r.Card.JSON()
		if err != nil {
			return fmt.Errorf("remind: card of %s: %w", r.Key, err)
		}
		if r.Receiver.ID == "" {
			r.Receiver.ID = r.Mobile
			unbound++
		}
		if err := lines.Encode(reminderLine{r.Kind, r.Receiver, r.Key, r.Title, card}); err != nil {
			return err
		}
	}
	if unbound > 0 {
		fmt.Fprintf(g.err, "gridbot: %d of %d reminders reach nobody yet: their people have no open_id, and are named by their mobile number\n", unbound, len(due))
	}
	return nil
}
