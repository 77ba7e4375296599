// Package config is gridbot's configuration: a YAML file, and environment
// variables over it. Only the commands read it; they pass its values down.
package config

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"reflect"
	"strings"

	"github.com/caarlos0/env/v11"
	"go.yaml.in/yaml/v3"
)

// Config is everything that can be set. The zero value of a setting means its
// default.
type Config struct {
	// DatabaseURL names the Postgres database: postgres://user:password@host/name.
	DatabaseURL string `yaml:"database_url" env:"GRIDBOT_DATABASE_URL"`
	// RedisURL names the cache: redis://host:6379/0. Empty: no cache, everything
	// is still answered.
	RedisURL string `yaml:"redis_url" env:"GRIDBOT_REDIS_URL"`
	// Listen is the address of the HTTP service; default :8080.
	Listen string `yaml:"listen" env:"GRIDBOT_LISTEN"`
	Feishu Feishu `yaml:"feishu"`

	// Rulebook is a file with another street's points, thresholds and policies,
	// laid over the Measure's own.
	Rulebook string `yaml:"rulebook"`
	// Workdays is a file with the official workdays of further years.
	Workdays string `yaml:"workdays"`

	// Openness says what workers see of other grids: own (the default: nothing
	// but the mean and their own place), totals, or sections.
	Openness string `yaml:"openness"`
	// Contact is whom somebody unknown is asked to turn to; default 街道网格中心.
	Contact string `yaml:"contact"`

	Reminders Reminders `yaml:"reminders"`

	// IngestTokens let systems push records over HTTP.
	IngestTokens IngestTokens `yaml:"ingest_tokens" env:"GRIDBOT_INGEST_TOKENS"`

	// PersonalKeys encrypt names, numbers and notes; without one 对象, 隐患场所, 走访 and
	// 认定 cannot be imported. `gridbot key` prints a fresh one.
	PersonalKeys PersonalKeys `yaml:"personal_keys" env:"GRIDBOT_PERSONAL_KEYS"`
	// PersonalKeysFile is a file of such keys, one a line, instead of the list.
	PersonalKeysFile string `yaml:"personal_keys_file" env:"GRIDBOT_PERSONAL_KEYS_FILE"`

	file document // it was read from
}

// Feishu is the self-built app (企业自建应用) that is the assistant.
type Feishu struct {
	AppID             string `yaml:"app_id" env:"GRIDBOT_FEISHU_APP_ID"`
	AppSecret         string `yaml:"app_secret" env:"GRIDBOT_FEISHU_APP_SECRET"`
	VerificationToken string `yaml:"verification_token" env:"GRIDBOT_FEISHU_VERIFICATION_TOKEN"`
	EncryptKey        string `yaml:"encrypt_key" env:"GRIDBOT_FEISHU_ENCRYPT_KEY"`
	// BaseURL is the platform; default the public one.
	BaseURL string `yaml:"base_url" env:"GRIDBOT_FEISHU_BASE_URL"`
	// Mode is how events come in: webhook (the default: the platform posts them
	// to our public address) or ws (over a long connection that we open).
	Mode string `yaml:"mode" env:"GRIDBOT_FEISHU_MODE"`
}

// LongConnection reports whether events come over a connection that we open:
// the verification token and the encrypt key are not needed then.
func (f Feishu) LongConnection() bool { return f.Mode == "ws" }

// Load reads the file, lays the environment over it, fills in defaults and
// checks every value. An empty path means no file. An error lists everything
// that is wrong, with file and line or the variable's name; it never repeats a
// secret.
func Load(path string) (*Config, error) {
	cfg := new(Config)
	var file document
	if path != "" {
		var err error
		if file, err = read(path, cfg); err != nil {
			return nil, err
		}
	}
	if err := env.Parse(cfg); err != nil {
		return nil, fmt.Errorf("config: environment: %s", explainVariable(err))
	}
	if err := cfg.gatherKeys(); err != nil {
		return nil, err
	}
	cfg.fillIn()
	if err := cfg.check(file); err != nil {
		return nil, err
	}
	cfg.file = file
	return cfg, nil
}

func read(path string, cfg *Config) (document, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return document{}, fmt.Errorf("config: %w", err)
	}
	dec := yaml.NewDecoder(strings.NewReader(string(text)))
	dec.KnownFields(true)
	if err := dec.Decode(cfg); err != nil && !errors.Is(err, io.EOF) {
		return document{}, fmt.Errorf("config: %s: %s", path, explain(err))
	}
	file := document{path: path}
	return file, yaml.Unmarshal(text, &file.root)
}

// explain turns the YAML library's error into one line.
func explain(err error) string {
	var types *yaml.TypeError
	if !errors.As(err, &types) {
		return strings.TrimPrefix(err.Error(), "yaml: ")
	}
	for i, e := range types.Errors {
		e, _, _ = strings.Cut(e, " in type ")
		types.Errors[i] = strings.Replace(e, "field ", "unknown key ", 1)
		types.Errors[i] = strings.TrimSuffix(types.Errors[i], " not found")
	}
	return strings.Join(types.Errors, "; ")
}

// explainVariable names the variable and what is wrong with it, without the
// names of Go types.
func explainVariable(err error) string {
	var problem env.ParseError
	if !errors.As(err, &problem) {
		return strings.TrimPrefix(err.Error(), "env: ")
	}
	field, _ := reflect.TypeFor[Config]().FieldByName(problem.Name)
	return strings.TrimSpace(field.Tag.Get("env") + " " + problem.Err.Error())
}

func (c *Config) fillIn() {
	for value, standard := range map[*string]string{
		&c.Listen:         ":8080",
		&c.Openness:       "own",
		&c.Contact:        "街道网格中心",
		&c.Feishu.BaseURL: "https://open.feishu.cn",
		&c.Feishu.Mode:    "webhook",
	} {
		if *value == "" {
			*value = standard
		}
	}
	c.Reminders.fillIn()
}

func (c *Config) check(file document) error {
	var problems []error
	bad := func(problem string, path ...string) {
		problems = append(problems, fmt.Errorf("config: %s: %s", file.where(path), problem))
	}
	if c.DatabaseURL != "" && !hasScheme(c.DatabaseURL, "postgres", "postgresql") {
		bad("no postgres:// address", "database_url")
	}
	if c.RedisURL != "" && !hasScheme(c.RedisURL, "redis", "rediss", "unix") {
		bad("no redis:// address", "redis_url")
	}
	if !hasScheme(c.Feishu.BaseURL, "http", "https") {
		bad("no http(s):// address", "feishu", "base_url")
	}
	switch c.Feishu.Mode {
	case "webhook", "ws":
	default:
		bad("must be webhook or ws", "feishu", "mode")
	}
	if !strings.Contains(c.Listen, ":") {
		bad("no address to listen on (host:port or :port)", "listen")
	}
	switch c.Openness {
	case "own", "totals", "sections":
	default:
		bad("must be own, totals or sections", "openness")
	}
	if problem := c.IngestTokens.problem(); problem != "" {
		bad(problem, "ingest_tokens")
	}
	if _, err := c.Ring(); err != nil {
		bad("a key is there twice", "personal_keys")
	}
	c.Reminders.check(bad)
	return errors.Join(problems...)
}

func hasScheme(address string, schemes ...string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	for _, s := range schemes {
		if u.Scheme == s {
			return true
		}
	}
	return false
}

// Need reports which of the named settings are empty, as one error: what a
// command cannot do without.
func (c *Config) Need(settings ...Setting) error {
	var missing []string
	for _, s := range settings {
		if s.value(c) == "" {
			missing = append(missing, fmt.Sprintf("%s (or %s in the file)", s.variable, s.key))
		}
	}
	if missing == nil {
		return nil
	}
	return fmt.Errorf("config: not set: %s", strings.Join(missing, ", "))
}

// Setting is one that a command may need.
type Setting struct {
	variable, key string
	value         func(*Config) string
}

// The settings without which some commands cannot work.
var (
	DatabaseURL       = Setting{"GRIDBOT_DATABASE_URL", "database_url", func(c *Config) string { return c.DatabaseURL }}
	AppID             = Setting{"GRIDBOT_FEISHU_APP_ID", "feishu.app_id", func(c *Config) string { return c.Feishu.AppID }}
	AppSecret         = Setting{"GRIDBOT_FEISHU_APP_SECRET", "feishu.app_secret", func(c *Config) string { return c.Feishu.AppSecret }}
	VerificationToken = Setting{"GRIDBOT_FEISHU_VERIFICATION_TOKEN", "feishu.verification_token", func(c *Config) string { return c.Feishu.VerificationToken }}
	EncryptKey        = Setting{"GRIDBOT_FEISHU_ENCRYPT_KEY", "feishu.encrypt_key", func(c *Config) string { return c.Feishu.EncryptKey }}
)
