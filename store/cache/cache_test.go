package cache

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/store/cache/redistest"
)

func TestWhatWasSetIsFound(t *testing.T) {
	c := open(t, redistest.Redis(t))
	if _, ok := c.Get(t.Context(), "rank"); ok {
		t.Error("found before it was set")
	}
	c.Set(t.Context(), "rank", []byte("第一"), time.Minute)
	got, ok := c.Get(t.Context(), "rank")
	if !ok || string(got) != "第一" {
		t.Errorf("got %q, %v", got, ok)
	}
	if diff := cmp.Diff(Stats{Hits: 1, Misses: 1}, c.Stats()); diff != "" {
		t.Error(diff)
	}
}

func TestKeysCarryThePrefixAndTheTimeToLive(t *testing.T) {
	c := open(t, redistest.Redis(t))
	c.Set(t.Context(), "rank", []byte("x"), time.Minute)
	ttl, err := c.client.PTTL(t.Context(), "gridbot:rank").Result()
	if err != nil || ttl <= 0 || ttl > time.Minute {
		t.Errorf("time to live %v, %v", ttl, err)
	}
}

func TestValuesThatAreNotKept(t *testing.T) {
	c := open(t, redistest.Redis(t))
	c.Set(t.Context(), "large", make([]byte, limit+1), time.Minute)
	c.Set(t.Context(), "gone", []byte("x"), 0)
	for _, key := range []string{"large", "gone"} {
		if _, ok := c.Get(t.Context(), key); ok {
			t.Errorf("%s was kept", key)
		}
	}
}

func TestRedisGoneMidwayIsAMissAndOneLineInTheLog(t *testing.T) {
	server := redistest.Start(t)
	c := open(t, server.URL)
	clock := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c.pause.now = func() time.Time { return clock }
	log := captureLog(t)
	c.Set(t.Context(), "rank", []byte("x"), time.Hour)
	server.Stop()

	for range 100 { // the first asks, the others do not wait
		if _, ok := c.Get(t.Context(), "rank"); ok {
			t.Fatal("a hit without Redis")
		}
	}
	clock = clock.Add(pauseLength) // asks again, and fails again
	c.Set(t.Context(), "rank", []byte("x"), time.Hour)
	if diff := cmp.Diff(Stats{Misses: 100, Failures: 2}, c.Stats()); diff != "" {
		t.Error(diff)
	}
	if n := strings.Count(log.String(), "\n"); n != 1 {
		t.Errorf("%d lines in the log:\n%s", n, log)
	}
	if c.Ping(t.Context()) == nil {
		t.Error("a ping without Redis succeeds")
	}
}

func TestRedisIsUsedAgainAfterThePause(t *testing.T) {
	c := open(t, redistest.Redis(t))
	clock := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c.pause.now = func() time.Time { return clock }
	c.Set(t.Context(), "rank", []byte("x"), time.Hour)
	c.pause.begin()
	if _, ok := c.Get(t.Context(), "rank"); ok {
		t.Error("asked during the pause")
	}
	clock = clock.Add(pauseLength)
	if _, ok := c.Get(t.Context(), "rank"); !ok {
		t.Error("not asked after the pause")
	}
	c.pause.begin()
	if err := c.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, ok := c.Get(t.Context(), "rank"); !ok {
		t.Error("not asked after a ping that was answered")
	}
}

func TestAskerWhoGivesUpIsNoFailureOfRedis(t *testing.T) {
	c := open(t, redistest.Redis(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c.Get(ctx, "rank")
	if got := c.Stats().Failures; got != 0 || c.pause.on() {
		t.Errorf("%d failures, pause %v", got, c.pause.on())
	}
}

func TestInvalidURLDoesNotShowThePassword(t *testing.T) {
	_, err := Open("http://:secret@host")
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error: %v", err)
	}
}

func open(t *testing.T, url string) *Cache {
	t.Helper()
	c, err := Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func captureLog(t *testing.T) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return &out
}
