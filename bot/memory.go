package bot

import (
	"context"
	"encoding/json"
	"maps"
	"sync"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
)

// followUp is how long a question is remembered: a follow-up inherits from it
// what it leaves out.
const followUp = 10 * time.Minute

// inPrivate is the conversation of a person with the bot alone, wherever its
// messages come from: texts, the menu, and buttons, also those in a group.
const inPrivate = ""

// memory remembers everybody's last question in every conversation, a group's
// chat or inPrivate: in the cache, where other replicas find it, and in this
// process, for when the cache forgets.
type memory struct {
	cache Cache
	mu    sync.Mutex
	last  map[string]remembered
	swept time.Time // when what is too old was forgotten last
}

type remembered struct {
	Question ask.Question `json:"question"`
	Topic    string       `json:"topic,omitempty"` // which a question's own JSON leaves out
	Place    bool         `json:"place,omitempty"` // likewise
	At       time.Time    `json:"at"`
}

func newMemory(cache Cache) *memory {
	return &memory{cache: cache, last: map[string]remembered{}}
}

func memoryKey(openID, conversation string) string { return "last:" + openID + ":" + conversation }

// remember keeps a question that was answered. One that was refused is not to be
// remembered: what follows it would be refused again.
func (m *memory) remember(ctx context.Context, openID, conversation string, q ask.Question, now time.Time) {
	if !q.Sure || q.Meaning == ask.Unknown {
		return
	}
	key, r := memoryKey(openID, conversation), remembered{q, q.Topic, q.Place, now}
	m.keep(key, r, now)
	if m.cache == nil {
		return
	}
	if text, err := json.Marshal(r); err == nil {
		m.cache.Set(ctx, key, text, followUp)
	}
}

func (m *memory) keep(key string, r remembered, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now.Sub(m.swept).Abs() > followUp { // so that no more is kept than was said in twice that time
		m.swept = now
		maps.DeleteFunc(m.last, func(_ string, old remembered) bool { return now.Sub(old.At).Abs() > followUp })
	}
	m.last[key] = r
}

// recall returns the last question, nil for none within the time.
func (m *memory) recall(ctx context.Context, openID, conversation string, now time.Time) (*ask.Question, time.Time) {
	key := memoryKey(openID, conversation)
	m.mu.Lock()
	r, ok := m.last[key]
	m.mu.Unlock()
	if m.cache != nil {
		if text, hit := m.cache.Get(ctx, key); hit {
			if shared := (remembered{}); json.Unmarshal(text, &shared) == nil && shared.At.After(r.At) {
				r, ok = shared, true
			}
		}
	}
	if !ok || now.Sub(r.At) > followUp {
		return nil, time.Time{}
	}
	r.Question.Topic, r.Question.Place = r.Topic, r.Place
	return &r.Question, r.At
}
