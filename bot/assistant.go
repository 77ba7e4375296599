// Package bot is the assistant: a question and who asks become an answer. It
// knows roles, privacy and words; it knows no HTTP, no SQL and computes no point.
package bot

import (
	"context"
	"log/slog"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Records is what the assistant asks the database; *store.Store is one.
type Records interface {
	Facts(ctx context.Context, q store.FactsQuery) ([]*scoring.Facts, error)
	Version(ctx context.Context) (int64, error)
	Reach(ctx context.Context, at time.Time) (map[sheet.Name]store.Reach, error)
	Grids(ctx context.Context) ([]store.Grid, error)
	Communities(ctx context.Context) ([]string, error)
	People(ctx context.Context) ([]store.Person, error)
	PersonByOpenID(ctx context.Context, openID string) (store.Person, error)
	Bind(ctx context.Context, mobile, openID string) error
	Unbind(ctx context.Context, openID string) error
	DueItems(ctx context.Context, grids []string, from, until, at time.Time) ([]store.Item, error)
	Group(ctx context.Context, chatID string) (store.Group, error)
	BindGroup(ctx context.Context, g store.Group) error
	UnbindGroup(ctx context.Context, chatID string) error
	GreetOnce(ctx context.Context, openID string, now time.Time) (first bool, err error)
}

// Cache keeps computed answers; *cache.Cache is one. It may forget at any time.
type Cache interface {
	Get(ctx context.Context, key string) ([]byte, bool)
	Set(ctx context.Context, key string, value []byte, ttl time.Duration)
}

// Contacts looks people of the platform up by mobile number.
type Contacts interface {
	Lookup(ctx context.Context, mobiles []string) (map[string]string, error) // open_ids by mobile
}

// Deps are what the assistant works with. Cache and Contacts may be nil.
type Deps struct {
	Records  Records
	Cache    Cache
	Contacts Contacts
	Rules    *scoring.Rulebook
	Workdays *calendar.Workdays
	Openness Openness
	Contact  string // whom somebody unknown is asked to turn to: 街道网格中心
	Log      *slog.Logger
}

// Openness says what workers see of other grids than their own.
type Openness string

// The values of the policy openness.
const (
	OpenOwn      Openness = "own"      // nothing but the mean and their own place
	OpenTotals   Openness = "totals"   // the totals
	OpenSections Openness = "sections" // the totals and the sections
)

// Assistant answers. It is safe for concurrent use.
type Assistant struct {
	Deps
	Scores *Scores // the results that every answer and every reminder is made of
	reader *ask.Reader
}

// New returns an assistant.
func New(d Deps) (*Assistant, error) {
	reader, err := ask.New()
	if err != nil {
		return nil, err
	}
	return &Assistant{Deps: d, Scores: &Scores{}, reader: reader}, nil
}

// Handle decides what an event brings; nil is silence.
func (a *Assistant) Handle(ctx context.Context, event Event, now time.Time) (*Reply, error) {
	return nil, nil
}

// Press decides what a press of a button brings, judged by who pressed.
func (a *Assistant) Press(ctx context.Context, press Press, now time.Time) (PressAnswer, error) {
	return PressAnswer{}, nil
}

// Understand says what a text asks for when this person writes it, without a
// conversation before it. A zero person is nobody in particular.
func (a *Assistant) Understand(ctx context.Context, asker store.Person, text string, now time.Time) (ask.Question, error) {
	return ask.Question{Meaning: ask.Unknown}, nil
}

// Answer is what this person would be answered, in private or in a group.
func (a *Assistant) Answer(ctx context.Context, asker store.Person, group bool, text string, now time.Time) (card.Card, error) {
	return card.Card{}, nil
}

// Scores gives results and keeps them in the cache.
type Scores struct{}

// All returns the results of all grids in a month as they are at now, ordered by grid id.
func (s *Scores) All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error) {
	return nil, nil
}
