package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/config"
)

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gridbot.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestNothingSetMeansDefaults(t *testing.T) {
	for _, path := range []string{"", file(t, ""), file(t, "# all as it comes\n")} {
		cfg, err := config.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if cfg.Listen != ":8080" || cfg.Openness != "own" || cfg.Feishu.BaseURL != "https://open.feishu.cn" {
			t.Errorf("defaults: %+v", cfg)
		}
		if evening := cfg.Reminders.Kinds["evening"].Times(); len(evening) != 1 || evening[0] != 16*time.Hour+40*time.Minute {
			t.Errorf("evening: %v", evening)
		}
	}
}

func TestEnvironmentLiesOverTheFile(t *testing.T) {
	t.Setenv("GRIDBOT_DATABASE_URL", "postgres://localhost/env")
	t.Setenv("GRIDBOT_FEISHU_APP_ID", "cli_env")
	cfg, err := config.Load(file(t, `
database_url: postgres://localhost/file
listen: 127.0.0.1:9000
feishu:
  app_id: cli_file
  app_secret: s
reminders:
  evening: {at: "17:05"}
`))
	if err != nil {
		t.Fatal(err)
	}
	if cfg.DatabaseURL != "postgres://localhost/env" || cfg.Feishu.AppID != "cli_env" {
		t.Errorf("the file won: %+v", cfg)
	}
	if cfg.Listen != "127.0.0.1:9000" || cfg.Feishu.AppSecret != "s" || cfg.Reminders.Kinds["evening"].At.Hour != 17 {
		t.Errorf("the file is lost: %+v", cfg)
	}
}

func TestRefusals(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"unknown key":               {"listen: :80\nlisten_on: x\n", "line 2: unknown key listen_on"},
		"unknown key deeper":        {"feishu:\n  app_idd: x\n", "line 2: unknown key app_idd"},
		"a key given twice":         {"listen: :80\nlisten: :81\n", "line 2"},
		"openness out of range":     {"openness: everything\n", "gridbot.yaml: line 1: openness: must be own"},
		"a time that is none":       {"reminders:\n  evening:\n    at: 25:00\n", "line 3: \"25:00\" is no time of day"},
		"a time at night":           {"\nreminders:\n  evening:\n    at: \"20:30\"\n", "line 4: reminders.evening.at: must lie between"},
		"no address of a database":  {"database_url: localhost\n", "line 1: database_url: no postgres:// address"},
		"no address of a platform":  {"feishu:\n  base_url: ftp://x\n", "line 2: feishu.base_url"},
		"no way for events":         {"feishu:\n  app_id: cli_1\n  mode: long\n", "gridbot.yaml: line 3: feishu.mode: must be webhook or ws"},
		"an address without a port": {"listen: here\n", "line 1: listen"},
		"no YAML":                   {"listen: [\n", "gridbot.yaml: line"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Load(file(t, tc.text))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want … %s …", err, tc.want)
			}
		})
	}
}

func TestAllProblemsAreListedAtOnce(t *testing.T) {
	_, err := config.Load(file(t, "openness: x\nlisten: y\n"))
	if err == nil || !strings.Contains(err.Error(), "openness") || !strings.Contains(err.Error(), "listen") {
		t.Errorf("got %v", err)
	}
}

func TestEventsComeByWebhookUnlessTheLongConnectionIsAskedFor(t *testing.T) {
	for text, want := range map[string]bool{
		"":                          false,
		"feishu: {mode: webhook}\n": false,
		"feishu: {mode: ws}\n":      true,
	} {
		cfg, err := config.Load(file(t, text))
		if err != nil {
			t.Fatal(err)
		}
		if got := cfg.Feishu.LongConnection(); got != want {
			t.Errorf("%q: long connection %t, want %t", text, got, want)
		}
	}
	t.Setenv("GRIDBOT_FEISHU_MODE", "ws")
	cfg, err := config.Load(file(t, "feishu: {mode: webhook}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !cfg.Feishu.LongConnection() {
		t.Error("the environment's mode is lost")
	}
}

func TestTokensOfTheEnvironment(t *testing.T) {
	t.Setenv("GRIDBOT_INGEST_TOKENS", "wgt=abcdefghijklmnopqrst@走访+里程, other=ABCDEFGHIJKLMNOPQRST")
	cfg, err := config.Load("")
	if err != nil {
		t.Fatal(err)
	}
	want := config.IngestTokens{
		{Name: "wgt", Token: "abcdefghijklmnopqrst", Sheets: []string{"走访", "里程"}},
		{Name: "other", Token: "ABCDEFGHIJKLMNOPQRST"},
	}
	if diff := cmp.Diff(want, cfg.IngestTokens); diff != "" {
		t.Error(diff)
	}
}

func TestTokensThatAreNone(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"a secret alone":    {"hunter2hunter2hunter2hunter2", "config: environment: GRIDBOT_INGEST_TOKENS entry 1 is not NAME=TOKEN"},
		"a short secret":    {"wgt=hunter2", "the token of wgt is shorter"},
		"nobody's":          {"=hunter2hunter2hunter2hunter2", "a token without a name"},
		"the second is bad": {"a=abcdefghijklmnopqrst,hunter2", "entry 2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GRIDBOT_INGEST_TOKENS", tc.text)
			_, err := config.Load("")
			if err == nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %v, want … %s …", err, tc.want)
			}
		})
	}
}

func TestErrorsKeepSecrets(t *testing.T) {
	_, err := config.Load(file(t, "database_url: mysql://u:hunter2@h/d\n"))
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("got %v", err)
	}
}

func TestNeedNamesWhatIsMissing(t *testing.T) {
	cfg, err := config.Load("")
	if err != nil {
		t.Fatal(err)
	}
	err = cfg.Need(config.DatabaseURL, config.AppID)
	if err == nil || !strings.Contains(err.Error(), "GRIDBOT_DATABASE_URL (or database_url in the file), GRIDBOT_FEISHU_APP_ID") {
		t.Errorf("got %v", err)
	}
	cfg.DatabaseURL = "postgres://x"
	if err := cfg.Need(config.DatabaseURL); err != nil {
		t.Error(err)
	}
}
