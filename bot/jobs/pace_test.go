package jobs

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/cache"
	"github.com/nanxiashu/gridbot/store/cache/redistest"
)

// paced gives a process the pace of all that share a Redis.
func paced(t testing.TB, url string) func(*Deps) {
	c, err := cache.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return func(d *Deps) { d.Pace = cache.NewPace(c, "cli_jobs") }
}

func TestReplicasTogetherKeepThePlatformsPace(t *testing.T) {
	t.Parallel()
	const groups = 90 // more than the first seconds take
	h := newHouse(t, func(o *stage.Options) { o.Groups = append(o.Groups, groupsOf(groups)...) })
	redis := redistest.Redis(t)
	first, second := h.process(paced(t, redis)), h.process(paced(t, redis))
	for i := range groups {
		h.plan(first, store.Delivery{Receiver: fmt.Sprintf("oc_%d", i)})
	}
	h.start(first)
	h.start(second)
	h.settle()
	for _, call := range h.stage.Calls() {
		if call.Code != 0 {
			t.Errorf("the platform answers %d: %s", call.Code, call.Message)
		}
	}
	if n := h.count(`select count(*) from deliveries where state = 'sent' and tries = 1`); n != groups {
		t.Errorf("%d of %d were sent at their first try", n, groups)
	}
}

// crowded is a pace without a place for deliveries, until it is freed.
type crowded struct {
	mu    sync.Mutex
	freed bool
	wait  time.Duration
	asked chan struct{} // one for every delivery that finds no place
	held  []time.Duration
}

func (c *crowded) Take(_ context.Context, _ string, limits cache.Limits) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.freed || limits.Receiver == answerLimits.Receiver {
		return 0
	}
	select {
	case c.asked <- struct{}{}:
	default:
	}
	return c.wait
}

func (c *crowded) Hold(_ context.Context, d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = append(c.held, d)
}

func TestADeliveryThatWaitsForItsPlaceIsNoTryAndAnAnswerGoesAhead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	pace := &crowded{wait: 10 * time.Millisecond, asked: make(chan struct{}, 100)}
	j := h.process(func(d *Deps) { d.Pace = pace })
	h.plan(j, store.Delivery{Receiver: "ou_zhang", ReceiverType: store.ToPerson})
	h.start(j)
	<-pace.asked
	h.take(j, h.asked(1))
	h.until("the question is answered", func() bool { return h.sentIn("oc_in") == 1 })
	if d := h.delivery("ou_zhang"); d.Tries != 0 || d.State != store.DeliveryWaiting {
		t.Errorf("%s after %d tries", d.State, d.Tries)
	}
	pace.mu.Lock()
	pace.freed = true
	pace.mu.Unlock()
	h.settle()
	if d := h.delivery("ou_zhang"); d.Tries != 1 || d.State != store.DeliverySent {
		t.Errorf("%s after %d tries", d.State, d.Tries)
	}
}

func TestWhatWaitsWhenTheProcessStopsIsPutBackAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	pace := &crowded{wait: time.Minute, asked: make(chan struct{}, 100)}
	j := h.process(func(d *Deps) { d.Pace = pace })
	h.plan(j, store.Delivery{Receiver: "oc_in"})
	h.start(j)
	<-pace.asked
	began := time.Now()
	h.stop(j)
	if took := time.Since(began); took > patientFor/2 {
		t.Errorf("the process took %s to stop", took)
	}
	if n := h.count(unfinished); n != 1 {
		t.Errorf("%d jobs are left, want the delivery's", n)
	}
	h.start(h.process())
	h.settle()
	if d := h.delivery("oc_in"); d.Tries != 1 || h.sentIn("oc_in") != 1 {
		t.Errorf("%d messages after %d tries", h.sentIn("oc_in"), d.Tries)
	}
}

func TestWhatThePlatformAsksToWaitHoldsEverybody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	pace := &crowded{freed: true}
	j := h.process(func(d *Deps) { d.Pace = pace })
	h.stage.FailNext(2, stage.Fault{Code: 99991400, Status: 429, Reset: 40 * time.Second})
	h.start(j)
	h.plan(j, store.Delivery{Receiver: "ou_zhang", ReceiverType: store.ToPerson})
	h.take(j, h.asked(1))
	h.until("both wait", func() bool {
		return h.count(unfinished+` and scheduled_at >= attempted_at + interval '40 s'`) == 2
	})
	if want := []time.Duration{40 * time.Second, 40 * time.Second}; !slices.Equal(pace.held, want) {
		t.Errorf("held for %v, want %v", pace.held, want)
	}
}

func TestDeliveriesToOneReceiverGoInTheirOrder(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first, second := h.process(), h.process()
	h.stage.FailNext(3, stage.Fault{Status: 503}) // the first is tried several times
	for i, key := range []string{"morning:oc_in", "evening:oc_in", "evening:oc_in:2", "evening:oc_in:10", "overdue:oc_in"} {
		at := now.Add(time.Duration(i) * time.Second)
		if i == 2 || i == 3 { // the parts of a message
			at = now.Add(time.Second)
		}
		h.plan(first, store.Delivery{Key: key, Receiver: "oc_in", PlannedAt: at, Card: cardOf(key)})
	}
	h.start(first)
	h.start(second)
	h.settle()
	var got []string
	for _, m := range h.stage.Sent("oc_in") {
		got = append(got, title(t, m.Content))
	}
	want := []string{"morning:oc_in", "evening:oc_in", "evening:oc_in:2", "evening:oc_in:10", "overdue:oc_in"}
	if !slices.Equal(got, want) {
		t.Errorf("sent in the order %q", got)
	}
}

// groupsOf are so many groups: oc_0, oc_1, …
func groupsOf(n int) (groups []stage.Group) {
	for i := range n {
		groups = append(groups, stage.Group{ChatID: fmt.Sprintf("oc_%d", i), Name: fmt.Sprintf("群%d", i)})
	}
	return groups
}
