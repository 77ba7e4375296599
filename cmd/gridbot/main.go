// Gridbot is a chat assistant for the grid workers of a street office: it
// scores each grid's month by the street's Measure, answers what people ask
// about it in Feishu, and reminds them in time of what is missing.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/nanxiashu/gridbot/config"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// commands is the command line.
type commands struct {
	Config string `help:"Configuration file (YAML); the environment lies over it." type:"path" placeholder:"FILE"`
	At     Moment `help:"The moment to take for now, RFC 3339." placeholder:"TIME"`

	Demo       demoCommand       `cmd:"" help:"Run everything on this machine with sample data and a page to chat on."`
	Serve      serveCommand      `cmd:"" help:"Run the service: webhook, answers, reminders."`
	Migrate    migrateCommand    `cmd:"" help:"Bring the database schema up to date, or show where it stands."`
	Import     importCommand     `cmd:"" help:"Import workbooks, CSV files or folders of them."`
	Score      scoreCommand      `cmd:"" help:"Score facts documents, or a month from the database."`
	Facts      factsCommand      `cmd:"" help:"Print a grid's facts document as the database gives it."`
	Ask        askCommand        `cmd:"" help:"Print what the assistant would answer, without sending."`
	Remind     remindCommand     `cmd:"" help:"Send the reminders that are due now, or only show them."`
	Deliveries deliveriesCommand `cmd:"" help:"List what was to be delivered and what became of it; send a failed one again."`
	Track      trackCommand      `cmd:"" help:"Explain what somebody's track points of a day come to, or import tracks."`
	Silence    silenceCommand    `cmd:"" help:"Leave a grid without reminders for a while, or list the silences."`
	Token      tokenCommand      `cmd:"" help:"Tokens of the systems that push records."`
	Key        keyCommand        `cmd:"" help:"Keys that encrypt the names, numbers and notes about persons of concern."`
	Bench      benchCommand      `cmd:"" help:"Measure this program on this machine beside a yardstick."`
	Doctor     doctorCommand     `cmd:"" help:"Check configuration, database, cache, platform and clock."`
	Health     healthCommand     `cmd:"" hidden:"" help:"Ask the local service whether it is alive (for container health checks)."`
}

// Moment is a time given on the command line.
type Moment struct{ time.Time }

// UnmarshalText reads RFC 3339.
func (m *Moment) UnmarshalText(text []byte) (err error) {
	if m.Time, err = time.Parse(time.RFC3339, string(text)); err != nil {
		return fmt.Errorf("%q is no moment such as 2026-11-23T16:40:00+08:00", text)
	}
	return nil
}

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// globals is what every command is given.
type globals struct {
	terminal
	configPath string
	at         time.Time // zero = now
}

// now is the moment the command works at.
func (g *globals) now() time.Time {
	if g.at.IsZero() {
		return time.Now().In(calendar.Shanghai)
	}
	return g.at.In(calendar.Shanghai)
}

func (g *globals) config() (*config.Config, error) { return config.Load(g.configPath) }

// houseConfig is the configuration of a command that opens the database: with
// keys for the names in it.
func (g *globals) houseConfig(needed ...config.Setting) (*config.Config, error) {
	cfg, err := g.config()
	if err != nil {
		return nil, err
	}
	if err := cfg.Need(append([]config.Setting{config.DatabaseURL}, needed...)...); err != nil {
		return nil, err
	}
	return cfg, g.fillInKeys(cfg)
}

func (g *globals) fillInKeys(cfg *config.Config) (err error) {
	if len(cfg.PersonalKeys) == 0 {
		cfg.PersonalKeys, err = ownKeys(g.err)
	}
	return err
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], terminal{os.Stdin, os.Stdout, os.Stderr}))
}

// usageError is a wrong call of a command: exit code 2.
type usageError string

func (e usageError) Error() string { return string(e) }

// run carries out one command line and returns the exit code: 0, 1 for a
// failure, 2 for wrong usage.
func run(ctx context.Context, args []string, term terminal) int {
	var cli commands
	exited := -1
	parser, err := kong.New(&cli, kong.Name("gridbot"), kong.Writers(term.out, term.err),
		kong.Description("A chat assistant for grid workers: scores, shortfalls, rankings and reminders."),
		kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err != nil {
		return fail(term, err)
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help
		return exited
	}
	if err != nil {
		fmt.Fprintln(term.err, "gridbot:", err)
		return 2
	}
	err = parsed.Run(&globals{terminal: term, configPath: cli.Config, at: cli.At.Time})
	var usage usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintln(term.err, "gridbot:", err)
		return 2
	case err != nil:
		return fail(term, err)
	}
	return 0
}

func fail(term terminal, err error) int {
	fmt.Fprintln(term.err, "gridbot:", err)
	return 1
}
