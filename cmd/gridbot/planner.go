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

// newPlanner plans the street's reminders; without a queue it can only list them.
func (h *house) newPlanner(ctx context.Context, scores *bot.Scores, queue remind.Queue, log *slog.Logger) (*remind.Planner, error) {
	if err := h.checkCommunities(ctx); err != nil {
		return nil, err
	}
	words, err := openWords(h.cfg.Reminders.Words)
	if err != nil {
		return nil, err
	}
	return &remind.Planner{
		Records: h.store, Results: scores, Queue: queue, Workdays: h.workdays, Schedule: schedule(h.cfg.Reminders),
		EveryDay: h.rules.Policies.DailyDays == scoring.DailyAll, Words: words, Log: log,
	}, nil
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
	s := remind.Schedule{Street: timesOf(r.Kinds), Communities: make(map[string]remind.Times, len(r.Communities))}
	for name, own := range r.Communities {
		s.Communities[name] = timesOf(own)
	}
	return s
}

func timesOf(kinds map[string]config.Reminder) remind.Times {
	t := make(remind.Times, len(kinds))
	for kind, reminder := range kinds {
		t[remind.Kind(kind)] = reminder.Times()
		if remind.Kind(kind) == remind.Evening {
			t[remind.EveningUpdate] = reminder.Updates()
		}
	}
	return t
}
