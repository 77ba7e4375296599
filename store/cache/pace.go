package cache

import (
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Limits are the windows that a message must fit into.
type Limits struct {
	App      []Window // of all messages together
	Receiver Window   // of those to one receiver
}

// Window is at most Size messages within any time of that length.
type Window struct {
	Size   int
	Length time.Duration // up to a minute or two
}

// Pace makes all replicas together keep an app's limits. They share what they
// know through Redis. Without it each keeps to its own share, of as many
// replicas as were last seen and at least of two. It is safe for concurrent use.
type Pace struct {
	cache   *Cache // nil = there is none
	prefix  string // of its keys
	replica string
	now     func() time.Time

	mu       sync.Mutex
	own      ledger // what this replica itself has sent
	replicas int
	young    bool // Redis does not know the last minutes yet: it was emptied
	held     time.Time
}

// NewPace returns the pace of an app. Without a cache it knows of this process alone.
func NewPace(c *Cache, app string) *Pace {
	// In one slot of a cluster, as a script needs them.
	return &Pace{
		cache: c, prefix: prefix + "pace:{" + app + "}:", replica: rand.Text(), now: time.Now,
		own: ledger{to: map[string][]time.Time{}},
	}
}

// leastReplicas is how many others may be at work when Redis does not tell.
const leastReplicas = 2

// rememberedAfter is when Redis, once emptied, knows all that counts again.
const rememberedAfter = 70 * time.Second

// Take takes a place for a message to a receiver and returns 0, or how long to
// wait before asking again.
func (p *Pace) Take(ctx context.Context, receiver string, limits Limits) time.Duration {
	now := p.now()
	if wait := p.takeOwn(now, receiver, limits); wait > 0 {
		return wait
	}
	wait, known := p.takeShared(ctx, receiver, limits)
	if known && wait > 0 {
		p.giveBack(now, receiver)
	}
	return wait
}

// takeOwn takes a place within what this replica may send by what it knows
// itself: everything where Redis looks after the sum, else its share.
func (p *Pace) takeOwn(now time.Time, receiver string, limits Limits) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if wait := p.held.Sub(now); wait > 0 {
		return wait
	}
	share := 1
	switch {
	case p.cache == nil || p.cache.pause.on():
		share = max(p.replicas, leastReplicas)
	case p.young:
		share = max(p.replicas, 1)
	}
	return p.own.take(now, receiver, limits, share)
}

func (p *Pace) giveBack(at time.Time, receiver string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.own.giveBack(at, receiver)
}

//go:embed pace.lua
var paceScript string

var takePlace = redis.NewScript(paceScript)

// takeShared asks Redis; it is not known where Redis does not say.
func (p *Pace) takeShared(ctx context.Context, receiver string, limits Limits) (wait time.Duration, known bool) {
	if p.cache == nil || p.cache.pause.on() {
		return 0, false
	}
	keys := []string{p.prefix + "all", p.prefix + "to:" + receiver, p.prefix + "hold", p.prefix + "replicas", p.prefix + "since"}
	args := []any{p.replica}
	for _, w := range append([]Window{limits.Receiver}, limits.App...) {
		args = append(args, w.Size, w.Length.Milliseconds())
	}
	answer, err := takePlace.Run(ctx, p.cache.client, keys, args...).Int64Slice()
	if err == nil && len(answer) != 3 {
		err = fmt.Errorf("the script answers %v", answer)
	}
	if err != nil {
		p.cache.failed(ctx, err)
		return 0, false
	}
	p.learn(int(answer[1]), time.Duration(answer[2])*time.Millisecond)
	return time.Duration(answer[0]) * time.Millisecond, true
}

// learn notes how many replicas there are and for how long Redis has known. One
// that was emptied finds the replicas again only as they come by.
func (p *Pace) learn(replicas int, since time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.young = since < rememberedAfter; p.young {
		replicas = max(replicas, p.replicas)
	}
	p.replicas = replicas
}

// Hold keeps all replicas from sending anything for a while: the platform has
// asked for it.
func (p *Pace) Hold(ctx context.Context, d time.Duration) {
	p.mu.Lock()
	p.held = p.now().Add(d)
	p.mu.Unlock()
	if p.cache == nil || d < time.Millisecond || p.cache.pause.on() {
		return
	}
	if err := p.cache.client.Set(ctx, p.prefix+"hold", 1, d).Err(); err != nil {
		p.cache.failed(ctx, err)
	}
}
