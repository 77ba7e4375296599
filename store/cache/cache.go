// Package cache keeps computed answers in Redis. It only makes things faster:
// whatever goes wrong with Redis is a miss to the asker, costs him little, and
// is counted and logged here.
package cache

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

const (
	prefix   = "gridbot:"             // of every key, so that a Redis can be shared
	limit    = 4 << 20                // bytes; a larger value is cheaper to compute than to carry
	patience = 250 * time.Millisecond // for connecting, for writing and for reading, each
)

// The client would write a line of its own about every failed connection.
func init() { redis.SetLogger(quiet{}) }

type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

// Cache is a connection to a Redis. It is safe for concurrent use.
type Cache struct {
	client                 *redis.Client
	pause                  pause
	hits, misses, failures atomic.Uint64
}

// Stats counts what happened since the cache was opened.
type Stats struct {
	Hits     uint64
	Misses   uint64 // all of them, also those of a Redis that does not answer
	Failures uint64 // calls that Redis did not answer as it should
}

// Open prepares a cache on the Redis at the URL (redis://, rediss:// or
// unix://). It does not connect: only a URL that is none is an error.
func Open(url string) (*Cache, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, errors.New("cache: the Redis URL is not valid (redis://[user:password@]host:port/number, or unix:///path)") // the cause may quote the password
	}
	options.DialTimeout, options.ReadTimeout, options.WriteTimeout, options.PoolTimeout = patience, patience, patience, patience
	options.MaxRetries, options.DialerRetries = -1, 1 // asking again costs more than a miss
	options.DisableIdentity = true                    // commands newer than Redis 6.2
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return &Cache{client: redis.NewClient(options), pause: pause{now: time.Now}}, nil
}

// Get returns the value of the key; false where there is none, or Redis does
// not say.
func (c *Cache) Get(ctx context.Context, key string) ([]byte, bool) {
	if c.pause.on() {
		c.misses.Add(1)
		return nil, false
	}
	value, err := c.client.Get(ctx, prefix+key).Bytes()
	if err != nil {
		c.misses.Add(1)
		if !errors.Is(err, redis.Nil) {
			c.failed(ctx, err)
		}
		return nil, false
	}
	c.hits.Add(1)
	return value, true
}

// Set keeps the value under the key for the time given, a millisecond at least.
// A value over 4 MiB is not kept.
func (c *Cache) Set(ctx context.Context, key string, value []byte, ttl time.Duration) {
	if len(value) > limit || ttl < time.Millisecond || c.pause.on() {
		return
	}
	if err := c.client.Set(ctx, prefix+key, value, ttl).Err(); err != nil {
		c.failed(ctx, err)
	}
}

// Ping asks Redis itself, also where it has just failed; for readiness checks.
func (c *Cache) Ping(ctx context.Context) error {
	if err := c.client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("cache: ping Redis: %w", err)
	}
	c.pause.end()
	return nil
}

// Stats returns the counts so far.
func (c *Cache) Stats() Stats {
	return Stats{Hits: c.hits.Load(), Misses: c.misses.Load(), Failures: c.failures.Load()}
}

// Close closes the connections.
func (c *Cache) Close() error { return c.client.Close() }

// failed counts a failure and leaves Redis alone for a moment, unless it is the
// asker who gave up.
func (c *Cache) failed(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	c.failures.Add(1)
	if c.pause.begin() {
		slog.Warn("cache: Redis does not answer; working without it", "error", err)
	}
}
