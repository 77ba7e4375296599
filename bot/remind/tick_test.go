package remind_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

func (w *world) tick(t testing.TB, at ...time.Time) {
	t.Helper()
	for _, now := range at {
		if err := w.Tick(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
}

// planned counts what is recorded by day, kind and state: 11-23 waiting 6.
func (w *world) planned(t testing.TB) string {
	t.Helper()
	deliveries, err := w.store.Deliveries(t.Context(), store.DeliveryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	counts := map[string]int{}
	for _, d := range deliveries {
		line := d.Day.String()[5:] + " " + d.State
		if counts[line]++; counts[line] == 1 {
			lines = append(lines, line)
		}
	}
	for i, line := range lines {
		lines[i] = fmt.Sprintf("%s %d", line, counts[line])
	}
	return strings.Join(lines, ", ")
}

// everyMinute lists the minutes from one moment to another.
func everyMinute(from, to time.Time) []time.Time {
	var minutes []time.Time
	for at := from; !at.After(to); at = at.Add(time.Minute) {
		minutes = append(minutes, at)
	}
	return minutes
}

func TestTicks(t *testing.T) {
	const once = "11-23 waiting 6"
	for name, c := range map[string]struct {
		ticks []time.Time
		want  string
	}{
		"the first of all only sets the mark":      {[]time.Time{clock(16, 41)}, ""},
		"every minute plans once":                  {everyMinute(clock(16, 30), clock(16, 50)), once},
		"a tick at the very moment plans it":       {[]time.Time{clock(16, 39), clock(16, 40)}, once},
		"the same moment twice plans once":         {[]time.Time{clock(16, 39), clock(16, 40), clock(16, 40)}, once},
		"down for two hours: sent late":            {[]time.Time{clock(16, 30), clock(18, 30), clock(18, 31)}, once},
		"down for three hours: just not too late":  {[]time.Time{clock(16, 39), clock(19, 40)}, once},
		"down for four hours: recorded as skipped": {[]time.Time{clock(16, 30), clock(20, 41), clock(20, 42)}, "11-23 skipped 1"},
		"down since Friday: each duty day is recorded, the weekend is not": {
			[]time.Time{clock(12, 0, -3), clock(9, 0)}, "11-20 skipped 1"},
		"the clock goes back over the time: planned once": {
			[]time.Time{clock(16, 39), clock(16, 41), clock(16, 20), clock(16, 39), clock(16, 40), clock(16, 42)}, once},
		"the clock goes back before the time: planned when it comes": {
			[]time.Time{clock(16, 35), clock(16, 5), clock(16, 36), clock(16, 41)}, once},
		"a Saturday": {everyMinute(clock(16, 38, 5), clock(16, 42, 5)), ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, records(short))
			w.tick(t, c.ticks...)
			if diff := cmp.Diff(c.want, w.planned(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNobodyIsRemindedAtNight(t *testing.T) {
	w := newWorld(t, records(short))
	w.Schedule = evenings(18*time.Hour + 30*time.Minute)
	w.tick(t, clock(18, 0), clock(20, 0))
	if diff := cmp.Diff("11-23 skipped 1", w.planned(t)); diff != "" {
		t.Error(diff)
	}
}

func TestAStreetOnDutyEveryDayIsRemindedOnSunday(t *testing.T) {
	sunday := sheets{}
	for name, text := range records(short) {
		sunday[name] = strings.ReplaceAll(text, "2026-11-23", "2026-11-22")
	}
	w := worldWith(t, store.Options{Workdays: calendar.Mainland(), EveryDay: true}, sunday)
	w.tick(t, clock(16, 39, -1), clock(16, 40, -1))
	if diff := cmp.Diff("11-22 waiting 6", w.planned(t)); diff != "" {
		t.Error(diff)
	}
}

func TestAYearWithoutKnownWorkdaysHoldsNothingUp(t *testing.T) {
	w := newWorld(t, records(short))
	newYear := calendar.NewDate(2027, time.January, 4).Start()
	w.tick(t, newYear.Add(16*time.Hour), newYear.Add(17*time.Hour))
	if got := w.planned(t); got != "" {
		t.Errorf("planned %s", got)
	}
	var unknown *calendar.NoDataError
	if _, err := w.Due(t.Context(), newYear.Add(17*time.Hour)); !errors.As(err, &unknown) {
		t.Errorf("asked for them: %v", err)
	}
}

func TestReplicasPlanOnce(t *testing.T) {
	w := newWorld(t, records(short))
	w.tick(t, clock(16, 39))
	var replicas sync.WaitGroup
	for i := range 3 {
		replica := w.replica(t)
		replicas.Go(func() {
			for range 3 {
				if err := replica.Tick(t.Context(), clock(16, 40).Add(time.Duration(i)*time.Second)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	replicas.Wait()
	if diff := cmp.Diff("11-23 waiting 6", w.planned(t)); diff != "" {
		t.Error(diff)
	}
}

func TestTheCommandAndTheTickSendOnce(t *testing.T) {
	w := newWorld(t, records(short))
	w.tick(t, clock(16, 39))
	for _, want := range []int{6, 0} {
		if added, err := w.Send(t.Context(), clock(16, 40), clock(16, 40)); err != nil || added != want {
			t.Errorf("%d added, want %d; %v", added, want, err)
		}
	}
	w.tick(t, clock(16, 41))
	if diff := cmp.Diff("11-23 waiting 6", w.planned(t)); diff != "" {
		t.Error(diff)
	}
}

func TestAPersonWhoIsBoundAnewIsNotRemindedAgain(t *testing.T) {
	w := newWorld(t, records(short))
	w.tick(t, clock(16, 39), clock(16, 40))
	if err := w.store.Bind(t.Context(), "13800000003", "ou_new"); err != nil {
		t.Fatal(err)
	}
	if added, err := w.Send(t.Context(), clock(16, 45), clock(16, 45)); err != nil || added != 0 {
		t.Errorf("%d added; %v", added, err)
	}
}

func TestAReceiverWithoutAddressIsRecordedAsFailed(t *testing.T) {
	w := newWorld(t, records(map[string]work{"E1": done, "E2": done, "E3": done}))
	w.tick(t, clock(16, 39), clock(16, 40))
	failed, err := w.store.Deliveries(t.Context(), store.DeliveryFilter{State: store.DeliveryFailed})
	if err != nil || len(failed) != 1 {
		t.Fatalf("%d failed; %v", len(failed), err)
	}
	d := failed[0]
	if d.Receiver != "" || d.Reason == "" || d.FinishedAt == nil || strings.Contains(d.Key, "138") {
		t.Errorf("recorded as %+v", d)
	}
}

func TestFurtherPartsGoWhereTheFirstGoes(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ grids, added int }{{60, 3}, {120, 0}} { // by now more grids are short
		street := crowd{w.store, c.grids}
		w.Records, w.Results = street, street
		if added, err := w.Send(t.Context(), clock(16, 40), clock(16, 40)); err != nil || added != c.added {
			t.Errorf("%d grids: %d added, want %d; %v", c.grids, added, c.added, err)
		}
	}
}

// failing gives no results until it is healed.
type failing struct {
	remind.Results
	broken bool
}

func (f *failing) All(ctx context.Context, m calendar.Month, now time.Time) ([]*scoring.Result, error) {
	if f.broken {
		return nil, errors.New("no result")
	}
	return f.Results.All(ctx, m, now)
}

func TestWhatCouldNotBePlannedIsPlannedByTheNextTick(t *testing.T) {
	w := newWorld(t, records(short))
	results := &failing{Results: w.Results}
	w.Results = results
	w.tick(t, clock(16, 39))
	results.broken = true
	if err := w.Tick(t.Context(), clock(16, 40)); err == nil || w.planned(t) != "" {
		t.Errorf("planned %q; %v", w.planned(t), err)
	}
	results.broken = false
	w.tick(t, clock(16, 41))
	if diff := cmp.Diff("11-23 waiting 6", w.planned(t)); diff != "" {
		t.Error(diff)
	}
}
