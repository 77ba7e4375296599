package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/store"
)

func TestWhoeverTakesTheLeadTicksAtOnceWithTheTimeItIsTold(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ticked := make(chan time.Time, 10)
	tick := func(d *Deps) {
		d.Tick = func(_ context.Context, at time.Time) error { ticked <- at; return nil }
	}
	first, second := h.start(h.process(tick)), h.process(tick)
	if at := <-ticked; !at.Equal(now) {
		t.Errorf("ticked at %s", at)
	}
	h.stop(first)
	h.start(second)
	<-ticked // the lead has gone over
}

func TestATickForgetsOldEventsAndAFailedOneToo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	event := bot.Event{ID: "event-1", Kind: bot.PersonLeft}
	early := h.process()
	for range 2 {
		h.take(early, event)
	}
	later := h.process(func(d *Deps) {
		d.Now = func() time.Time { return now.Add(remembered + time.Second) }
		d.Tick = func(context.Context, time.Time) error { return errors.New("nothing could be planned") }
	})
	done, unsubscribe := later.client.Subscribe(river.EventKindJobFailed)
	defer unsubscribe()
	h.start(later)
	if job := (<-done).Job; job.Kind != "tick" || job.MaxAttempts != 1 {
		t.Errorf("%s failed, of %d attempts", job.Kind, job.MaxAttempts)
	}
	if n := h.count(`select count(*) from taken_events`); n != 0 {
		t.Errorf("%d events are still remembered", n)
	}
}

func TestATickComesAtEveryFullMinute(t *testing.T) {
	at := now.Add(25 * time.Second)
	for _, want := range []time.Time{now.Add(time.Minute), now.Add(2 * time.Minute)} {
		if at = (minutes{}).Next(at); !at.Equal(want) {
			t.Errorf("next at %s, want %s", at, want)
		}
	}
}

func TestWhatIsPlannedInATransactionThatFailsIsNotSent(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.start(h.process())
	broken := errors.New("broken")
	err := pgx.BeginFunc(t.Context(), h.store.Pool(), func(tx pgx.Tx) error {
		_, err := j.Plan(t.Context(), tx, store.Delivery{
			Key: "k", Day: today, Kind: "evening", ReceiverType: store.ToChat, Receiver: "oc_in", Card: cardOf("提醒"), PlannedAt: now,
		})
		return errors.Join(err, broken)
	})
	if !errors.Is(err, broken) || h.count(`select count(*) from river_job where kind = 'delivery'`) != 0 {
		t.Errorf("a job is left over; %v", err)
	}
}
