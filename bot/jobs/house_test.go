package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"go.uber.org/goleak"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

// TestMain runs the tests, or this process is one that a test starts and kills.
func TestMain(m *testing.M) {
	if os.Getenv(childDatabase) != "" {
		beChild()
		return
	}
	code := m.Run()
	pgtest.Stop()
	if leak := goleak.Find(); leak != nil && code == 0 {
		fmt.Fprintln(os.Stderr, leak)
		code = 1
	}
	os.Exit(code)
}

// today and now are when every test happens: a Monday, in the afternoon.
var (
	today = calendar.NewDate(2026, time.November, 23)
	now   = today.Start().Add(16*time.Hour + 40*time.Minute)
)

func fixed() time.Time { return now }

// patience is how long a test waits for what must happen.
const patience = time.Minute

// house is a database and a stand-in of the platform; processes come and go.
type house struct {
	t     testing.TB
	url   string // of the database
	store *store.Store
	stage *stage.Server
	app   feishu.Config
	wake  chan struct{} // something has become of a job

	called chan struct{} // one for every message that the platform is asked to send
}

func newHouse(t testing.TB, change ...func(*stage.Options)) *house {
	t.Helper()
	h := &house{t: t, url: pgtest.Database(t, store.Migrate), wake: make(chan struct{}, 1), called: make(chan struct{}, 10_000)}
	var err error
	if h.store, err = store.Open(t.Context(), h.url, store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.store.Close)
	h.app = feishu.Config{AppID: "cli_jobs", AppSecret: "secret", VerificationToken: "token", EncryptKey: "key"}
	options := stage.Options{
		AppID: h.app.AppID, AppSecret: h.app.AppSecret, VerificationToken: h.app.VerificationToken, EncryptKey: h.app.EncryptKey,
		People: []stage.Person{
			{Name: "张三", OpenID: "ou_zhang"},
			{Name: "李四", OpenID: "ou_outside", Outside: true},
			{Name: "王五", OpenID: "ou_muted", Muted: true},
		},
		Groups: []stage.Group{
			{ChatID: "oc_in", Name: "东社区网格群", Members: []string{"张三"}},
			{ChatID: "oc_out", Name: "没有机器人的群", Members: []string{"张三"}, Without: true},
		},
	}
	for _, c := range change {
		c(&options)
	}
	if h.stage, err = stage.New(options); err != nil {
		t.Fatal(err)
	}
	platform := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/open-apis/im/v1/messages") {
			h.called <- struct{}{}
		}
		h.stage.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		if err := h.stage.Close(); err != nil {
			t.Error(err)
		}
		platform.Close()
	})
	h.app.BaseURL = platform.URL
	return h
}

// process builds jobs as a process of its own would have them, not started yet.
func (h *house) process(change ...func(*Deps)) *Jobs {
	h.t.Helper()
	client := feishu.NewClient(h.app, time.Now)
	h.t.Cleanup(client.Close)
	deps := Deps{
		Pool: h.store.Pool(), Records: waking{h.store, h}, Platform: client, Conversation: echo{},
		Backoff: soon, Now: fixed, Log: slog.New(slog.DiscardHandler),
	}
	for _, c := range change {
		c(&deps)
	}
	j, err := New(deps)
	if err != nil {
		h.t.Fatal(err)
	}
	return j
}

// soon is a backoff that no test has to wait for.
func soon(int) time.Duration { return 10 * time.Millisecond }

// start starts a process; it is stopped when the test ends, if not before.
func (h *house) start(j *Jobs) *Jobs {
	h.t.Helper()
	events, unsubscribe := j.client.Subscribe(river.EventKindJobCompleted, river.EventKindJobCancelled,
		river.EventKindJobFailed, river.EventKindJobSnoozed)
	go func() {
		for range events {
			h.look()
		}
	}()
	h.t.Cleanup(unsubscribe)
	if err := j.Start(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { h.stop(j) })
	return j
}

// look makes who waits for the jobs look again.
func (h *house) look() {
	select {
	case h.wake <- struct{}{}:
	default: // it is to look again anyway
	}
}

// waking is a store that tells of the jobs that were worked at once: the queue
// does not know of them.
type waking struct {
	*store.Store
	house *house
}

func (w waking) EndJob(ctx context.Context, e store.JobEnding) error {
	defer w.house.look()
	return w.Store.EndJob(ctx, e)
}

func (h *house) stop(j *Jobs) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := j.Stop(ctx); err != nil {
		h.t.Error(err)
	}
}

// settle waits until every job but the ticks has come to its end.
func (h *house) settle() {
	h.t.Helper()
	h.until("all jobs are done", func() bool { return h.count(unfinished) == 0 })
}

// until waits for something to become true of the jobs.
func (h *house) until(what string, done func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	for !done() {
		select {
		case <-h.wake:
		case <-ctx.Done():
			h.t.Fatalf("not within %s: %s; %d jobs are not", patience, what, h.count(unfinished))
		}
	}
}

// calls waits until the platform was asked to send n messages more.
func (h *house) calls(n int) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	for range n {
		select {
		case <-h.called:
		case <-ctx.Done():
			h.t.Fatal("the platform was not asked to send so many messages")
		}
	}
}

func (h *house) forgetCalls() {
	for len(h.called) > 0 {
		<-h.called
	}
}

const unfinished = `select count(*) from river_job where queue <> 'ticks' and state not in ('completed', 'cancelled', 'discarded')`

// count asks the database for a number.
func (h *house) count(sql string) (n int) {
	h.t.Helper()
	if err := h.store.Pool().QueryRow(h.t.Context(), sql).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func (h *house) exec(sql string, args ...any) {
	h.t.Helper()
	if _, err := h.store.Pool().Exec(h.t.Context(), sql, args...); err != nil {
		h.t.Fatal(err)
	}
}

// echo answers every message with a card of its words, and every press in private.
type echo struct{}

func (echo) Handle(_ context.Context, event bot.Event, _ time.Time) (*bot.Reply, error) {
	if event.Kind != bot.MessageReceived {
		return nil, nil
	}
	return &bot.Reply{Card: card.Card{Title: event.Text}, MessageID: event.MessageID}, nil
}

func (echo) Press(_ context.Context, press bot.Press, _ time.Time) (bot.PressAnswer, error) {
	return bot.PressAnswer{Toast: "已私信发给您", Private: &card.Card{Title: "只给您看"}}, nil
}

// asked is an event of somebody writing to the bot in the chat oc_in.
func (h *house) asked(n int) bot.Event {
	h.t.Helper()
	id, err := h.stage.User("张三").SayIn(h.t.Context(), "oc_in", fmt.Sprintf("问题%d", n), true)
	if err != nil {
		h.t.Fatal(err)
	}
	return bot.Event{
		ID: fmt.Sprintf("event-%d", n), Kind: bot.MessageReceived, OpenID: "ou_zhang", ChatID: "oc_in",
		MessageID: id, Mentioned: true, Text: fmt.Sprintf("问题%d", n),
	}
}

func (h *house) take(j *Jobs, event bot.Event) {
	h.t.Helper()
	if err := j.Take(h.t.Context(), event); err != nil {
		h.t.Fatal(err)
	}
}
