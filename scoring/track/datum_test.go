package track_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// apart is the distance of two near places in metres.
func apart(a, b track.Point) float64 {
	const degree = 6371008.8 * math.Pi / 180 // metres
	return math.Hypot((a.Lon-b.Lon)*degree*math.Cos(a.Lat*math.Pi/180), (a.Lat-b.Lat)*degree)
}

// The figure that the open-source converters of GCJ-02 give for the middle of Beijing.
func TestToGCJ02AgreesWithThePublishedFormula(t *testing.T) {
	got := track.ToGCJ02(track.Point{Lon: 116.404, Lat: 39.915})
	want := track.Point{Lon: 116.41024449916938, Lat: 39.91640428150164}
	if d := apart(got, want); d > 0.001 {
		t.Errorf("%v is %.4f m from %v", got, d, want)
	}
}

func TestGCJ02LiesSomeHundredMetresAside(t *testing.T) {
	for _, p := range []track.Point{{Lon: 119.93, Lat: 31.67}, {Lon: 116.404, Lat: 39.915}, {Lon: 87.6, Lat: 43.8}} {
		if d := apart(p, track.ToGCJ02(p)); d < 50 || d > 1000 {
			t.Errorf("%v is moved by %.0f m", p, d)
		}
	}
}

// Ten centimetres are asked for; the three rounds leave less than a millimetre.
func TestFromGCJ02IsTheInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := track.Point{Lon: rapid.Float64Range(73, 136).Draw(t, "lon"), Lat: rapid.Float64Range(3, 54).Draw(t, "lat")}
		if rapid.IntRange(0, 4).Draw(t, "where") == 0 {
			p.Lon = 105 // where the formula has its root
		}
		if d := apart(p, track.FromGCJ02(track.ToGCJ02(p))); d > 0.001 {
			t.Fatalf("%v comes back %.4f m away", p, d)
		}
		if d := apart(p, track.ToGCJ02(track.FromGCJ02(p))); d > 0.001 {
			t.Fatalf("GCJ-02 %v comes back %.4f m away", p, d)
		}
	})
}
