package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

var aMonday = calendar.NewDate(2026, time.November, 23)

func TestASilenceHoldsUntilItsLastDay(t *testing.T) {
	s := settled(t)
	silence := store.Silence{GridID: "G1", Until: aMonday, Reason: "施工", SetAt: aMonday.Start().Add(9 * time.Hour)}
	for range 2 { // the second takes the place of the first
		if err := s.Silence(t.Context(), silence); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		day  calendar.Date
		want int
	}{"on its last day": {aMonday, 1}, "not after it": {aMonday + 1, 0}} {
		got, err := s.Silences(t.Context(), c.day)
		if err != nil || len(got) != c.want {
			t.Errorf("%s: %+v; %v", name, got, err)
		}
	}
	got, err := s.Silences(t.Context(), aMonday)
	if err != nil {
		t.Fatal(err)
	}
	got[0].SetAt = got[0].SetAt.In(silence.SetAt.Location())
	if diff := cmp.Diff([]store.Silence{silence}, got); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyAGridThatThereIsCanBeSilenced(t *testing.T) {
	s := settled(t)
	if err := s.Silence(t.Context(), store.Silence{GridID: "G99", Until: aMonday, Reason: "施工"}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("silenced: %v", err)
	}
	if err := s.LiftSilence(t.Context(), "G1"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("lifted: %v", err)
	}
}

func TestWhatWasToldIsKnownByItsReceiverAndThreshold(t *testing.T) {
	s := settled(t)
	told := []store.Told{{Subject: "item:S1", Threshold: "24h", Receiver: "a"}, {Subject: "item:S2", Threshold: "4h", Receiver: "a"}}
	tell := func(now time.Time, told ...store.Told) error {
		return pgx.BeginFunc(t.Context(), s.Pool(), func(tx pgx.Tx) error { return s.Tell(t.Context(), tx, told, now) })
	}
	now := aMonday.Start()
	if err := tell(now, told...); err != nil {
		t.Fatal(err)
	}
	got, err := s.HaveTold(t.Context(), []string{"item:S1", "item:S3"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[store.Told]bool{told[0]: true}, got); diff != "" {
		t.Error(diff)
	}
	if err := tell(now, told[0]); err == nil {
		t.Error("told twice")
	}
	// Half a year later nobody looks back that far.
	if err := tell(now.AddDate(0, 7, 0), store.Told{Subject: "item:S9", Threshold: "4h", Receiver: "a"}); err != nil {
		t.Fatal(err)
	}
	if got, err = s.HaveTold(t.Context(), []string{"item:S1", "item:S2"}); err != nil || len(got) > 0 {
		t.Errorf("still known: %v; %v", got, err)
	}
}
