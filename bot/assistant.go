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
	GridFacts(ctx context.Context, grid string, month calendar.Month, at time.Time) (*scoring.Facts, error)
	Version(ctx context.Context) (store.Version, error)
	MonthChanges(ctx context.Context, month calendar.Month, since int64) (store.MonthChanges, error)
	Stirred(ctx context.Context, month calendar.Month, one, other time.Time) ([]string, error)
	Reach(ctx context.Context, at time.Time) (map[sheet.Name]store.Reach, error)
	Grids(ctx context.Context) ([]store.Grid, error)
	Communities(ctx context.Context) ([]string, error)
	People(ctx context.Context) ([]store.Person, error)
	ChooseGrid(ctx context.Context, mobile, grid string) error
	ChosenGrid(ctx context.Context, mobile string) (grid string, err error)
	Arrivals(ctx context.Context, since time.Time) (map[string]map[string]time.Time, error)
	PersonByOpenID(ctx context.Context, openID string) (store.Person, error)
	AskerByOpenID(ctx context.Context, openID string) (store.Asker, error)
	Bind(ctx context.Context, mobile, openID string) error
	Unbind(ctx context.Context, openID string) error
	Outing(ctx context.Context, mobile string, day calendar.Date, at time.Time) (store.Outing, error)
	DueItems(ctx context.Context, grids []string, from, until, at time.Time) ([]store.Item, error)
	Group(ctx context.Context, chatID string) (store.Group, error)
	BindGroup(ctx context.Context, g store.Group) error
	UnbindGroup(ctx context.Context, chatID string) error
	Mute(ctx context.Context, mobile, kind string, day calendar.Date) error
	Muted(ctx context.Context, kind string, day calendar.Date) (map[string]bool, error) // by mobile
	Delivery(ctx context.Context, key string, day calendar.Date) (store.Delivery, error)
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

// Deps are what the assistant works with. Cache, Contacts, Reminders and Log may be nil.
type Deps struct {
	Records  Records
	Cache    Cache
	Contacts Contacts
	Rules    *scoring.Rulebook
	Workdays *calendar.Workdays
	Openness Openness
	Contact  string // whom somebody unknown is asked to turn to: 街道网格中心
	Log      *slog.Logger

	// Reminders is what the centre sees a preview of. They are made of Scores, so
	// they may be set after New, before the first question.
	Reminders Reminders
}

// Assistant answers. It is safe for concurrent use.
type Assistant struct {
	Deps
	Scores *Scores // the results that every answer and every reminder is made of

	reader   *ask.Reader
	streets  streetKeeper
	memory   *memory
	lookups  *lookups
	reaches  *kept[reachedAt] // of the last minute
	arrived  *kept[arrivals]  // as of the last version of the street
	previews previews
}

// New returns an assistant.
func New(d Deps) (*Assistant, error) {
	reader, err := ask.New()
	if err != nil {
		return nil, err
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Assistant{
		Deps: d, Scores: newScores(d.Records, d.Cache, d.Rules), reader: reader,
		streets: streetKeeper{records: d.Records}, memory: newMemory(d.Cache), lookups: newLookups(),
		reaches: newKept[reachedAt](1), arrived: newKept[arrivals](1), previews: newPreviews(),
	}, nil
}

// Understand says what a text asks for when this person writes it, without a
// conversation before it. A zero person is nobody in particular.
func (a *Assistant) Understand(ctx context.Context, asker store.Person, text string, now time.Time) (ask.Question, error) {
	q, err := a.asking(ctx, asker, false, now)
	if err != nil {
		return ask.Question{}, err
	}
	return a.read(q, text, nil, time.Time{}).Question, nil
}

// Answer is what this person would be answered, in private or in a group.
func (a *Assistant) Answer(ctx context.Context, asker store.Person, group bool, text string, now time.Time) (card.Card, error) {
	q, err := a.asking(ctx, asker, group, now)
	if err != nil {
		return card.Card{}, err
	}
	return a.answer(ctx, a.read(q, text, nil, time.Time{}))
}
