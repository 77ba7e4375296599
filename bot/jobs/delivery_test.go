package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/store"
)

func (h *house) bind(chat string) {
	h.t.Helper()
	if err := h.store.BindGroup(h.t.Context(), store.Group{ChatID: chat, BoundBy: "ou_zhang", BoundAt: now}); err != nil {
		h.t.Fatal(err)
	}
}

func TestADeliveryIsSentOnceAndRecorded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.process()
	for _, want := range []bool{true, false} {
		if isNew := h.plan(j, store.Delivery{Receiver: "oc_in"}); isNew != want {
			t.Errorf("new: %v, want %v", isNew, want)
		}
	}
	h.start(j)
	h.settle()
	d, sent := h.delivery("oc_in"), h.stage.Sent("oc_in")
	if len(sent) != 1 || d.State != store.DeliverySent || d.Tries != 1 || d.MessageID != sent[0].ID || d.FinishedAt == nil {
		t.Errorf("%d messages; recorded as %s after %d tries, message %s", len(sent), d.State, d.Tries, d.MessageID)
	}
}

func TestWhatIsPlannedAsDoneIsOnlyRecorded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.start(h.process())
	for _, state := range []string{store.DeliverySkipped, store.DeliveryFailed} {
		h.plan(j, store.Delivery{Key: state, Receiver: "oc_in", State: state})
	}
	if n := h.count(unfinished); n != 0 || h.sentIn("oc_in") != 0 {
		t.Errorf("%d jobs, %d messages", n, h.sentIn("oc_in"))
	}
}

func TestARefusalIsRecordedWithItsCode(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.process()
	h.bind("oc_out")
	h.bind("oc_in")
	for receiver, d := range map[string]store.Delivery{
		"ou_outside": {ReceiverType: store.ToPerson},
		"ou_muted":   {ReceiverType: store.ToPerson},
		"ou_nobody":  {ReceiverType: store.ToPerson},
		"oc_out":     {},
		"oc_in":      {Card: json.RawMessage(`{"schema":"2.0","body":{"elements":[{"tag":"note"}]}}`)},
	} {
		d.Receiver = receiver
		h.plan(j, d)
	}
	h.start(j)
	h.settle()
	for receiver, code := range map[string]int{
		"ou_outside": 230013, "ou_muted": 230053, "ou_nobody": 99992351, "oc_out": 230002, "oc_in": 230099,
	} {
		d := h.delivery(receiver)
		if d.State != store.DeliveryFailed || d.Code != code || d.Tries != 1 || d.Reason == "" {
			t.Errorf("%s: %s with code %d after %d tries (%s), want code %d", receiver, d.State, d.Code, d.Tries, d.Reason, code)
		}
	}
	groups, err := h.store.Groups(t.Context())
	if err != nil || len(groups) != 1 || groups[0].ChatID != "oc_in" {
		t.Errorf("bound groups: %+v; %v", groups, err)
	}
}

// recorder remembers under which uuid was tried.
type recorder struct {
	Platform
	mu    sync.Mutex
	uuids []string
}

func (r *recorder) Send(ctx context.Context, receiverType, receiver string, card json.RawMessage, uuid string) (string, error) {
	r.mu.Lock()
	r.uuids = append(r.uuids, uuid)
	r.mu.Unlock()
	return r.Platform.Send(ctx, receiverType, receiver, card, uuid)
}

func TestADeliveryIsTriedAgainUnderTheSameUUID(t *testing.T) {
	for name, fault := range map[string]stage.Fault{
		"a broken gateway": {Status: 503},
		"its answer lost":  {Cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			r := &recorder{}
			j := h.process(func(d *Deps) { r.Platform, d.Platform = d.Platform, r })
			h.plan(j, store.Delivery{Receiver: "oc_in"})
			h.stage.FailNext(2, fault)
			h.start(j)
			h.settle()
			if len(r.uuids) != 3 || len(slices.Compact(r.uuids)) != 1 || r.uuids[0] == "" {
				t.Errorf("tried as %q", r.uuids)
			}
			if d := h.delivery("oc_in"); h.sentIn("oc_in") != 1 || d.State != store.DeliverySent || d.Tries != 3 {
				t.Errorf("%d messages; %s after %d tries", h.sentIn("oc_in"), d.State, d.Tries)
			}
		})
	}
}

func TestARefusalForNowWaitsAsLongAsThePlatformSays(t *testing.T) {
	for name, insert := range map[string]func(h *house, j *Jobs){
		"a delivery": func(h *house, j *Jobs) { h.plan(j, store.Delivery{Receiver: "oc_in"}) },
		"an answer":  func(h *house, j *Jobs) { h.take(j, h.asked(1)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			j := h.process()
			h.stage.FailNext(1, stage.Fault{Code: 99991400, Status: 429, Reset: 40 * time.Second})
			h.start(j)
			insert(h, j)
			h.until("it waits", func() bool {
				return h.count(unfinished+` and scheduled_at >= attempted_at + interval '40 s'`) == 1
			})
			if sent := h.sentIn("oc_in"); sent != 0 {
				t.Errorf("%d messages meanwhile", sent)
			}
			h.exec(`update river_job set state = 'available', scheduled_at = now() where scheduled_at > now()`) // 40 s later
			h.settle()
			if sent := h.sentIn("oc_in"); sent != 1 {
				t.Errorf("%d messages in the end", sent)
			}
		})
	}
}

func TestADeliveryWhoseTimeHasPassed(t *testing.T) {
	for name, c := range map[string]struct {
		planned time.Duration // before the try
		until   time.Duration // after it was planned; 0 = as usual
		tried   time.Duration // before it, by the database's clock; 0 = never
		state   string
		reason  string
	}{
		"waited for an hour":                         {time.Hour, 0, 0, store.DeliverySent, ""},
		"waited for three hours":                     {3 * time.Hour, 0, 0, store.DeliverySkipped, reasonLate},
		"waited for longer than this kind is of use": {time.Hour, 50 * time.Minute, 0, store.DeliverySkipped, reasonLate},
		"of a kind that is of use for longer":        {4 * time.Hour, 5 * time.Hour, 0, store.DeliverySent, ""},
		"tried a moment ago":                         {time.Hour, 0, time.Minute, store.DeliverySent, ""},
		"tried so long ago that nobody knows":        {time.Hour, 0, time.Hour, store.DeliveryFailed, reasonUnknown},
		"tried a moment ago, and of no use any more": {time.Hour, 50 * time.Minute, time.Minute, store.DeliveryFailed, reasonUnknown},
		"tried in the future, says a wrong clock":    {time.Hour, 0, -time.Hour, store.DeliveryFailed, reasonUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			j := h.process()
			d := store.Delivery{Receiver: "oc_in", PlannedAt: now.Add(-c.planned)}
			if c.until != 0 {
				d.Until = d.PlannedAt.Add(c.until)
			}
			h.plan(j, d)
			if c.tried != 0 {
				h.tried("oc_in", c.tried)
			}
			h.start(j)
			h.settle()
			d = h.delivery("oc_in")
			if d.State != c.state || d.Reason != c.reason {
				t.Errorf("%s (%s)", d.State, d.Reason)
			}
			if sent := h.sentIn("oc_in"); (sent == 1) != (c.state == store.DeliverySent) {
				t.Errorf("%d messages", sent)
			}
		})
	}
}

// tried makes as if a delivery had been tried so long ago, by the database's clock.
func (h *house) tried(receiver string, ago time.Duration) {
	h.t.Helper()
	if err := h.store.TryDelivery(h.t.Context(), "evening:"+receiver, today, now); err != nil {
		h.t.Fatal(err)
	}
	h.exec(`update deliveries set tried_clock = clock_timestamp() - make_interval(secs => $1) where receiver = $2`, ago.Seconds(), receiver)
}

func TestAClockThatJumpsWhileTheAnswerIsOutstandingChangesNothing(t *testing.T) {
	for name, by := range map[string]time.Duration{"back": -10 * time.Hour, "a little back": -2 * time.Minute, "forth": 80 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			clock := now
			j := h.process(func(d *Deps) { d.Now = func() time.Time { return clock } })
			h.plan(j, store.Delivery{Receiver: "oc_in"})
			h.tried("oc_in", time.Second)
			clock = clock.Add(by)
			h.start(j)
			h.settle()
			if d := h.delivery("oc_in"); d.State != store.DeliverySent || h.sentIn("oc_in") != 1 {
				t.Errorf("%s (%s), %d messages", d.State, d.Reason, h.sentIn("oc_in"))
			}
		})
	}
}

func TestDeliveriesAreSpreadAndEachReceiverHasItsPlace(t *testing.T) {
	j := &Jobs{Deps: Deps{Spread: 3 * time.Minute}}
	before := time.Now()
	places := map[int]int{}
	for i := range 300 {
		start := j.start(store.Delivery{Receiver: strings.Repeat("x", i)}).ScheduledAt
		if start.Before(before) || start.After(time.Now().Add(j.Spread)) {
			t.Fatalf("starts %s from now", start.Sub(before))
		}
		places[int(start.Sub(before)/time.Minute)]++
	}
	for minute := range 3 {
		if places[minute] < 50 {
			t.Errorf("%d of 300 in minute %d", places[minute], minute+1)
		}
	}
	if j.Spread = 0; j.start(store.Delivery{}) != nil {
		t.Error("without a spread they wait")
	}
}

func TestStoppingEndsInTime(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	g := &gate{waiting: make(chan struct{}, 1), open: make(chan struct{})}
	j := h.process(func(d *Deps) { g.Platform, d.Platform = d.Platform, g })
	h.plan(j, store.Delivery{Receiver: "oc_in"})
	h.start(j)
	<-g.waiting
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := j.Stop(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("stopping while a message is on its way: %v", err)
	}
	close(g.open)
	h.stop(j)
	h.stop(j) // twice is fine
	if d := h.delivery("oc_in"); d.State != store.DeliverySent {
		t.Errorf("what was under way is %s", d.State)
	}
	h.stop(h.process()) // so is stopping what was never started
}
