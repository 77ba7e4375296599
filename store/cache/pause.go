package cache

import (
	"sync"
	"time"
)

const (
	pauseLength = 3 * time.Second
	logInterval = time.Minute
)

// pause is how long Redis is not asked after it failed: a Redis that is gone
// must not make every answer wait for it.
type pause struct {
	now func() time.Time

	mu     sync.Mutex
	until  time.Time
	logged time.Time
}

// on reports whether Redis is to be left alone now.
func (p *pause) on() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now().Before(p.until)
}

// begin starts a pause, and reports whether that is worth a line in the log.
func (p *pause) begin() (log bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	p.until = now.Add(pauseLength)
	if !p.logged.IsZero() && now.Sub(p.logged) < logInterval {
		return false
	}
	p.logged = now
	return true
}

// end ends the pause early: Redis has answered.
func (p *pause) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.until = time.Time{}
}
