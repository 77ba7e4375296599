package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/cache"
)

type doctorCommand struct{}

// checkup is one thing the doctor looks at: what is wrong, if anything, and what
// to do about it.
type checkup struct {
	name   string
	look   func(ctx context.Context) (finding string, err error)
	remedy string
}

// Run prints one line for each thing that must work, and fails if one does not.
func (c *doctorCommand) Run(ctx context.Context, g *globals) error {
	cfg, err := g.config()
	if err != nil {
		fmt.Fprintln(g.out, "FAIL  configuration: correct what is named below")
		return err
	}
	fmt.Fprintln(g.out, "ok    configuration")
	return examine(ctx, g.out, checkups(cfg, g.now()))
}

func checkups(cfg *config.Config, now time.Time) []checkup {
	return []checkup{
		{"database", func(ctx context.Context) (string, error) { return lookAtDatabase(ctx, cfg) },
			"set GRIDBOT_DATABASE_URL to a reachable Postgres 15 or newer, then run: gridbot migrate"},
		{"cache", func(ctx context.Context) (string, error) { return lookAtCache(ctx, cfg) },
			"start Redis or correct GRIDBOT_REDIS_URL; without it everything is answered, slower"},
		{"rulebook", func(context.Context) (string, error) { _, err := openRulebook(cfg.Rulebook); return "", err },
			"correct the file named by rulebook"},
		{"workdays", func(context.Context) (string, error) { return lookAtWorkdays(cfg, now) },
			"put the State Council's notice of that year into a file and name it by workdays"},
		{"platform", func(ctx context.Context) (string, error) { return lookAtPlatform(ctx, cfg) },
			"check GRIDBOT_FEISHU_APP_ID and GRIDBOT_FEISHU_APP_SECRET, that the app has the bot ability, and that a version is published"},
		{"webhook", func(context.Context) (string, error) {
			if cfg.Feishu.LongConnection() {
				return "none needed, events come over a long connection", nil
			}
			return "", cfg.Need(config.VerificationToken, config.EncryptKey)
		}, "copy Verification Token and Encrypt Key from the app's page 事件与回调 › 加密策略"},
		{"personal data", func(context.Context) (string, error) { return lookAtKeys(cfg) },
			"correct personal_keys or GRIDBOT_PERSONAL_KEYS"},
		{"clock", func(ctx context.Context) (string, error) { return lookAtClock(ctx, cfg) },
			"let the machine keep its time by NTP: the platform's signatures and all deadlines go by it"},
	}
}

func examine(ctx context.Context, w io.Writer, checkups []checkup) error {
	failed := 0
	for _, c := range checkups {
		finding, err := c.look(ctx)
		switch {
		case err != nil:
			failed++
			fmt.Fprintf(w, "FAIL  %s: %v\n      → %s\n", c.name, err, c.remedy)
		case finding != "":
			fmt.Fprintf(w, "ok    %s: %s\n", c.name, finding)
		default:
			fmt.Fprintf(w, "ok    %s\n", c.name)
		}
	}
	if failed > 0 {
		return fmt.Errorf("doctor: %d of %d checks failed", failed, len(checkups))
	}
	return nil
}

func lookAtDatabase(ctx context.Context, cfg *config.Config) (string, error) {
	if err := cfg.Need(config.DatabaseURL); err != nil {
		return "", err
	}
	s, err := store.Open(ctx, cfg.DatabaseURL, store.Options{Workdays: calendar.Mainland()})
	if err != nil {
		return "", err
	}
	defer s.Close()
	return "", s.CheckSchema(ctx)
}

func lookAtCache(ctx context.Context, cfg *config.Config) (string, error) {
	if cfg.RedisURL == "" {
		return "none configured, everything is computed anew", nil
	}
	c, err := cache.Open(cfg.RedisURL)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return "", c.Ping(ctx)
}

func lookAtKeys(cfg *config.Config) (string, error) {
	if len(cfg.PersonalKeys) == 0 {
		return "none configured, this machine's own is used; other machines need the same, see `gridbot key`", nil
	}
	_, err := cfg.Ring()
	return "", err
}

// lookAtWorkdays wants this month and the next to have their duty days.
func lookAtWorkdays(cfg *config.Config, now time.Time) (string, error) {
	workdays, err := openWorkdays(cfg.Workdays)
	if err != nil {
		return "", err
	}
	month := calendar.MonthOf(now)
	if _, err := workdays.DutyDays(month.First().Monday(), month.Last()); err != nil {
		return "", err
	}
	if _, err := workdays.DutyDays((month + 1).First(), (month + 1).Last()); err != nil {
		return fmt.Sprintf("known to the end of this year; %v", err), nil
	}
	return "", nil
}

func lookAtPlatform(ctx context.Context, cfg *config.Config) (string, error) {
	if err := cfg.Need(config.AppID, config.AppSecret); err != nil {
		return "", err
	}
	client := feishu.NewClient(platform(cfg), time.Now)
	if _, err := client.Me(ctx); err != nil {
		return "", err
	}
	return "", client.Check(ctx)
}

// tolerance is how far our clock may be from the platform's.
const tolerance = time.Minute

func lookAtClock(ctx context.Context, cfg *config.Config) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, cfg.Feishu.BaseURL, nil)
	if err != nil {
		return "", err
	}
	sent := time.Now()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", errors.New("the platform cannot be reached to compare clocks")
	}
	resp.Body.Close()
	theirs, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return "the platform tells no time to compare with", nil
	}
	if off := sent.Sub(theirs).Abs(); off > tolerance {
		return "", fmt.Errorf("%s away from the platform's", off.Round(time.Second))
	}
	return "", nil
}
