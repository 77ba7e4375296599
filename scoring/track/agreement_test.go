package track_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// anyRing draws a star of 3 to 40 corners, with dents, around the middle.
func anyRing(t *rapid.T) [][2]float64 {
	ring := make([][2]float64, rapid.IntRange(3, 40).Draw(t, "corners"))
	for i := range ring {
		turn := 2 * math.Pi * float64(i) / float64(len(ring))
		radius := rapid.Float64Range(150, 600).Draw(t, "radius")
		ring[i] = [2]float64{radius * math.Cos(turn), radius * math.Sin(turn)}
	}
	return ring
}

func anyBoundary(t *rapid.T) *track.Boundary {
	hole := [][2]float64{{-60, -60}, {50, -60}, {40, 70}}
	b, err := track.ParseBoundary(polygon(anyRing(t), hole))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestOutsideAgreesWithTheBoundary(t *testing.T) {
	metres := rapid.Float64Range(-700, 700)
	rapid.Check(t, func(t *rapid.T) {
		b := anyBoundary(t)
		g := track.NewGround(b)
		for range 20 {
			x, y := metres.Draw(t, "x"), metres.Draw(t, "y")
			if onEdge(b, x, y) {
				continue // a matter of rounding
			}
			fix := track.Fix{At: eight, Place: place(x, y)}
			e := g.Explain([]track.Fix{fix}, track.DefaultPolicy())
			if outside := e.Count(track.Outside) == 1; outside == b.Contains(fix.Place) {
				t.Fatalf("outside %v, contained %v", outside, b.Contains(fix.Place))
			}
		}
	})
}

// onEdge reports whether a step of 2 mm may lead over the edge.
func onEdge(b *track.Boundary, x, y float64) bool {
	const step = 0.002
	in := b.Contains(place(x, y))
	return b.Contains(place(x-step, y)) != in || b.Contains(place(x+step, y)) != in ||
		b.Contains(place(x, y-step)) != in || b.Contains(place(x, y+step)) != in
}

// A line cut and followed exactly must agree with the same line walked in steps
// of some centimetres.
func TestALineAgreesWithManySmallSteps(t *testing.T) {
	metres := rapid.Float64Range(-350, 350)
	rapid.Check(t, func(t *rapid.T) {
		b := anyBoundary(t)
		from := [2]float64{metres.Draw(t, "x"), metres.Draw(t, "y")}
		to := [2]float64{metres.Draw(t, "x"), metres.Draw(t, "y")}
		long := math.Hypot(to[0]-from[0], to[1]-from[1])
		if long < 50 {
			t.Skip("a step, no line")
		}
		fixes := start(from[0], from[1]).sampled(5*minute).walk(to[0], to[1], 5*minute).fixes
		day := track.NewGround(b).Measure(fixes, track.DefaultPolicy())
		share, cells := inSmallSteps(b, from, to)
		if km := day.Km.InexactFloat64(); math.Abs(km-share*long/1000) > 0.006 {
			t.Fatalf("%v km, in steps %v", km, share*long/1000)
		}
		if n := day.Cells.Len(); n < cells || n > cells+2 {
			t.Fatalf("%d cells, in steps %d", n, cells)
		}
	})
}

// inSmallSteps is the share of a line's points that are inside, and how many
// cells they lie in whose centre is inside.
func inSmallSteps(b *track.Boundary, from, to [2]float64) (share float64, cells int) {
	const steps = 5_000
	corner, opposite := b.BBox()
	north := degree
	east := degree * math.Cos((corner.Lat+opposite.Lat)/2*math.Pi/180)
	touched, inside := map[[2]int]bool{}, 0
	for i := range steps {
		part := (float64(i) + 0.5) / steps
		p := place(from[0]+(to[0]-from[0])*part, from[1]+(to[1]-from[1])*part)
		if b.Contains(p) {
			inside++
		}
		touched[[2]int{int(math.Floor((p.Lon - corner.Lon) * east / 50)), int(math.Floor((p.Lat - corner.Lat) * north / 50))}] = true
	}
	for cell := range touched {
		centre := track.Point{
			Lon: corner.Lon + (float64(cell[0])+0.5)*50/east,
			Lat: corner.Lat + (float64(cell[1])+0.5)*50/north,
		}
		if b.Contains(centre) {
			cells++
		}
	}
	return float64(inside) / steps, cells
}
