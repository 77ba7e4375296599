package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

const (
	lookupBatch = 50               // mobile numbers that the platform takes in one call
	missFor     = 10 * time.Minute // before somebody unknown is looked up again
)

// identify returns who an open_id is bound to. Somebody not bound yet is looked
// up by the mobile numbers of those who are in service and not bound either; the
// zero Person is nobody.
func (a *Assistant) identify(ctx context.Context, openID string, now time.Time) (store.Person, error) {
	person, err := a.Records.PersonByOpenID(ctx, openID)
	if err == nil || !errors.Is(err, store.ErrNotFound) {
		return person, err
	}
	if a.Contacts == nil || openID == "" || a.misses.recent(openID, now) {
		return store.Person{}, nil
	}
	bound, err := a.bindUnknown(ctx, openID)
	if err != nil {
		return store.Person{}, err
	}
	if !bound {
		a.misses.note(openID, now)
		return store.Person{}, nil
	}
	return a.Records.PersonByOpenID(ctx, openID)
}

// bindUnknown binds everybody the platform finds, until openID is among them. A
// platform that does not answer is no reason not to: the asker is then unknown.
func (a *Assistant) bindUnknown(ctx context.Context, openID string) (found bool, err error) {
	err = a.bindAll(ctx, func(id string) bool { found = found || id == openID; return found })
	var lookup *lookupError
	if errors.As(err, &lookup) {
		a.Log.WarnContext(ctx, "bot: people not looked up", "error", err)
		return false, nil
	}
	return found, err
}

// BindEverybody binds everybody in service who is not bound yet and whom the
// platform finds by mobile number.
func (a *Assistant) BindEverybody(ctx context.Context) error {
	if a.Contacts == nil {
		return nil
	}
	return a.bindAll(ctx, func(string) bool { return false })
}

// lookupError says that the platform did not tell who somebody is.
type lookupError struct{ error }

func (e *lookupError) Unwrap() error { return e.error }

// bindAll looks up everybody who is not bound, a batch at a time, and binds whom
// the platform finds. It stops after the batch in which enough says so.
func (a *Assistant) bindAll(ctx context.Context, enough func(openID string) bool) error {
	mobiles, err := a.unbound(ctx)
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(mobiles, lookupBatch) {
		ids, err := a.Contacts.Lookup(ctx, batch)
		if err != nil {
			return &lookupError{fmt.Errorf("bot: look people up: %w", err)}
		}
		stop := false
		for mobile, id := range ids {
			if err := a.Records.Bind(ctx, mobile, id); err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			stop = enough(id) || stop
		}
		if stop {
			return nil
		}
	}
	return nil
}

func (a *Assistant) unbound(ctx context.Context) ([]string, error) {
	people, err := a.Records.People(ctx)
	if err != nil {
		return nil, err
	}
	var mobiles []string
	for _, p := range people {
		if p.OnDuty && p.OpenID == "" {
			mobiles = append(mobiles, p.Mobile)
		}
	}
	return mobiles, nil
}

// misses remembers for some minutes who was not found, so that nobody makes us
// hammer the platform by writing again and again.
type misses struct {
	mu sync.Mutex
	at map[string]time.Time
}

func newMisses() *misses { return &misses{at: map[string]time.Time{}} }

func (m *misses) recent(openID string, now time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.at[openID]
	return ok && now.Sub(at) < missFor
}

func (m *misses) note(openID string, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, at := range m.at {
		if now.Sub(at) >= missFor {
			delete(m.at, id)
		}
	}
	m.at[openID] = now
}

// strangerWords tells somebody who gets no data whom to turn to.
func (a *Assistant) strangerWords(who store.Person) string {
	if who.Mobile != "" {
		return "名册里您目前不在岗，暂时看不到数据；如果有误，请联系" + a.Contact + "。"
	}
	return "我还没在网格人员名册里找到您，请联系" + a.Contact + "登记您的手机号。"
}

func (a *Assistant) stranger(who store.Person) card.Card {
	return card.Card{Title: "您好", Tone: card.Quiet}.Add(card.Text{Content: a.strangerWords(who)})
}
