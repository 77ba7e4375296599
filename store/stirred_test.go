package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// Random streets, the same ones each time: a grid whose facts are others at
// another moment of the day is one that time has stirred.
func TestNoGridChangesByTimeAloneThatIsNotStirred(t *testing.T) {
	s := open(t)
	changed, quiet := 0, 0
	for seed := range uint64(8) {
		w := randomWorld(rand.New(rand.NewPCG(seed, 1)))
		empty(t, s)
		w.records().take(t, s, store.ImportOptions{Now: w.cameIn.Start().Add(12 * time.Hour)})
		for range 12 {
			day := october.First() + calendar.Date(w.IntN(36))
			one := day.Start().Add(time.Duration(w.IntN(24*3600)) * time.Second)
			other := day.Start().Add(time.Duration(w.IntN(24*3600)) * time.Second)
			stirred, err := s.Stirred(t.Context(), october, one, other)
			if err != nil {
				t.Fatal(err)
			}
			atOne, atOther := facts(t, s, store.FactsQuery{Month: october, At: one}), facts(t, s, store.FactsQuery{Month: october, At: other})
			for i, grid := range w.grids {
				name := fmt.Sprintf("seed %d, %s between %s and %s", seed, grid.ID, one, other)
				diff := cmp.Diff(atOne[i], atOther[i])
				switch {
				case diff != "" && !slices.Contains(stirred, grid.ID):
					t.Errorf("%s:\n%s", name, diff)
				case diff != "":
					changed++
				case !slices.Contains(stirred, grid.ID):
					quiet++
				}
			}
		}
	}
	if changed < 20 || quiet < 20 {
		t.Errorf("only %d changed, only %d were quiet: that proves little", changed, quiet)
	}
}
