package store_test

import (
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/store"
)

func takeEvent(t testing.TB, s *store.Store, keys ...string) (fresh bool) {
	t.Helper()
	_, fresh, err := s.TakeEvent(t.Context(), store.Event{Keys: keys, TakenAt: noon})
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func TestAnEventIsFreshOnce(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		name  string
		keys  []string
		fresh bool
	}{
		{"the first time", []string{"event-1", "message-1"}, true},
		{"redelivered", []string{"event-1", "message-1"}, false},
		{"the same message in another event", []string{"event-2", "message-1"}, false},
		{"that other event by itself", []string{"event-2"}, false},
		{"another message", []string{"message-3", "event-3"}, true},
		{"one key for both", []string{"x", "x"}, true},
	} {
		if fresh := takeEvent(t, s, c.keys...); fresh != c.fresh {
			t.Errorf("%s: fresh is %v", c.name, fresh)
		}
	}
}

func TestAnEventWhoseJobCannotBeInsertedIsFreshAgain(t *testing.T) {
	s := open(t)
	broken := &store.EventJob{Kind: "event", Queue: "answers", Args: []byte(`{`), MaxAttempts: 1}
	if _, _, err := s.TakeEvent(t.Context(), store.Event{Keys: []string{"event-1"}, TakenAt: noon, Job: broken}); err == nil {
		t.Fatal("the job was inserted")
	}
	if !takeEvent(t, s, "event-1") {
		t.Error("it is not fresh")
	}
}

func TestOfManyWhoTakeTheSameEventAtOnceOneFindsItFresh(t *testing.T) {
	s := open(t)
	fresh := make([]bool, 8)
	var takers errgroup.Group
	for i := range fresh {
		keys := []string{"event-1", "message-1"}
		if i%2 == 1 {
			keys = []string{"message-1", "event-1"}
		}
		takers.Go(func() error {
			var err error
			_, fresh[i], err = s.TakeEvent(t.Context(), store.Event{Keys: keys, TakenAt: noon})
			return err
		})
	}
	if err := takers.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := trues(fresh); n != 1 {
		t.Errorf("%d find it fresh", n)
	}
}

func TestOldEventsAreForgotten(t *testing.T) {
	s := open(t)
	takeEvent(t, s, "event-1", "message-1")
	for _, c := range []struct {
		before time.Time
		want   int
	}{{noon, 0}, {noon.Add(time.Second), 2}} {
		if n, err := s.ForgetEvents(t.Context(), c.before); err != nil || n != c.want {
			t.Errorf("before %s: %d, %v", c.before, n, err)
		}
	}
	if !takeEvent(t, s, "event-1") {
		t.Error("a forgotten event is not fresh")
	}
}

func TestAPersonIsGreetedOnce(t *testing.T) {
	s := open(t)
	for _, want := range []bool{true, false} {
		if first, err := s.GreetOnce(t.Context(), "ou_1", noon); err != nil || first != want {
			t.Errorf("first is %v, %v", first, err)
		}
	}
	if first, err := s.GreetOnce(t.Context(), "ou_2", noon); err != nil || !first {
		t.Errorf("somebody else: %v, %v", first, err)
	}
}
