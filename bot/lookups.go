package bot

import (
	"sync"
	"time"
)

// lookups remembers who was not found, for some minutes, and when those who are
// bound were last looked up, so that nobody makes us hammer the platform by
// writing again and again.
type lookups struct {
	mu      sync.Mutex
	misses  map[string]time.Time // by open_id
	wholeAt time.Time
}

func newLookups() *lookups { return &lookups{misses: map[string]time.Time{}} }

func (l *lookups) missed(openID string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.misses[openID]
	return ok && now.Sub(at).Abs() < missFor
}

func (l *lookups) miss(openID string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, at := range l.misses {
		if now.Sub(at).Abs() >= missFor {
			delete(l.misses, id)
		}
	}
	l.misses[openID] = now
}

func (l *lookups) whole(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wholeAt = now
}

// wholeBefore reports whether it is at least so long since whole.
func (l *lookups) wholeBefore(now time.Time, ago time.Duration) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return now.Sub(l.wholeAt).Abs() >= ago
}
