package track

import (
	"errors"
	"fmt"
	"time"
)

// Policy is what a street understands by a way walked. Start from
// [DefaultPolicy].
type Policy struct {
	// MaxSpeed is the fastest that counts as on foot, in km/h: 12; 3 to 150.
	// A fix that could only be reached faster is a [Jump].
	MaxSpeed float64
	// MaxGap is the longest silence across which a line is drawn and time
	// counts: 5 minutes; 10 seconds to 1 hour.
	MaxGap time.Duration
	// MaxAccuracy is the poorest accuracy believed, in metres: 100; 5 to 1000.
	// A fix of unknown accuracy is believed.
	MaxAccuracy float64
	// MinMove and MaxMove bound how far from where somebody stands a fix must be
	// to count as walked on, in metres: 10 and 30; 0 to 200. Between them it is
	// the accuracy of the fix. What stays within is [Drift].
	MinMove, MaxMove float64
}

// DefaultPolicy returns the policy for patrols on foot.
func DefaultPolicy() Policy {
	return Policy{MaxSpeed: 12, MaxGap: 5 * time.Minute, MaxAccuracy: 100, MinMove: 10, MaxMove: 30}
}

// Validate reports every figure that is out of its range.
func (p Policy) Validate() error {
	return errors.Join(
		between("MaxSpeed", p.MaxSpeed, 3, 150, "km/h"),
		between("MaxGap", p.MaxGap.Seconds(), 10, 3600, "s"),
		between("MaxAccuracy", p.MaxAccuracy, 5, 1000, "m"),
		between("MinMove", p.MinMove, 0, 200, "m"),
		between("MaxMove", p.MaxMove, p.MinMove, 200, "m"),
	)
}

func between(name string, v, low, high float64, unit string) error {
	if v >= low && v <= high {
		return nil
	}
	return fmt.Errorf("track: policy: %s is %v, want %v to %v %s", name, v, low, high, unit)
}

// believes reports whether the fix is good enough to be looked at.
func (p Policy) believes(f *Fix) bool {
	return f.Place.onEarth() && f.Accuracy >= 0 && f.Accuracy <= p.MaxAccuracy
}

// reach is the distance in metres up to which a fix may be mere drift.
func (p Policy) reach(accuracy float64) float64 {
	return min(max(p.MinMove, accuracy), p.MaxMove)
}

// walkable is how far somebody gets on foot, in metres. The millimetre is for
// the rounding of who walks at exactly the limit.
func (p Policy) walkable(seconds float64) float64 {
	return p.MaxSpeed/3.6*seconds + touching
}
