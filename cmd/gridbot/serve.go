package main

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/store"
)

type serveCommand struct{}

// Run serves until it is told to stop; then it finishes what is in flight.
func (c *serveCommand) Run(ctx context.Context, g *globals) error {
	cfg, err := g.config()
	if err != nil {
		return err
	}
	needs := []config.Setting{config.DatabaseURL, config.AppID, config.AppSecret}
	if !cfg.Feishu.LongConnection() {
		needs = append(needs, config.VerificationToken, config.EncryptKey)
	}
	if err := cfg.Need(needs...); err != nil {
		return err
	}
	if err := g.fillInKeys(cfg); err != nil {
		return err
	}
	log := newLog(g.err)
	s, err := newService(ctx, cfg, cfg.Reminders.Spread, g.now, log)
	if err != nil {
		return err
	}
	defer s.close()
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	if len(cfg.PersonalKeys) == 0 {
		log.Warn("records of 对象, 隐患场所, 走访 and 认定 will not be taken", "reason", store.ErrNoPersonalKeys)
	}
	log.Info("serving", "address", listener.Addr().String(), "events", cfg.Feishu.Mode)
	return s.run(ctx, listener)
}

// handler is every path of the service.
func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	if s.door != nil {
		mux.Handle("/feishu/events", s.door)
	}
	mux.Handle("/api/v1/", s.ingest)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", s.metrics())
	return mux
}

// ready answers 200 where the database answers, and says how the cache is. A
// cache that is gone makes answers slower, not impossible: taking every replica
// out of service for it would be the greater loss.
func (s *service) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.store.Ping(r.Context()); err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	switch {
	case s.cache == nil:
		fmt.Fprintln(w, "database ok, no cache configured")
	case s.cache.Ping(r.Context()) != nil:
		fmt.Fprintln(w, "database ok, the cache does not answer: answers are slower")
	default:
		fmt.Fprintln(w, "database ok, cache ok")
	}
}
