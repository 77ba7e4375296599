package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring"
)

// newPlanner plans the street's reminders, which the assistant then shows the
// centre; without a queue it can only list them.
func (h *house) newPlanner(ctx context.Context, assistant *bot.Assistant, queue remind.Queue, log *slog.Logger) (*remind.Planner, error) {
	if err := h.checkCommunities(ctx); err != nil {
		return nil, err
	}
	words, err := openWords(h.cfg.Reminders.Words)
	if err != nil {
		return nil, err
	}
	planner := &remind.Planner{
		Records: h.store, Results: assistant.Scores, Queue: queue, Rules: h.rules, Workdays: h.workdays, Schedule: schedule(h.cfg.Reminders),
		EveryDay: h.rules.Policies.DailyDays == scoring.DailyAll, Emergencies: h.cfg.Reminders.Emergencies,
		Words: words, Log: log,
	}
	assistant.Reminders = planner
	return planner, nil
}

// checkCommunities refuses times of a community that the street has not. Before
// the first import nothing is known of any.
func (h *house) checkCommunities(ctx context.Context) error {
	known, err := h.store.Communities(ctx)
	if err != nil || len(known) == 0 {
		return err
	}
	return h.cfg.RefuseCommunities(known)
}

// openWords reads a street's own sentences for reminders; no path means those
// that come with the program.
func openWords(path string) (*remind.Words, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	defer file.Close()
	return remind.ReadWords(file, path)
}

func schedule(r config.Reminders) remind.Schedule {
	s := remind.Schedule{Street: rulesOf(r.Kinds), Communities: make(map[string]remind.Rules, len(r.Communities))}
	for name, own := range r.Communities {
		s.Communities[name] = rulesOf(own)
	}
	return s
}

func rulesOf(kinds map[string]config.Reminder) remind.Rules {
	rules := remind.Rules{}
	for _, kind := range remind.Kinds {
		if r, ok := kinds[string(kind)]; ok {
			rule := remind.Rule{At: r.Times(), Again: r.Updates(), Late: r.Late}
			for _, who := range r.Who {
				rule.To = append(rule.To, remind.Audience(who))
			}
			rules[kind] = rule
		}
	}
	return rules
}
