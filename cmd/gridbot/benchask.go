package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

type benchAsk struct {
	Grids     int `default:"300" help:"Grids of the larger street; the smaller has 12."`
	Questions int `default:"1000" help:"How many are asked of each bot."`
	AtOnce    int `default:"8" help:"How many people ask at the same time."`
}

// Help is shown by --help.
func (c *benchAsk) Help() string {
	return "A worker asks 我的本月分数, and the answer appears at the stand-in of the platform: events encrypted and signed, answers " +
		"over HTTP, gridbot with database, job queue and cache. Everybody asks again as soon as they are answered. " +
		"The yardstick is a bot of the bare SDK behind the same stand-in that replies with one word and remembers nothing; a " +
		"ratio of answers/s says how many times fewer. " +
		"Aims: at most " + aimAsk + " fewer answers than the bare bot; half of the answers within " + aimHalf +
		" and 99 of 100 within " + aimMost + "; the larger street like the smaller."
}

const (
	aimAsk  = "10×"
	aimHalf = "100 ms"
	aimMost = "500 ms"
)

// Run asks both bots in both streets.
func (c *benchAsk) Run(ctx context.Context, g *globals) error {
	var figures []figure
	for _, grids := range []int{12, c.Grids} {
		ours, bare, err := c.compare(ctx, g, grids)
		if err != nil {
			return err
		}
		rate := float64(len(ours.waits)) / ours.took.Seconds()
		bareRate := float64(len(bare.waits)) / bare.took.Seconds()
		figures = append(figures,
			figure{fmt.Sprintf("answers, street of %d grids", grids), fmt.Sprintf("%.0f /s", rate), fmt.Sprintf("%.0f /s", bareRate),
				fmt.Sprintf("%.2f×", bareRate/rate), "≤ " + aimAsk},
			figure{"  half within", short(ours.within(0.5)), short(bare.within(0.5)), times(ours.within(0.5), bare.within(0.5)), "≤ " + aimHalf},
			figure{"  99 of 100 within", short(ours.within(0.99)), short(bare.within(0.99)), times(ours.within(0.99), bare.within(0.99)), "≤ " + aimMost})
	}
	return printFigures(g.out, figures...)
}

// compare asks gridbot and the bare bot in a street of so many grids.
func (c *benchAsk) compare(ctx context.Context, g *globals, grids int) (ours, bare asked, err error) {
	ground, err := openBenchGround(ctx)
	if err != nil {
		return ours, bare, err
	}
	defer ground.close()
	if err := ground.settle(ctx, 1, grids); err != nil {
		return ours, bare, err
	}
	if err := ground.month(ctx, calendar.MonthOf(g.now()), 1, grids); err != nil {
		return ours, bare, err
	}
	cache, err := startBenchCache(ctx, g.err)
	if err != nil {
		return ours, bare, err
	}
	defer cache.stop()
	if ours, err = c.askGridbot(ctx, g, ground.url, cache.address, grids); err != nil {
		return ours, bare, err
	}
	bare, err = c.askEcho(ctx, g, grids)
	return ours, bare, err
}

func (c *benchAsk) askGridbot(ctx context.Context, g *globals, database, cache string, grids int) (a asked, err error) {
	dir, err := os.MkdirTemp("", "gridbot-bench-")
	if err != nil {
		return a, fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)
	workdays, _, err := demoWorkdays(dir, calendar.DateOf(g.now()))
	if err != nil {
		return a, fmt.Errorf("bench: %w", err)
	}
	return c.ask(ctx, g, grids, func(ctx context.Context, cfg *config.Config, door net.Listener) error {
		cfg.DatabaseURL, cfg.RedisURL, cfg.Workdays = database, cache, workdays
		service, err := newService(ctx, cfg, 0, g.now, slog.New(slog.DiscardHandler))
		if err != nil {
			return err
		}
		defer service.close()
		service.jobs.Pace = nil // this stand-in has no limits
		return service.run(ctx, door)
	})
}

func (c *benchAsk) askEcho(ctx context.Context, g *globals, grids int) (asked, error) {
	return c.ask(ctx, g, grids, func(ctx context.Context, cfg *config.Config, door net.Listener) error {
		return serveUntil(ctx, door, newEcho(cfg.Feishu))
	})
}

// ask opens a stand-in, lets the bot run on its door, and asks.
func (c *benchAsk) ask(
	ctx context.Context, g *globals, grids int, run func(context.Context, *config.Config, net.Listener) error,
) (a asked, err error) {
	page, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return a, fmt.Errorf("bench: %w", err)
	}
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		page.Close()
		return a, fmt.Errorf("bench: %w", err)
	}
	cfg, err := demoConfig("", "", "", page.Addr(), door.Addr())
	if err != nil {
		return a, err
	}
	cfg.Feishu.AppID = "cli_bench_" + filepath.Base(door.Addr().String()) // tokens are kept by it
	platform, err := openBenchStage(cfg.Feishu, "http://"+door.Addr().String()+"/feishu/events", grids, g.now)
	if err != nil {
		return a, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return serveUntil(running, page, platform.Handler()) })
	group.Go(func() error { return run(running, cfg, door) })
	group.Go(func() error {
		defer stop()
		crowd := &crowd{platform: platform, grids: grids, atOnce: c.AtOnce}
		if _, err := crowd.ask(running, 2*c.AtOnce); err != nil { // fills caches, opens connections
			return err
		}
		a, err = crowd.ask(running, c.Questions)
		return err
	})
	return a, errors.Join(group.Wait(), platform.Close())
}

// openBenchStage is a stand-in with the member of every grid.
func openBenchStage(app config.Feishu, bot string, grids int, now func() time.Time) (*stage.Server, error) {
	options := stage.Options{
		AppID: app.AppID, AppSecret: app.AppSecret, VerificationToken: app.VerificationToken, EncryptKey: app.EncryptKey,
		BotURL: bot, Now: now, NoLimits: true, Timeout: time.Minute,
	}
	for grid := 1; grid <= grids; grid++ {
		options.People = append(options.People, stage.Person{
			Name: fmt.Sprintf("组员%d", grid), OpenID: benchOpenID(grid), Mobile: benchMobile(grid),
		})
	}
	return stage.New(options)
}
