package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

func TestPlanningGoesOnFromWhereItStood(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		name  string
		now   time.Duration // after noon
		since time.Duration // -1 = nothing is planned
	}{
		{"the first call of all only sets the mark", 0, -1},
		{"the next plans from there", time.Minute, 0},
		{"a clock that stands plans nothing", time.Minute, -1},
		{"a clock that went back a little plans nothing", -time.Minute, -1},
		{"and leaves the mark where it was", 2 * time.Minute, time.Minute},
		{"a clock that went far back plans nothing", -time.Hour, -1},
		{"and is followed by the mark", -time.Hour + time.Minute, -time.Hour},
	} {
		got := time.Duration(-1)
		err := s.AdvancePlan(t.Context(), noon.Add(c.now), func(_ pgx.Tx, since time.Time) error {
			got = since.Sub(noon)
			return nil
		})
		if err != nil || got != c.since {
			t.Errorf("%s: planned since %v, want %v (%v)", c.name, got, c.since, err)
		}
	}
}

func TestAPlanThatFailsKeepsTheMarkAndLeavesNothingBehind(t *testing.T) {
	s := open(t)
	broken := errors.New("broken")
	nothing := func(pgx.Tx, time.Time) error { return nil }
	if err := s.AdvancePlan(t.Context(), noon, nothing); err != nil {
		t.Fatal(err)
	}
	err := s.AdvancePlan(t.Context(), noon.Add(time.Minute), func(tx pgx.Tx, _ time.Time) error {
		if _, err := s.PlanDelivery(t.Context(), tx, morning("k")); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if n := number(t, s, `select count(*) from deliveries`); n != 0 {
		t.Errorf("%d deliveries", n)
	}
	var from time.Time
	err = s.AdvancePlan(t.Context(), noon.Add(time.Hour), func(_ pgx.Tx, since time.Time) error { from = since; return nil })
	if err != nil || !from.Equal(noon) {
		t.Errorf("planned from %s, %v", from, err)
	}
}

func TestReplicasThatPlanAtOnceTakeTurnsAndMissNothing(t *testing.T) {
	s := open(t)
	if err := s.AdvancePlan(t.Context(), noon, nil); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	planned := map[time.Time]time.Time{} // from → to
	var replicas errgroup.Group
	for i := range 8 {
		now := noon.Add(time.Duration(i/2+1) * time.Minute)
		replicas.Go(func() error {
			return s.AdvancePlan(t.Context(), now, func(_ pgx.Tx, since time.Time) error {
				mu.Lock()
				defer mu.Unlock()
				if to, twice := planned[since.UTC()]; twice {
					t.Errorf("planned from %s to %s and to %s", since, to, now)
				}
				planned[since.UTC()] = now.UTC()
				return nil
			})
		})
	}
	if err := replicas.Wait(); err != nil {
		t.Fatal(err)
	}
	mark := noon.UTC()
	for planned[mark] != (time.Time{}) {
		mark = planned[mark]
	}
	if want := noon.UTC().Add(4 * time.Minute); mark != want {
		t.Errorf("planned without a gap up to %s, want %s", mark, want)
	}
}

func TestAReplicaWaitsForTheOneThatIsPlanning(t *testing.T) {
	s := open(t)
	if err := s.AdvancePlan(t.Context(), noon, nil); err != nil {
		t.Fatal(err)
	}
	var from time.Time
	second := make(chan error, 1)
	err := s.AdvancePlan(t.Context(), noon.Add(time.Minute), func(pgx.Tx, time.Time) error {
		go func() {
			second <- s.AdvancePlan(t.Context(), noon.Add(2*time.Minute), func(_ pgx.Tx, since time.Time) error {
				from = since
				return nil
			})
		}()
		untilWaiting(t, s, 1, second)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil || !from.Equal(noon.Add(time.Minute)) {
		t.Errorf("the second planned from %s, %v", from, err)
	}
}
