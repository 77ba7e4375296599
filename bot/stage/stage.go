// Package stage is a local stand-in of the Feishu open platform: its HTTP API,
// its events and card callbacks to the bot's webhook or over its long connection,
// and a web page to chat on. It serves the demo and the tests.
//
// It refuses what the platform refuses, with the platform's codes, and answers
// what the platform answers, so that a bot that works here works there. What
// people and groups there are is given by Options; everything said is kept in
// memory and, with Options.Journal, in a file that outlives the process.
package stage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/nanxiashu/gridbot/bot/stage/cardcheck"
)

// Options says which app, people and groups the stand-in plays.
type Options struct {
	// The app's credentials, as its console shows them. Give every stand-in of
	// one process its own AppID: the SDK shares tokens by it.
	AppID, AppSecret string
	// VerificationToken is in every event; EncryptKey, if not empty, encrypts
	// and signs them.
	VerificationToken, EncryptKey string
	BotURL                        string // the bot's webhook; may also be set later with SetBotURL
	BotName                       string // default 网格助手
	LongConnection                LongConnection

	People  []Person
	Groups  []Group
	Menu    []MenuEntry   // the bot's menu in private chats; default 我的分数 今日缺口 排名 帮助
	Buttons []ClockButton // the page's clock bar

	// Journal is the path of the file that remembers chats and messages across
	// restarts; empty: nothing is remembered.
	Journal string

	Now          func() time.Time // default time.Now
	Ticks        func() time.Time // the running clock that the rate limits go by; default time.Now
	Redeliveries []time.Duration  // waits before an event is sent again; default 15 s, 5 min, 1 h, 6 h
	Timeout      time.Duration    // how long the bot may take to answer; default 3 s
	HTTP         *http.Client     // reaches the bot; default a client of its own
	NoLimits     bool             // no rate limits: for load measurements only
	HearsAll     bool             // the app has the scope of all group messages, not only those that mention it
	Log          *slog.Logger     // default: nowhere. Never sees what people write
}

// Person is somebody with an account on the platform.
type Person struct {
	Name   string
	OpenID string // ou_…; default made of the name
	Mobile string // as in 人员, without +86
	Role   string // title shown on the page; people are grouped by it
	Grid   string // what the page says below the name

	Outside  bool // outside the app's availability: 230013, and unknown to the contact API
	Resigned bool // left the organisation
	Muted    bool // switched the bot's messages off: 230053
}

// Group is a group chat.
type Group struct {
	ChatID  string // oc_…; default made of the name
	Name    string
	Members []string // open_ids or names
	Without bool     // the bot is not in the group yet
}

// MenuEntry is an entry of the bot's menu: Key is the event_key of its event.
type MenuEntry struct{ Label, Key string }

// ClockButton is a button of the page's clock bar, e.g. "16:40". Do returns the
// sentence shown to the tester.
type ClockButton struct {
	Label string
	Do    func(ctx context.Context) (string, error)
}

// Server is a running stand-in. Its methods may be called from any goroutine.
type Server struct {
	opts Options
	mux  *http.ServeMux

	ctx  context.Context // ends with Close
	stop context.CancelFunc
	work sync.WaitGroup // deliveries under way

	mu       sync.Mutex // guards everything below
	botURL   string
	invited  map[string]bool // device_ids that may open a long connection, once
	lines    []*line         // the long connections that are open
	memory   memory
	journal  *journal
	tokens   []accessToken
	limits   limiter
	faults   []plannedFault
	twists   []plannedTwist
	pending  map[string]*event // events the bot has not taken yet, by id
	alarm    *time.Timer       // of the next redelivery
	credits  map[string]*updateToken
	calls    []Call
	pushes   []Push
	audience audience
	changed  chan struct{} // closed and renewed at every change, for those who wait
	replies  replies       // which messages have a reply
}

// New starts a stand-in. It fails when the options contradict each other or the
// journal cannot be read.
func New(opts Options) (*Server, error) {
	if opts.AppID == "" || opts.AppSecret == "" {
		return nil, errors.New("stage: AppID and AppSecret are required")
	}
	fillDefaults(&opts)
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{
		opts: opts, ctx: ctx, stop: stop, botURL: opts.BotURL,
		limits:  limiter{off: opts.NoLimits, now: opts.Ticks},
		invited: map[string]bool{}, pending: map[string]*event{}, credits: map[string]*updateToken{},
		audience: audience{}, changed: make(chan struct{}), replies: replies{}, alarm: time.NewTimer(0),
	}
	var err error
	if s.memory, err = newMemory(opts); err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	if opts.Journal != "" {
		if s.journal, err = openJournal(opts.Journal, s.replay); err != nil {
			return nil, fmt.Errorf("stage: journal: %w", err)
		}
	}
	s.mux = s.routes()
	s.resume()
	return s, nil
}

func fillDefaults(o *Options) {
	if o.BotName == "" {
		o.BotName = "网格助手"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Ticks == nil {
		o.Ticks = time.Now
	}
	if o.Redeliveries == nil {
		o.Redeliveries = []time.Duration{15 * time.Second, 5 * time.Minute, time.Hour, 6 * time.Hour}
	}
	if o.Timeout == 0 {
		o.Timeout = 3 * time.Second
	}
	if o.LongConnection.Ping == 0 {
		o.LongConnection.Ping = 2 * time.Minute
	}
	if o.LongConnection.Reconnect == 0 {
		o.LongConnection.Reconnect = 2 * time.Minute
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{
			Transport:     http.DefaultTransport.(*http.Transport).Clone(),
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // the platform follows none
		}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Menu == nil {
		o.Menu = []MenuEntry{{"我的分数", "my_score"}, {"今日缺口", "shortfall"}, {"排名", "ranking"}, {"帮助", "help"}}
	}
}

// Handler serves the platform's API under /open-apis/ and the page everywhere else.
func (s *Server) Handler() http.Handler { return s.mux }

// SetBotURL changes the bot's webhook.
func (s *Server) SetBotURL(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.botURL = url
}

// BotOpenID is the bot's own open_id, as bot/v3/info tells it.
func (s *Server) BotOpenID() string { return openIDOf("bot:" + s.opts.AppID) }

// Close ends page streams, long connections, deliveries under way and redeliveries,
// and closes the journal. Events not yet taken by the bot stay in the journal for the next start.
func (s *Server) Close() error {
	s.mu.Lock()
	s.stop()
	s.alarm.Stop()
	s.mu.Unlock()
	s.CutLongConnections()
	s.work.Wait()
	s.opts.HTTP.CloseIdleConnections()

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.journal == nil {
		return nil
	}
	err := s.journal.close()
	s.journal = nil
	return err
}

// directory is who and what a card may name.
func (s *Server) directory() cardcheck.Directory {
	return cardcheck.Directory{
		Person: func(id string) bool { return s.memory.person(id) != nil || id == s.BotOpenID() },
		Image:  func(key string) bool { return s.memory.uploads[key].kind == "image" },
	}
}
