package cache

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"github.com/nanxiashu/gridbot/store/cache/redistest"
)

const long = time.Minute // a window that no test sees the end of

func limits(app, receiver int) Limits {
	return Limits{App: []Window{{app, long}}, Receiver: Window{receiver, long}}
}

// taken counts how many of so many messages, each to somebody else, find a place.
func taken(ctx context.Context, p *Pace, n int, l Limits) (count int) {
	for i := range n {
		if p.Take(ctx, fmt.Sprint(p.replica, i), l) == 0 {
			count++
		}
	}
	return count
}

func TestReplicasShareTheLimits(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{
		"Redis":     redistest.Redis,
		"miniredis": func(t testing.TB) string { return "redis://" + miniredis.RunT(t).Addr() },
	} {
		t.Run(name, func(t *testing.T) {
			url := url(t)
			var replicas []*Pace
			for range 5 {
				p := NewPace(open(t, url), "app")
				replicas = append(replicas, p)
				p.Take(t.Context(), "everybody", limits(5, 5)) // so that they know of each other
			}
			var total int
			var mu sync.Mutex
			var group sync.WaitGroup
			for _, p := range replicas {
				group.Go(func() {
					n := taken(t.Context(), p, 50, limits(100, 5))
					mu.Lock()
					defer mu.Unlock()
					total += n
				})
			}
			group.Wait()
			if total != 95 {
				t.Errorf("%d messages have found a place beside the first 5, want 95", total)
			}
			other := NewPace(open(t, url), "another app")
			if n := taken(t.Context(), other, 3, limits(100, 5)); n != 3 {
				t.Errorf("another app is given %d places of 3", n)
			}
		})
	}
}

func TestAReceiverHasAWindowOfItsOwn(t *testing.T) {
	p := NewPace(open(t, redistest.Redis(t)), "app")
	var last time.Duration
	for range 3 {
		last = p.Take(t.Context(), "oc_1", limits(100, 2))
	}
	if last < long-10*time.Second || last > long {
		t.Errorf("the third message to a group waits %s", last)
	}
	if wait := p.Take(t.Context(), "oc_2", limits(100, 2)); wait != 0 {
		t.Errorf("another group waits %s", wait)
	}
	if wait := p.Take(t.Context(), "oc_1", limits(100, 3)); wait != 0 {
		t.Errorf("a message with a larger window waits %s", wait)
	}
}

func TestAPlaceIsFreeExactlyWhenItWasSaid(t *testing.T) {
	server := miniredis.RunT(t)
	p := NewPace(open(t, "redis://"+server.Addr()), "app")
	clock := time.Date(2026, 11, 23, 8, 20, 0, 0, time.UTC)
	p.now = func() time.Time { return clock }
	pass := func(d time.Duration) { clock = clock.Add(d); server.SetTime(clock) }
	pass(0)
	narrow := Limits{App: []Window{{2, 3 * time.Second}, {5, long}}, Receiver: Window{1, time.Second}}
	take := func() time.Duration { return p.Take(t.Context(), "oc_1", narrow) }
	if wait := take(); wait != 0 {
		t.Fatalf("the first message waits %s", wait)
	}
	for i, want := range []time.Duration{time.Second, 2 * time.Second, time.Second, 2 * time.Second, 54 * time.Second} {
		if wait := take(); wait != want {
			t.Errorf("message %d waits %s, want %s", i+2, wait, want)
		}
		if pass(want - time.Millisecond); take() != time.Millisecond {
			t.Errorf("message %d: a place a millisecond too early", i+2)
		}
		if pass(time.Millisecond); take() != 0 {
			t.Errorf("message %d: no place when it was said", i+2)
		}
	}
}

func TestWithoutRedisEachKeepsToItsShare(t *testing.T) {
	if n := taken(t.Context(), NewPace(nil, "app"), 100, limits(50, 5)); n != 25 {
		t.Errorf("%d places without a cache, want half of 50", n)
	}
	server := redistest.Start(t)
	var replicas []*Pace
	for range 5 {
		replicas = append(replicas, NewPace(open(t, server.URL), "app"))
	}
	for _, p := range append(replicas, replicas...) {
		p.Take(t.Context(), "everybody", limits(100, 100))
	}
	server.Stop()
	total := 0
	for _, p := range replicas {
		p.Take(t.Context(), "somebody", limits(1, 1)) // the call that finds Redis gone
		total += taken(t.Context(), p, 100, limits(100, 5))
	}
	if total > 100 || total < 80 {
		t.Errorf("five replicas send %d messages of 100 allowed", total)
	}
}

func TestARedisThatWasEmptiedDoesNotOpenTheGates(t *testing.T) {
	c := open(t, redistest.Redis(t))
	p := NewPace(c, "app")
	taken(t.Context(), p, 60, limits(100, 5))
	if err := c.client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if n := taken(t.Context(), p, 100, limits(100, 5)); n != 40 {
		t.Errorf("%d places after the flush, want the 40 that were left", n)
	}
}

func TestAPauseHoldsAllReplicas(t *testing.T) {
	url := redistest.Redis(t)
	first, second := NewPace(open(t, url), "app"), NewPace(open(t, url), "app")
	first.Hold(t.Context(), 40*time.Second)
	for name, p := range map[string]*Pace{"the one that was told": first, "the other": second} {
		if wait := p.Take(t.Context(), "oc_1", limits(10, 10)); wait < 30*time.Second || wait > 40*time.Second {
			t.Errorf("%s waits %s", name, wait)
		}
	}
	alone := NewPace(nil, "app")
	alone.Hold(t.Context(), 40*time.Second)
	if wait := alone.Take(t.Context(), "oc_1", limits(10, 10)); wait < 30*time.Second {
		t.Errorf("without a cache it waits %s", wait)
	}
}

func TestTheLedgerForgetsReceivers(t *testing.T) {
	l := ledger{to: map[string][]time.Time{}}
	start := time.Now()
	for i := range 3 * mostReceivers {
		at := start.Add(time.Duration(i) * 10 * time.Millisecond)
		l.take(at, fmt.Sprint(i), Limits{Receiver: Window{1, time.Second}}, 1)
	}
	if len(l.to) > mostReceivers || len(l.all) > int(remembered/(10*time.Millisecond))+1 {
		t.Errorf("%d receivers and %d messages are remembered", len(l.to), len(l.all))
	}
}
