package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/bot/jobs"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/cache"
)

type benchRemind struct {
	Receivers int `default:"2000" help:"How many people are reminded at the same moment."`
	Replicas  int `default:"2" help:"How many replicas send."`
	Faster    int `default:"3" help:"How many times the platform's limits are allowed. With 1, 20000 receivers take 21 minutes."`
	Grids     int `default:"10000" help:"How many grids are looked at for what is missing."`
}

// Help is shown by --help.
func (c *benchRemind) Help() string {
	return "Reminders to many people at once, each sent by a durable job, several replicas keeping the platform's limits together. " +
		"The yardstick is what the platform allows: 1,000 messages a minute. It counts itself what arrives when, and whether any " +
		"second or minute held more than is allowed. Then what is missing today of every grid, from the records to the cards; " +
		"the yardstick is one plain SQL statement that counts a month's records by grid and day. " +
		"Aims: at least " + aimRate + " of the rate allowed, nothing above it, the same memory at the end as at the beginning; " +
		"planning at most " + aimPlanning + "."
}

const (
	aimRate     = "95%"
	aimMemory   = "1.2×"
	aimPlanning = "5 s"
)

// Run measures the sending, then the planning.
func (c *benchRemind) Run(ctx context.Context, g *globals) error {
	ground, err := openBenchGround(ctx)
	if err != nil {
		return err
	}
	defer ground.close()
	figures, err := c.send(ctx, g, ground)
	if err != nil {
		return err
	}
	planning, err := c.plan(ctx, ground)
	if err != nil {
		return err
	}
	return printFigures(g.out, append(figures, planning...)...)
}

// send lets the replicas send a reminder to everybody.
func (c *benchRemind) send(ctx context.Context, g *globals, ground *benchGround) ([]figure, error) {
	cache, err := startBenchCache(ctx, g.err)
	if err != nil {
		return nil, err
	}
	defer cache.stop()
	platform := openBenchPlatform(c.Receivers)
	defer platform.close()
	var replicas []*benchReplica
	for range c.Replicas {
		r, err := openBenchReplica(ctx, ground.url, cache.address, platform.url(), c.Faster)
		if err != nil {
			return nil, err
		}
		defer r.close()
		replicas = append(replicas, r)
	}
	began := time.Now()
	if err := replicas[0].plan(ctx, c.Receivers); err != nil {
		return nil, err
	}
	queued := time.Since(began)
	for _, r := range replicas {
		if err := r.jobs.Start(ctx); err != nil {
			return nil, err
		}
	}
	log, err := platform.receive(ctx)
	if err != nil {
		return nil, err
	}
	return append([]figure{{fmt.Sprintf("queueing for %d receivers", c.Receivers), short(queued), unmeasured, unmeasured, ""}},
		log.figures(c.Faster)...), nil
}

// plan finds what is to be done and what is missing of every grid on the month's
// last duty day, a Friday.
func (c *benchRemind) plan(ctx context.Context, ground *benchGround) (figures []figure, err error) {
	if err := ground.settle(ctx, 1, c.Grids); err != nil {
		return nil, err
	}
	if err := ground.month(ctx, benchMonth, 1, c.Grids); err != nil {
		return nil, err
	}
	friday := benchMonth.Last() - 1
	if err := ground.arrive(ctx, friday); err != nil {
		return nil, err
	}
	house, err := furnish(ctx, &config.Config{DatabaseURL: ground.url})
	if err != nil {
		return nil, err
	}
	defer house.close()
	for _, one := range []struct {
		kind remind.Kind
		at   time.Duration
	}{{remind.Morning, 8*time.Hour + 20*time.Minute}, {remind.Evening, 16*time.Hour + 40*time.Minute}} {
		took, reminders, err := house.planOnce(ctx, one.kind, friday, one.at)
		if err != nil {
			return nil, err
		}
		plain, err := ground.countPlainly(ctx, "true")
		if err != nil {
			return nil, err
		}
		measure := fmt.Sprintf("planning the %s: %d grids, %d reminders", one.kind, c.Grids, reminders)
		figures = append(figures, figure{measure, short(took), short(plain), times(took, plain), "≤ " + aimPlanning})
	}
	return figures, nil
}

// planOnce plans a kind that falls due then, with nothing kept from before.
func (h *house) planOnce(ctx context.Context, kind remind.Kind, day calendar.Date, at time.Duration) (took time.Duration, reminders int, err error) {
	assistant, err := h.newAssistant(nil, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return 0, 0, err
	}
	planner, err := h.newPlanner(ctx, assistant, nil, nil)
	if err != nil {
		return 0, 0, err
	}
	planner.Schedule = remind.Schedule{Street: remind.Rules{kind: {At: []time.Duration{at}}}}
	began := time.Now()
	due, err := planner.Due(ctx, day.Start().Add(at))
	return time.Since(began), len(due), err
}

// arrive makes the month's records have come in up to a day, which still runs:
// of records that never came in nothing is decided, and nobody is short.
func (b *benchGround) arrive(ctx context.Context, day calendar.Date) error {
	return b.exec(ctx, fmt.Sprintf(`
		insert into arrivals (sheet, came_in, latest)
		select sheet, date '%[1]s', date '%[1]s' from unnest(array['走访', '里程', '事项']) sheet`, day))
}

// benchReplica is one of the processes that send.
type benchReplica struct {
	store  *store.Store
	cache  *cache.Cache
	client *feishu.Client
	jobs   *jobs.Jobs
}

func openBenchReplica(ctx context.Context, database, redis, platform string, faster int) (*benchReplica, error) {
	r := &benchReplica{}
	var err error
	if r.store, err = store.Open(ctx, database, store.Options{Workdays: calendar.Mainland()}); err != nil {
		return nil, err
	}
	if r.cache, err = cache.Open(redis); err != nil {
		r.close()
		return nil, err
	}
	r.client = feishu.NewClient(feishu.Config{AppID: "cli_bench", AppSecret: "secret", BaseURL: platform}, time.Now)
	r.jobs, err = jobs.New(jobs.Deps{
		Pool: r.store.Pool(), Records: r.store, Platform: r.client, Pace: fasterPace{cache.NewPace(r.cache, "cli_bench"), faster},
		Now: benchMorning(), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *benchReplica) close() {
	if r.jobs != nil {
		_ = r.jobs.Stop(context.Background()) // what is measured is over
	}
	if r.client != nil {
		r.client.Close()
	}
	if r.cache != nil {
		_ = r.cache.Close() // it is thrown away
	}
	r.store.Close()
}

// benchMorning is a clock that starts at 08:20: at night nobody is reminded.
func benchMorning() func() time.Time {
	began := time.Now()
	return func() time.Time {
		return benchMonth.First().Start().Add(8*time.Hour + 20*time.Minute + time.Since(began))
	}
}

// plan queues a reminder to so many people, as one occurrence does.
func (r *benchReplica) plan(ctx context.Context, receivers int) error {
	content := json.RawMessage(`{"schema":"2.0","body":{"elements":[{"tag":"markdown","content":"今天还差走访 1 条、公里 0.4 公里。"}]}}`)
	day, at := benchMonth.First(), benchMorning()()
	return pgx.BeginFunc(ctx, r.store.Pool(), func(tx pgx.Tx) error {
		for i := range receivers {
			_, err := r.jobs.Plan(ctx, tx, store.Delivery{
				Key: fmt.Sprintf("morning:%s:person:%d", day, i), Day: day, Kind: string(remind.Morning), ReceiverType: store.ToPerson,
				Receiver: benchOpenID(i), Title: "今日待办", Card: content, PlannedAt: at,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// fasterPace allows a multiple of what the platform does.
type fasterPace struct {
	*cache.Pace
	times int
}

func (p fasterPace) Take(ctx context.Context, receiver string, l cache.Limits) time.Duration {
	faster := cache.Limits{Receiver: l.Receiver}
	for _, w := range l.App {
		faster.App = append(faster.App, cache.Window{Size: w.Size * p.times, Length: w.Length})
	}
	return p.Pace.Take(ctx, receiver, faster)
}
