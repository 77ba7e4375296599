package track_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// anyTrip draws a way of straight lines around the grid, with stops, silences
// and tremor.
func anyTrip(t *rapid.T) []track.Fix {
	metres := rapid.Float64Range(-900, 900)
	trip := start(metres.Draw(t, "x"), metres.Draw(t, "y"))
	trip.sampled(time.Duration(rapid.SampledFrom([]int{1, 5, 20, 60}).Draw(t, "every")) * time.Second)
	trip.within(rapid.SampledFrom([]float64{0, 5, 20, 60}).Draw(t, "accuracy"))
	trip.shaky(rapid.SampledFrom([]float64{0, 3}).Draw(t, "scatter"))
	for range rapid.IntRange(1, 6).Draw(t, "lines") {
		x, y := metres.Draw(t, "x"), metres.Draw(t, "y")
		took := time.Duration(math.Hypot(x-trip.x, y-trip.y)/1.4)*time.Second + minute
		trip.walk(x, y, took)
		switch rapid.SampledFrom([]string{"go on", "stand", "silence"}).Draw(t, "then") {
		case "stand":
			trip.stand(3 * minute)
		case "silence":
			trip.silent(6 * minute)
		}
	}
	return trip.fixes
}

func TestTheOrderOfFixesDoesNotMatter(t *testing.T) {
	g, p := ground(t, squareKm), track.DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		fixes := anyTrip(t)
		want, got := g.Explain(fixes, p), g.Explain(rapid.Permutation(fixes).Draw(t, "shuffled"), p)
		if want.String() != got.String() || want.GeoJSON() != got.GeoJSON() {
			t.Fatalf("%v, shuffled %v", want, got)
		}
	})
}

func TestAFixFarAwayNeverAddsKilometres(t *testing.T) {
	g, p := ground(t, squareKm), track.DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		fixes := anyTrip(t)
		i := rapid.IntRange(0, len(fixes)-1).Draw(t, "beside")
		far := track.Fix{At: fixes[i].At.Add(500 * time.Millisecond), Place: place(50_000, 20_000)}
		with, without := g.Measure(append(slices.Clone(fixes), far), p), g.Measure(fixes, p)
		if with.Km.GreaterThan(without.Km) {
			t.Fatalf("%s km, without it %s", with.Km, without.Km)
		}
	})
}

func TestInsideIsNeverMoreThanAll(t *testing.T) {
	inside, everywhere, p := ground(t, squareKm), track.NewGround(nil), track.DefaultPolicy()
	// The flat map without a boundary lies around the fixes, not the grid: a
	// few centimetres a kilometre beside the other.
	tolerance := decimal.New(1, -2)
	rapid.Check(t, func(t *rapid.T) {
		fixes := anyTrip(t)
		part, all := inside.Measure(fixes, p), everywhere.Measure(fixes, p)
		if part.Km.GreaterThan(all.Km.Add(tolerance)) || part.Hours.GreaterThan(all.Hours.Add(tolerance)) {
			t.Fatalf("inside %s km %s h, in all %s km %s h", part.Km, part.Hours, all.Km, all.Hours)
		}
	})
}

func TestUnionOfCellsOnlyGrows(t *testing.T) {
	g, p := ground(t, squareKm), track.DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		a, b := g.Measure(anyTrip(t), p).Cells, g.Measure(anyTrip(t), p).Cells
		both, err := a.Union(b)
		if err != nil {
			t.Fatal(err)
		}
		if n := both.Len(); n < max(a.Len(), b.Len()) || n > a.Len()+b.Len() || n > g.Cells() {
			t.Fatalf("%d and %d cells are %d of %d", a.Len(), b.Len(), n, g.Cells())
		}
		again, err := both.Union(a)
		if err != nil || again.Len() != both.Len() {
			t.Fatalf("once more: %d cells, %v", again.Len(), err)
		}
	})
}

// A fix in the middle of every line changes nothing of the way.
func TestSplittingLinesChangesNothing(t *testing.T) {
	g, p := ground(t, squareKm), track.DefaultPolicy()
	rapid.Check(t, func(t *rapid.T) {
		metres := rapid.Float64Range(-900, 900)
		trip := start(metres.Draw(t, "x"), metres.Draw(t, "y")).sampled(minute)
		for range rapid.IntRange(1, 5).Draw(t, "lines") {
			turn, far := rapid.Float64Range(0, 2*math.Pi).Draw(t, "turn"), rapid.Float64Range(50, 150).Draw(t, "far")
			trip.walk(trip.x+far*math.Cos(turn), trip.y+far*math.Sin(turn), minute)
		}
		whole, split := g.Measure(trip.fixes, p), g.Measure(halved(trip.fixes), p)
		both, err := whole.Cells.Union(split.Cells)
		if err != nil || both.Len() > whole.Cells.Len()+1 || split.Cells.Len() > whole.Cells.Len()+1 {
			t.Fatalf("%d cells, split %d: %v", whole.Cells.Len(), split.Cells.Len(), err)
		}
		near := decimal.New(1, -2)
		if whole.Km.Sub(split.Km).Abs().GreaterThan(near) || whole.Hours.Sub(split.Hours).Abs().GreaterThan(near) {
			t.Fatalf("%s km %s h, split %s km %s h", whole.Km, whole.Hours, split.Km, split.Hours)
		}
	})
}

func halved(fixes []track.Fix) []track.Fix {
	split := fixes[:1:1]
	for i, f := range fixes[1:] {
		before := fixes[i]
		middle := before
		middle.At = before.At.Add(f.At.Sub(before.At) / 2)
		middle.Place = track.Point{Lon: (before.Place.Lon + f.Place.Lon) / 2, Lat: (before.Place.Lat + f.Place.Lat) / 2}
		split = append(split, middle, f)
	}
	return split
}
