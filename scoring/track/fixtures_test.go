package track_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// The tests live on a flat map in metres around a place in Nanxiashu.
const (
	middleLon, middleLat = 119.93, 31.66
	degree               = 6378137 * math.Pi / 180 // metres a degree of latitude
)

var eight = time.Date(2026, 10, 8, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))

func place(x, y float64) track.Point {
	narrow := math.Cos(middleLat * math.Pi / 180)
	return track.Point{Lon: middleLon + x/(degree*narrow), Lat: middleLat + y/degree}
}

// squareKm is 1 km wide and high, its middle at 0, 0: 20 × 20 cells.
var squareKm = [][2]float64{{-500, -500}, {500, -500}, {500, 500}, {-500, 500}}

// ground is the area within the first ring, less the others.
func ground(t testing.TB, rings ...[][2]float64) *track.Ground {
	t.Helper()
	b, err := track.ParseBoundary(polygon(rings...))
	if err != nil {
		t.Fatal(err)
	}
	return track.NewGround(b)
}

func polygon(rings ...[][2]float64) string {
	var texts []string
	for _, ring := range rings {
		var corners []string
		for _, c := range ring {
			p := place(c[0], c[1])
			corners = append(corners, fmt.Sprintf("%.12f %.12f", p.Lon, p.Lat))
		}
		texts = append(texts, "("+strings.Join(corners, ",")+")")
	}
	return "POLYGON (" + strings.Join(texts, ",") + ")"
}

// trip is somebody's day, told step by step.
type trip struct {
	fixes    []track.Fix
	at       time.Time
	x, y     float64
	every    time.Duration // between fixes
	accuracy float64
	noise    *rand.Rand // nil = none
	scatter  float64    // metres, standard deviation a coordinate
}

// start begins a trip at eight in the morning with a fix every 20 seconds.
func start(x, y float64) *trip {
	t := &trip{at: eight, x: x, y: y, every: 20 * time.Second}
	return t.fix()
}

// sampled changes the time between fixes.
func (t *trip) sampled(every time.Duration) *trip { t.every = every; return t }

// within changes the accuracy of the fixes to come.
func (t *trip) within(metres float64) *trip { t.accuracy = metres; return t }

// shaky scatters the fixes to come.
func (t *trip) shaky(metres float64) *trip {
	t.noise, t.scatter = rand.New(rand.NewPCG(2026, 10)), metres
	return t
}

func (t *trip) fix() *trip {
	x, y := t.x, t.y
	if t.noise != nil {
		x += t.noise.NormFloat64() * t.scatter
		y += t.noise.NormFloat64() * t.scatter
	}
	t.fixes = append(t.fixes, track.Fix{At: t.at, Place: place(x, y), Accuracy: t.accuracy})
	return t
}

// walk goes straight to a place in the given time.
func (t *trip) walk(x, y float64, took time.Duration) *trip {
	steps := int(took / t.every)
	dx, dy := (x-t.x)/float64(steps), (y-t.y)/float64(steps)
	for range steps {
		t.at = t.at.Add(t.every)
		t.x += dx
		t.y += dy
		t.fix()
	}
	return t
}

func (t *trip) stand(took time.Duration) *trip { return t.walk(t.x, t.y, took) }

// silent lets time pass without a fix.
func (t *trip) silent(d time.Duration) *trip { t.at = t.at.Add(d); return t }

// stray puts one fix, half way to the next, where the person is not.
func (t *trip) stray(x, y float64) *trip {
	t.fixes = append(t.fixes, track.Fix{At: t.at.Add(t.every / 2), Place: place(x, y), Accuracy: t.accuracy})
	return t
}

// jumpTo moves on without a way.
func (t *trip) jumpTo(x, y float64) *trip { t.x, t.y = x, y; return t }
