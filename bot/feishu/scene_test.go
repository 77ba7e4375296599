package feishu

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/stage"
)

// scene is a stand-in of the platform behind a real socket, and what the bot
// makes of its events.
type scene struct {
	t       *testing.T
	stage   *stage.Server
	server  *httptest.Server
	config  Config
	inbox   *sharedInbox
	presser presser
	log     *slog.Logger

	mu      sync.Mutex // guards what follows
	ahead   time.Duration
	barrier chan struct{} // closed: connections may be opened
}

func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, inbox: new(sharedInbox), presser: nobodyPresses, log: quiet, barrier: make(chan struct{})}
	close(s.barrier)
	s.server = httptest.NewServer(http.HandlerFunc(s.guard))
	s.config = Config{AppID: "cli_gridbot", AppSecret: "s3cret", VerificationToken: "v-token", EncryptKey: "test key", BaseURL: s.server.URL}
	var err error
	s.stage, err = stage.New(stage.Options{
		AppID: s.config.AppID, AppSecret: s.config.AppSecret, VerificationToken: s.config.VerificationToken, EncryptKey: s.config.EncryptKey,
		LongConnection: stage.LongConnection{Ping: time.Second, Reconnect: time.Second}, Now: s.clock,
		People: []stage.Person{{Name: "张三", OpenID: "ou_zhang"}, {Name: "李四", OpenID: "ou_li"}},
		Groups: []stage.Group{{ChatID: "oc_hy", Name: "华阳网格群", Members: []string{"张三", "李四"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.stage.Close(); err != nil {
			t.Error(err)
		}
		s.server.Close()
	})
	return s
}

// guard lets a connection be opened only while the barrier is up.
func (s *scene) guard(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/callback/ws/connect" {
		s.mu.Lock()
		barrier := s.barrier
		s.mu.Unlock()
		select {
		case <-barrier:
		case <-r.Context().Done():
			return
		}
	}
	s.stage.Handler().ServeHTTP(w, r)
}

func (s *scene) shut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.barrier = make(chan struct{})
}

func (s *scene) reopen() { close(s.barrier) }

func (s *scene) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return now.Add(s.ahead)
}

// redeliver lets the time pass after which the platform sends an event again.
func (s *scene) redeliver() {
	s.mu.Lock()
	s.ahead += time.Minute
	s.mu.Unlock()
	s.stage.Redeliver()
}

func (s *scene) me(context.Context) (string, error) { return s.stage.BotOpenID(), nil }

// listen makes the stand-in post to a webhook.
func (s *scene) listen() {
	door := httptest.NewServer(NewHandler(s.config, s.me, s.inbox.of(0), s.presser, clock, s.log))
	s.t.Cleanup(door.Close)
	s.stage.SetBotURL(door.URL)
}

func (s *scene) replica(i int) *LongConnection {
	config := s.config
	config.EncryptKey = ""
	return NewLongConnection(config, s.me, s.inbox.of(i), s.presser, clock, s.log)
}

// connect opens the long connections of n replicas; stop ends them, as the end
// of the test does.
func (s *scene) connect(n int) (stop func()) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for i := range n {
		running.Go(func() {
			if err := s.replica(i).Run(ctx); err != nil {
				s.t.Errorf("replica %d: %v", i, err)
			}
		})
	}
	stop = sync.OnceFunc(func() { cancel(); running.Wait(); s.awaitConnections(0) })
	s.t.Cleanup(stop)
	s.awaitConnections(n)
	return stop
}

func (s *scene) awaitConnections(n int) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.stage.Wait(ctx, func() bool { return s.stage.LongConnections() == n }); err != nil {
		s.t.Errorf("%d of %d connections: %v", s.stage.LongConnections(), n, err)
	}
}

// takeForEver is an inbox that gives up only with its context, in the middle of
// an event.
func (s *scene) takeForEver() {
	began := make(chan struct{})
	s.inbox.take = func(ctx context.Context) error { close(began); <-ctx.Done(); return ctx.Err() }
	said := make(chan error, 1)
	go func() { _, err := s.stage.User("张三").Say(context.Background(), "还差什么"); said <- err }()
	s.t.Cleanup(func() {
		if err := <-said; err != nil {
			s.t.Error(err)
		}
	})
	<-began
}

// sendCard sends 张三 a card with a button, as the bot does.
func (s *scene) sendCard(uuid string) (messageID string) {
	s.t.Helper()
	const question = `{"schema":"2.0","body":{"elements":[{"tag":"button","text":{"tag":"plain_text","content":"看明细"},` +
		`"behaviors":[{"type":"callback","value":{"do":"details"}}]}]}}`
	client := NewClient(s.config, clock)
	defer client.Close()
	messageID, err := client.Send(s.t.Context(), "open_id", "ou_zhang", json.RawMessage(question), uuid)
	if err != nil {
		s.t.Fatal(err)
	}
	return messageID
}

// sharedInbox is the inbox of all replicas.
type sharedInbox struct {
	take func(context.Context) error // asked first, if set

	mu    sync.Mutex
	taken []bot.Event
	by    map[int]int // how many each replica took
}

func (b *sharedInbox) events() []bot.Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.taken)
}

// of is the inbox as one replica has it.
func (b *sharedInbox) of(replica int) Inbox { return inboxOf{b, replica} }

type inboxOf struct {
	shared  *sharedInbox
	replica int
}

func (i inboxOf) Take(ctx context.Context, event bot.Event) error {
	b := i.shared
	if b.take != nil {
		if err := b.take(ctx); err != nil {
			return err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.by == nil {
		b.by = map[int]int{}
	}
	b.by[i.replica]++
	b.taken = append(b.taken, event)
	return nil
}
