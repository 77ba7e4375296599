package track_test

import (
	"slices"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring/track"
)

const minute = time.Minute

// backwards turns the fixes around.
func backwards(fixes []track.Fix) []track.Fix {
	fixes = slices.Clone(fixes)
	slices.Reverse(fixes)
	return fixes
}

// rerecorded gives each fix again, a second time at the same moment.
func rerecorded(fixes []track.Fix) []track.Fix { return append(slices.Clone(fixes), fixes...) }

func TestMeasure(t *testing.T) {
	hole := [][2]float64{{-100, -100}, {100, -100}, {100, 100}, {-100, 100}}
	// comb has two teeth pointing south, 300 m wide, with 400 m between them.
	comb := [][2]float64{{-500, 500}, {-500, -500}, {-200, -500}, {-200, 0}, {200, 0}, {200, -500}, {500, -500}, {500, 500}}

	for _, tt := range []struct {
		name      string
		ground    *track.Ground
		fixes     []track.Fix
		km, hours string
		cells     int
	}{
		{"no fixes are no way", ground(t, squareKm), nil, "0", "0", 0},
		{"one fix is no way", ground(t, squareKm), start(0, 0).fixes, "0", "0", 0},
		{"a straight kilometre inside", ground(t, squareKm),
			start(-500, -475).walk(500, -475, 12*minute).fixes, "1", "0.2", 20},
		{"a straight kilometre at one fix a second", ground(t, squareKm),
			start(-500, -475).sampled(time.Second).walk(500, -475, 12*minute).fixes, "1", "0.2", 20},
		{"the length of the grid and 500 m beyond it on either side", ground(t, squareKm),
			start(-1000, 25).walk(1000, 25, 24*minute).fixes, "1", "0.2", 20},
		{"490 of 980 m lie inside", ground(t, squareKm),
			start(10, 25).walk(990, 25, 12*minute).fixes, "0.49", "0.1", 10},
		{"a kilometre outside", ground(t, squareKm),
			start(-500, 700).walk(500, 700, 12*minute).fixes, "0", "0", 0},
		{"out and back counts twice, its cells once", ground(t, squareKm),
			start(-490, 25).walk(10, 25, 6*minute).walk(-490, 25, 6*minute).fixes, "1", "0.2", 11},
		{"along the edge is inside", ground(t, squareKm),
			start(-500, -500).walk(500, -500, 12*minute).fixes, "1", "0.2", 20},
		{"a hole does not count, and its cells are none of the grid's", ground(t, squareKm, hole),
			start(-500, 25).walk(500, 25, 12*minute).fixes, "0.8", "0.16", 16},
		{"a line that crosses the boundary four times counts in its two inner parts", ground(t, comb),
			start(-600, -225).walk(600, -225, 12*minute).fixes, "0.6", "0.1", 12},
		{"one long line across two teeth", ground(t, comb),
			start(-600, -225).sampled(4*minute).walk(190, -225, 4*minute).fixes, "0.3", "0.03", 6},
		{"without a boundary all counts, and there are no cells", track.NewGround(nil),
			start(-1000, 0).walk(1000, 0, 24*minute).fixes, "2", "0.4", 0},

		{"a jump is left out and the line goes on past it", ground(t, squareKm),
			start(-500, 25).walk(0, 25, 6*minute).stray(0, 480).walk(500, 25, 6*minute).fixes, "1", "0.2", 20},
		{"a first fix far away costs nothing", ground(t, squareKm),
			start(9000, 9000).silent(20*time.Second).jumpTo(-500, 25).fix().walk(500, 25, 12*minute).fixes, "1", "0.2", 20},
		{"a ride at 25 km/h is not on foot", ground(t, squareKm),
			start(-500, 25).walk(0, 25, 72*time.Second).walk(500, 25, 72*time.Second).fixes, "0", "0", 0},
		{"nor is a ride at one fix a second", ground(t, squareKm),
			start(-500, 25).sampled(time.Second).walk(500, 25, 144*time.Second).fixes, "0", "0", 0},
		{"after a ride the walk counts from where it begins", ground(t, squareKm),
			start(-2500, 25).walk(-500, 25, 4*minute).walk(500, 25, 12*minute).fixes, "1", "0.2", 20},
		{"just at 12 km/h is on foot", ground(t, squareKm),
			start(-500, 25).walk(500, 25, 5*minute).fixes, "1", "0.08", 20},

		{"no line is drawn over a silence of more than 5 minutes, whose time is lost too", ground(t, squareKm),
			start(-490, 25).walk(-240, 25, 3*minute).jumpTo(240, 25).silent(6*minute).fix().walk(490, 25, 3*minute).fixes, "0.5", "0.1", 12},
		{"over a silence of 5 minutes it is", ground(t, squareKm),
			start(-490, 25).walk(-240, 25, 3*minute).jumpTo(240, 25).silent(5*minute).fix().walk(490, 25, 3*minute).fixes, "0.98", "0.18", 20},
		{"poor accuracy is left out", ground(t, squareKm),
			start(-500, 25).walk(0, 25, 6*minute).within(150).stray(0, 60).within(0).walk(500, 25, 6*minute).fixes, "1", "0.2", 20},

		{"fixes of the same moment count once", ground(t, squareKm),
			rerecorded(start(-500, -475).walk(500, -475, 12*minute).fixes), "1", "0.2", 20},
		{"the order they come in does not matter", ground(t, squareKm),
			backwards(start(-500, -475).walk(500, -475, 12*minute).fixes), "1", "0.2", 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			day := tt.ground.Measure(tt.fixes, track.DefaultPolicy())
			if day.Km.String() != tt.km || day.Hours.String() != tt.hours || day.Cells.Len() != tt.cells {
				t.Errorf("%s km, %s hours, %d cells; want %s, %s, %d",
					day.Km, day.Hours, day.Cells.Len(), tt.km, tt.hours, tt.cells)
			}
		})
	}
}

// Half an hour on one spot may tremble a little, but not walk.
func TestStandingStill(t *testing.T) {
	for _, tt := range []struct {
		name     string
		every    time.Duration
		scatter  float64 // metres, standard deviation
		accuracy float64
		most     float64 // km
	}{
		{"without a tremor", time.Second, 0, 5, 0},
		{"a good phone every second", time.Second, 3, 5, 0.01},
		{"a phone among houses every second", time.Second, 10, 15, 0.03},
		{"a poor one every second", time.Second, 20, 30, 0.06},
		{"without accuracy every second", time.Second, 5, 0, 0.02},
		{"without accuracy every 5 seconds", 5 * time.Second, 6, 0, 0.03},
		{"every 10 seconds", 10 * time.Second, 7, 10, 0.03},
		{"every 30 seconds", 30 * time.Second, 7, 10, 0.05},
	} {
		t.Run(tt.name, func(t *testing.T) {
			trip := start(0, 0).sampled(tt.every).within(tt.accuracy).shaky(tt.scatter).stand(30 * minute)
			day := ground(t, squareKm).Measure(trip.fixes, track.DefaultPolicy())
			if km := day.Km.InexactFloat64(); km > tt.most {
				t.Errorf("walked %v km, want at most %v", km, tt.most)
			}
			if hours := day.Hours.String(); hours != "0.5" {
				t.Errorf("%s hours, want 0.5", hours)
			}
		})
	}
}

// A tremor must not make a walk much longer, nor eat it.
func TestWalkingWithATremor(t *testing.T) {
	for _, tt := range []struct {
		name     string
		every    time.Duration
		scatter  float64
		accuracy float64
	}{
		{"a good phone every second", time.Second, 2, 5},
		{"among houses every 5 seconds", 5 * time.Second, 3, 10},
		{"a poor one every 20 seconds", 20 * time.Second, 5, 40},
	} {
		t.Run(tt.name, func(t *testing.T) {
			trip := start(-400, -400).sampled(tt.every).within(tt.accuracy).shaky(tt.scatter).
				walk(400, -400, 10*minute).stand(5*minute).walk(400, 400, 10*minute).walk(-400, 400, 10*minute)
			km := ground(t, squareKm).Measure(trip.fixes, track.DefaultPolicy()).Km.InexactFloat64()
			if km < 2.3 || km > 2.55 {
				t.Errorf("walked %v km, want 2.4", km)
			}
		})
	}
}

func TestTheSameWayInGCJ02(t *testing.T) {
	fixes := start(-500, -475).walk(500, -475, 12*minute).fixes
	for i := range fixes {
		fixes[i].Place = track.GCJ02.WGS84(track.ToGCJ02(fixes[i].Place))
	}
	day := ground(t, squareKm).Measure(fixes, track.DefaultPolicy())
	if day.Km.String() != "1" || day.Cells.Len() != 20 {
		t.Errorf("%s km, %d cells; want 1 and 20", day.Km, day.Cells.Len())
	}
}

func TestAnUnconvertedGCJ02WayIsSomewhereElse(t *testing.T) {
	fixes := start(-500, -475).walk(500, -475, 12*minute).fixes
	for i := range fixes {
		fixes[i].Place = track.WGS84.WGS84(track.ToGCJ02(fixes[i].Place))
	}
	if km := ground(t, squareKm).Measure(fixes, track.DefaultPolicy()).Km.String(); km == "1" {
		t.Error("the shift of some hundred metres is not seen")
	}
}

func TestValidatePolicy(t *testing.T) {
	if err := track.DefaultPolicy().Validate(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*track.Policy){
		"speed":             func(p *track.Policy) { p.MaxSpeed = 2.9 },
		"gap":               func(p *track.Policy) { p.MaxGap = time.Hour + 1 },
		"accuracy":          func(p *track.Policy) { p.MaxAccuracy = 4 },
		"move":              func(p *track.Policy) { p.MinMove = -1 },
		"moves, disordered": func(p *track.Policy) { p.MinMove, p.MaxMove = 40, 30 },
	} {
		p := track.DefaultPolicy()
		spoil(&p)
		if p.Validate() == nil {
			t.Errorf("%s: accepted %+v", name, p)
		}
	}
}
