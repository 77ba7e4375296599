package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/bot/jobs"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/bot/undelivered"
	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/store/cache"
	"github.com/nanxiashu/gridbot/store/ingest"
)

// stopWithin is how long what is in flight may take to finish after SIGTERM.
const stopWithin = 20 * time.Second

// service is the assistant at work: everything that serve runs, and demo runs
// against a stand-in of the platform.
type service struct {
	*house
	cache     *cache.Cache // nil without one
	platform  *feishu.Client
	assistant *bot.Assistant
	planner   *remind.Planner
	report    *undelivered.Report
	jobs      *jobs.Jobs
	door      *feishu.Handler        // where events are posted to; nil in ws mode
	line      *feishu.LongConnection // or over which they come; nil in webhook mode
	ingest    *ingest.Handler
	now       func() time.Time
	log       *slog.Logger
	spread    time.Duration // over which reminders planned together go out

	boundAt time.Time // when this process last looked people up
}

// newService builds the service; nothing runs yet.
func newService(ctx context.Context, cfg *config.Config, spread time.Duration, now func() time.Time, log *slog.Logger) (*service, error) {
	house, err := furnish(ctx, cfg)
	if err != nil {
		return nil, err
	}
	s := &service{house: house, now: now, log: log, spread: spread}
	if err := s.assemble(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *service) assemble(ctx context.Context) (err error) {
	if s.cfg.RedisURL != "" {
		if s.cache, err = cache.Open(s.cfg.RedisURL); err != nil {
			return err
		}
	}
	app := platform(s.cfg)
	s.platform = feishu.NewClient(app, s.now)
	if s.assistant, err = s.newAssistant(s.cache, s.platform, s.log); err != nil {
		return err
	}
	s.jobs, err = jobs.New(jobs.Deps{
		Pool: s.store.Pool(), Records: s.store, Platform: s.platform, Conversation: s.assistant,
		Tick: s.tick, Pace: cache.NewPace(s.cache, s.cfg.Feishu.AppID), Now: s.now, Log: s.log, Spread: s.spread,
	})
	if err != nil {
		return err
	}
	if s.planner, err = s.newPlanner(ctx, s.assistant, s.jobs, s.log); err != nil {
		return err
	}
	s.report = &undelivered.Report{
		Records: s.store, Queue: s.jobs, Workdays: s.workdays, EveryDay: s.planner.EveryDay,
		At: s.cfg.Reminders.Kinds["undelivered"].Times(), Words: s.planner.Words,
	}
	if s.cfg.Feishu.LongConnection() {
		s.line = feishu.NewLongConnection(app, s.platform.Me, s.jobs, s.jobs, s.now, s.log)
	} else {
		s.door = feishu.NewHandler(app, s.platform.Me, s.jobs, s.jobs, s.now, s.log)
	}
	tokens, err := ingestTokens(s.cfg.IngestTokens)
	s.ingest = ingest.New(s.store, tokens, s.now, s.log)
	return err
}

// lookupInterval is how often people who are not bound yet are looked up; there
// may be new ones in 人员, or on the platform.
const lookupInterval = time.Hour

// tracksWait is how long pushed track points wait to be measured if nobody asks:
// systems push all day, and a day is measured from its beginning.
const tracksWait = 10 * time.Minute

// tick plans what has fallen due and the centre's report, and looks people up
// from time to time. That the platform does not tell who somebody is must not
// hold up the reminders.
func (s *service) tick(ctx context.Context, now time.Time) error {
	if now.Sub(s.boundAt).Abs() >= lookupInterval {
		s.boundAt = now
		if err := s.assistant.BindEverybody(ctx, now); err != nil {
			s.log.WarnContext(ctx, "people not looked up", "error", err)
		}
	}
	return errors.Join(s.store.MeasureTracks(ctx, tracksWait), s.planner.Tick(ctx, now), s.report.Tick(ctx, now))
}

// platform is the app as the configuration names it.
func platform(cfg *config.Config) feishu.Config {
	return feishu.Config{
		AppID: cfg.Feishu.AppID, AppSecret: cfg.Feishu.AppSecret,
		VerificationToken: cfg.Feishu.VerificationToken, EncryptKey: cfg.Feishu.EncryptKey,
		BaseURL: cfg.Feishu.BaseURL,
	}
}

// run works until the context ends, then finishes what is in flight.
func (s *service) run(ctx context.Context, listener net.Listener) error {
	if err := s.jobs.Start(ctx); err != nil {
		listener.Close()
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveUntil(ctx, listener, s.handler()) })
	if s.line != nil {
		group.Go(func() error { return s.line.Run(ctx) })
	}
	group.Go(func() error {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		return s.jobs.Stop(grace)
	})
	return group.Wait()
}

func (s *service) close() {
	if s.platform != nil {
		s.platform.Close()
	}
	var err error
	if s.cache != nil {
		err = s.cache.Close()
	}
	if err != nil {
		s.log.Warn("close the cache", "error", err)
	}
	s.house.close()
}

// newLog writes one JSON object a line.
func newLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// serveUntil serves HTTP on a listener until the context ends, then lets
// requests under way finish.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("serve %s: stop: %w", listener.Addr(), err), server.Close())
	}
	return nil
}
