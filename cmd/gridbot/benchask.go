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
	Grids     int `default:"10000" help:"Grids of the larger street; the smaller has 12."`
	Questions int `default:"2000" help:"How many are asked of each bot."`
	AtOnce    int `default:"64" help:"How many people ask at the same time."`
}

// Help is shown by --help.
func (c *benchAsk) Help() string {
	return "A worker asks 我的本月分数, and the answer appears at the stand-in of the platform: events encrypted and signed, answers " +
		"over HTTP, gridbot with database, job queue and cache. First everybody asks again as soon as they are answered; then " +
		"questions come at half the rate that the bot has reached; then buttons are pressed. " +
		"The yardstick is a bot of the bare SDK behind the same stand-in that replies with a card that gridbot sent, always " +
		"the same, and remembers nothing. What the platform allows in a second is not kept to: this stand-in has no limits. " +
		"Aims: at least half the answers of the bare bot; at half load 99 of 100 within " + aimHalfLoad +
		" that of the bare bot; 99 of 100 presses within " + aimPress + "; in both streets."
}

const (
	aimRatio    = "2×"
	aimHalfLoad = "3× or 50 ms"
	aimPress    = "300 ms"
)

// Run asks both bots in both streets.
func (c *benchAsk) Run(ctx context.Context, g *globals) error {
	var figures []figure
	for _, grids := range []int{12, c.Grids} {
		ours, bare, err := c.compare(ctx, g, grids)
		if err != nil {
			return err
		}
		figures = append(figures,
			figure{fmt.Sprintf("answers, street of %d grids", grids), fmt.Sprintf("%.0f /s", ours.rate()), fmt.Sprintf("%.0f /s", bare.rate()),
				fmt.Sprintf("%.2f×", bare.rate()/ours.rate()), "≤ " + aimRatio},
			compared("  half within", ours.asked, bare.asked, 0.5, ""),
			compared("  99 of 100 within", ours.asked, bare.asked, 0.99, ""),
			compared("  99 of 100 at half load within", ours.halfLoad, bare.halfLoad, 0.99, "≤ "+aimHalfLoad),
			figure{"  99 of 100 presses within", short(ours.presses.within(0.99)), unmeasured, unmeasured, "≤ " + aimPress})
	}
	return printFigures(g.out, figures...)
}

func compared(measure string, ours, bare asked, share float64, aim string) figure {
	return figure{measure, short(ours.within(share)), short(bare.within(share)), times(ours.within(share), bare.within(share)), aim}
}

// conversed is what became of everything that was asked of a bot.
type conversed struct {
	asked             // under full load
	halfLoad, presses asked
	card              string // one of its answers
}

// compare asks gridbot and the bare bot in a street of so many grids.
func (c *benchAsk) compare(ctx context.Context, g *globals, grids int) (ours, bare conversed, err error) {
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
	bare, err = c.askEcho(ctx, g, grids, ours.card)
	return ours, bare, err
}

func (c *benchAsk) askGridbot(ctx context.Context, g *globals, database, cache string, grids int) (a conversed, err error) {
	dir, err := os.MkdirTemp("", "gridbot-bench-")
	if err != nil {
		return a, fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)
	workdays, _, err := demoWorkdays(dir, calendar.DateOf(g.now()))
	if err != nil {
		return a, fmt.Errorf("bench: %w", err)
	}
	return c.converse(ctx, g, grids, true, func(ctx context.Context, cfg *config.Config, door net.Listener) error {
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

func (c *benchAsk) askEcho(ctx context.Context, g *globals, grids int, card string) (conversed, error) {
	return c.converse(ctx, g, grids, false, func(ctx context.Context, cfg *config.Config, door net.Listener) error {
		return serveUntil(ctx, door, newEcho(cfg.Feishu, card))
	})
}

// converse opens a stand-in, lets the bot run on its door, and asks.
func (c *benchAsk) converse(
	ctx context.Context, g *globals, grids int, hasButtons bool, run func(context.Context, *config.Config, net.Listener) error,
) (a conversed, err error) {
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
		a, err = c.load(running, crowd, hasButtons)
		return err
	})
	return a, errors.Join(group.Wait(), platform.Close())
}

// load asks as much as the bot can take, then half of that, then presses.
func (c *benchAsk) load(ctx context.Context, crowd *crowd, hasButtons bool) (a conversed, err error) {
	if _, err = crowd.ask(ctx, 2*c.AtOnce, 0); err != nil { // fills caches, opens connections
		return a, err
	}
	if a.asked, err = crowd.ask(ctx, c.Questions, 0); err != nil {
		return a, err
	}
	if a.halfLoad, err = crowd.ask(ctx, c.Questions, a.rate()/2); err != nil {
		return a, err
	}
	a.card = crowd.lastCard()
	if hasButtons {
		crowd.next.Store(0)
		a.presses, err = crowd.press(ctx, c.Questions/4)
	}
	return a, err
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
