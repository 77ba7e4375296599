package track_test

import (
	"math"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// BenchmarkMeasure measures a day of fixes a second on one core, from points to
// kilometres, hours and cells. Beside points/s it reports how many times longer
// it takes than the yardstick, the haversine distances of the same points.
func BenchmarkMeasure(b *testing.B) {
	g, fixes, p := ground(b, round(60)), dutyDay().fixes, track.DefaultPolicy()
	b.ReportAllocs()
	for b.Loop() {
		if day := g.Measure(fixes, p); day.Km.IsZero() {
			b.Fatal("nothing walked")
		}
	}
	one := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(len(fixes))/one.Seconds(), "points/s")
	b.ReportMetric(float64(one)/float64(timeOfHaversine(fixes)), "haversines")
}

// round is a boundary of so many corners around the middle, not quite a circle.
func round(corners int) [][2]float64 {
	ring := make([][2]float64, corners)
	for i := range ring {
		turn := 2 * math.Pi * float64(i) / float64(corners)
		radius := 600 + 80*math.Sin(5*turn)
		ring[i] = [2]float64{radius * math.Cos(turn), radius * math.Sin(turn)}
	}
	return ring
}

// dutyDay is eight hours with a good phone: walks with stops, across the whole
// grid and over its edge.
func dutyDay() *trip {
	day := start(-700, -300).sampled(time.Second).within(8).shaky(1.5)
	for i := range 16 {
		x, y := float64(600-1200*(i%2)), float64(-300+40*i)
		day.walk(x, y, 16*minute).stand(14 * minute)
	}
	return day
}

func timeOfHaversine(fixes []track.Fix) time.Duration {
	begun, n, sum := time.Now(), 0, 0.0
	for ; time.Since(begun) < 200*time.Millisecond; n++ {
		for i := 1; i < len(fixes); i++ {
			sum += haversine(fixes[i-1].Place, fixes[i].Place)
		}
	}
	if sum == 0 {
		panic("nothing walked")
	}
	return time.Since(begun) / time.Duration(n)
}

func haversine(a, b track.Point) float64 {
	const radian = math.Pi / 180
	x, y := math.Sin((b.Lon-a.Lon)/2*radian), math.Sin((b.Lat-a.Lat)/2*radian)
	h := y*y + math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*x*x
	return 2 * 6371008.8 * math.Asin(math.Sqrt(h))
}
