package jobs

import (
	"slices"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/bot/feishu"
)

func TestAUUIDNamesItsPartsAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.String())
		a, b := parts.Draw(t, "a"), parts.Draw(t, "b")
		if uuid := UUID(a...); len(uuid) > feishu.MaxUUID {
			t.Errorf("%q is %d long", uuid, len(uuid))
		}
		if same := slices.Equal(a, b); (UUID(a...) == UUID(b...)) != same {
			t.Errorf("%q and %q: the same parts %v", a, b, same)
		}
	})
	if UUID("ab", "c") == UUID("a", "bc") {
		t.Error("the parts run into each other")
	}
}

func TestBackoffGrowsAndStaysBounded(t *testing.T) {
	for tries, want := range map[int]time.Duration{
		0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 7: 64 * time.Second,
		8: 2 * time.Minute, 1000: 2 * time.Minute,
	} {
		for range 100 {
			if got := backoff(tries); got < want*3/4 || got > want*5/4 {
				t.Errorf("after %d tries: %s, want %s give or take a quarter", tries, got, want)
			}
		}
	}
}

func TestAJobThatFailedSlowlyIsNotTriedInThePast(t *testing.T) {
	j := &Jobs{Deps: Deps{Backoff: backoff}}
	began := time.Now().Add(-30 * time.Second)
	if at := j.retryAt(&rivertype.JobRow{Attempt: 1, AttemptedAt: &began}); !at.After(time.Now()) {
		t.Errorf("tried again %s ago, by the queue's own choice", time.Since(at))
	}
}

func TestHowLongAMessageMayBeRepeated(t *testing.T) {
	for name, c := range map[string]struct {
		age  time.Duration
		want bool
	}{
		"at once":                      {0, true},
		"within the platform's memory": {49 * time.Minute, true},
		"near its end":                 {50 * time.Minute, false},
		"after it":                     {2 * time.Hour, false},
		"a clock a little behind":      {-30 * time.Second, true},
		"a clock far behind":           {-time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := mayRepeat(c.age); got != c.want {
				t.Errorf("may repeat: %v", got)
			}
		})
	}
}
