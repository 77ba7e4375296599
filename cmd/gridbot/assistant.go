package main

import (
	"log/slog"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/store/cache"
)

// newAssistant builds the assistant on the house. Neither cache nor contacts
// need to be there: without contacts nobody new is recognised.
func (h *house) newAssistant(c *cache.Cache, contacts bot.Contacts, log *slog.Logger) (*bot.Assistant, error) {
	deps := bot.Deps{
		Records: h.store, Contacts: contacts, Rules: h.rules, Workdays: h.workdays,
		Openness: bot.Openness(h.cfg.Openness), Contact: h.cfg.Contact, Log: log,
	}
	if c != nil {
		deps.Cache = c // a nil *Cache in the interface would not be nil
	}
	return bot.New(deps)
}
