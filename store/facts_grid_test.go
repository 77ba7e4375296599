package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

func TestGridsAskedForTogetherAreAnsweredEachByItself(t *testing.T) {
	s := settled(t)
	at := time.Date(2026, 10, 20, 9, 0, 0, 0, calendar.Shanghai)
	october := calendar.MonthOf(at)
	want, err := s.Facts(t.Context(), store.FactsQuery{Month: october, At: at, Grids: []string{"G1"}})
	if err != nil {
		t.Fatal(err)
	}
	var everybody sync.WaitGroup
	for range 20 {
		everybody.Go(func() {
			got, err := s.GridFacts(t.Context(), "G1", october, at)
			if err != nil {
				t.Error(err)
				return
			}
			if diff := cmp.Diff(want[0], got); diff != "" {
				t.Error(diff)
			}
			clear(got.Through) // each has facts of its own to work on
		})
		everybody.Go(func() {
			if _, err := s.GridFacts(t.Context(), "nowhere", october, at); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("a grid that does not exist: %v", err)
			}
		})
		everybody.Go(func() {
			var noData *calendar.NoDataError
			if _, err := s.GridFacts(t.Context(), "G1", calendar.NewMonth(2031, time.May), at.AddDate(5, 0, 0)); !errors.As(err, &noData) {
				t.Errorf("a year without a calendar: %v", err)
			}
		})
	}
	everybody.Wait()
}
