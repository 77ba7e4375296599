package jobs

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

// A test starts this same program as another process, which works jobs until it
// is killed: SIGKILL leaves no time to tidy up.
const (
	childDatabase = "GRIDBOT_JOBS_TEST_DATABASE" // its database; makes the program such a process
	childApp      = "GRIDBOT_JOBS_TEST_APP"      // its platform, as JSON
	childClock    = "GRIDBOT_JOBS_TEST_CLOCK"    // nanoseconds that its clock is ahead
	childBroods   = "GRIDBOT_JOBS_TEST_BROODS"   // it never comes to an answer
	childTakes    = "GRIDBOT_JOBS_TEST_TAKES"    // an event, as JSON, that it takes itself
)

// child is a running process of that kind.
type child struct {
	h       *house
	command *exec.Cmd
	said    *bufio.Scanner
}

// spawn starts a process that works jobs.
func (h *house) spawn(environment ...string) *child {
	h.t.Helper()
	app, err := json.Marshal(h.app)
	if err != nil {
		h.t.Fatal(err)
	}
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childDatabase+"="+h.url, childApp+"="+string(app))
	command.Env = append(command.Env, environment...)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		h.t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		h.t.Fatal(err)
	}
	c := &child{h, command, bufio.NewScanner(out)}
	h.t.Cleanup(c.kill)
	return c
}

// hears waits for the process to say something.
func (c *child) hears(words string) {
	c.h.t.Helper()
	for c.said.Scan() {
		if c.said.Text() == words {
			return
		}
	}
	c.h.t.Fatalf("the process ended without saying %q", words)
}

func (c *child) kill() {
	_ = c.command.Process.Kill() // killed before: fine
	_ = c.command.Wait()
}

// beChild is what such a process does.
func beChild() {
	if err := workUntilKilled(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func workUntilKilled(ctx context.Context) error {
	s, err := store.Open(ctx, os.Getenv(childDatabase), store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()})
	if err != nil {
		return err
	}
	var app feishu.Config
	if err := json.Unmarshal([]byte(os.Getenv(childApp)), &app); err != nil {
		return err
	}
	var ahead time.Duration
	if clock := os.Getenv(childClock); clock != "" {
		if ahead, err = time.ParseDuration(clock + "ns"); err != nil {
			return err
		}
	}
	deps := Deps{
		Pool: s.Pool(), Records: s, Platform: feishu.NewClient(app, time.Now), Conversation: echo{},
		Backoff: soon, Now: func() time.Time { return now.Add(ahead) }, Log: slog.New(slog.DiscardHandler),
	}
	if os.Getenv(childBroods) != "" {
		deps.Conversation = brooding{}
	}
	j, err := New(deps)
	if err != nil {
		return err
	}
	if err := j.Start(ctx); err != nil {
		return err
	}
	if taken := os.Getenv(childTakes); taken != "" {
		var event bot.Event
		if err := json.Unmarshal([]byte(taken), &event); err != nil {
			return err
		}
		if err := j.Take(ctx, event); err != nil {
			return err
		}
	}
	select {}
}

// brooding says that it is asked, and never answers.
type brooding struct{ echo }

func (brooding) Handle(context.Context, bot.Event, time.Time) (*bot.Reply, error) {
	fmt.Println("asked")
	select {}
}

// survive lets a new process take over from one that was killed.
func (h *house) survive() {
	h.t.Helper()
	if err := h.store.RescueJobs(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	h.start(h.process())
	h.settle()
}

func TestAProcessKilledOnTheWayLosesAndDoublesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		fault stage.Fault
		until func(h *house) // two messages are that far
	}{
		"before its messages have arrived": {stage.Fault{Hang: true}, func(h *house) { h.calls(2) }},
		"before it has heard of them":      {stage.Fault{AnswerAfter: time.Hour}, (*house).twoMessages},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.stage.FailNext(2, c.fault)
			j := h.process()
			h.plan(j, store.Delivery{Receiver: "ou_zhang", ReceiverType: store.ToPerson})
			h.take(j, h.asked(1))
			killed := h.spawn()
			c.until(h)
			killed.kill()
			h.stage.Heal()
			h.survive()
			if private, group := h.sentTo("ou_zhang"), h.sentIn("oc_in"); private != 1 || group != 1 {
				t.Errorf("%d reminders, %d answers", private, group)
			}
			if d := h.delivery("ou_zhang"); d.State != store.DeliverySent || d.Tries != 2 {
				t.Errorf("%s after %d tries", d.State, d.Tries)
			}
		})
	}
}

func (h *house) twoMessages() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	err := h.stage.Wait(ctx, func() bool { return h.sentTo("ou_zhang") == 1 && h.sentIn("oc_in") == 1 })
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestAProcessKilledWhileItThinksLosesNoQuestion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.take(h.process(), h.asked(1))
	killed := h.spawn(childBroods + "=yes")
	killed.hears("asked")
	killed.kill()
	h.survive()
	if sent := h.sentIn("oc_in"); sent != 1 {
		t.Errorf("answered %d times", sent)
	}
}

func TestAProcessKilledWhileItAnswersAtOnceLosesAndDoublesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		fault  stage.Fault
		broods bool
		until  func(h *house, c *child)
	}{
		"while it thinks":               {stage.Fault{}, true, func(_ *house, c *child) { c.hears("asked") }},
		"before its answer has arrived": {stage.Fault{Hang: true}, false, func(h *house, _ *child) { h.calls(1) }},
		"before it has heard of that":   {stage.Fault{AnswerAfter: time.Hour}, false, (*house).oneAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.stage.FailNext(1, c.fault)
			event, err := json.Marshal(h.asked(1))
			if err != nil {
				t.Fatal(err)
			}
			environment := []string{childTakes + "=" + string(event)}
			if c.broods {
				environment = append(environment, childBroods+"=yes")
			}
			killed := h.spawn(environment...)
			c.until(h, killed)
			killed.kill()
			if n := h.count(`select count(*) from river_job where kind = 'event' and state = 'running' and attempt = 1`); n != 1 {
				t.Fatalf("%d events are being answered at once: nothing is tested", n)
			}
			h.stage.Heal()
			h.survive()
			if sent := h.sentIn("oc_in"); sent != 1 {
				t.Errorf("answered %d times", sent)
			}
		})
	}
}

func (h *house) oneAnswer(*child) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if err := h.stage.Wait(ctx, func() bool { return h.sentIn("oc_in") == 1 }); err != nil {
		h.t.Fatal(err)
	}
}

func TestAnAnswerPerhapsSentByAKilledProcessIsNotRepeatedAfterAnHour(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.process()
	h.take(j, h.asked(1))
	h.exec(`update river_job set attempt = 1, created_at = now() - interval '1 hour'`)
	h.start(j)
	h.settle()
	if sent := h.sentIn("oc_in"); sent != 0 {
		t.Errorf("answered %d times", sent)
	}
}
