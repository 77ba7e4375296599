package track

import (
	"math"
	"time"
)

// Fix is a position that a phone or a tracker has recorded.
type Fix struct {
	At       time.Time
	Place    Point   // WGS-84; see [Datum.WGS84]
	Accuracy float64 // metres; 0 = not given
}

// onEarth is false also for what is no number.
func (p Point) onEarth() bool { return math.Abs(p.Lon) <= 180 && math.Abs(p.Lat) <= 90 }

// Reason says what became of a fix, and why. The zero Reason is [Used].
type Reason uint8

// What can become of a fix. The first three are part of the way walked, the
// others are left out of it.
const (
	Used       Reason = iota // a corner of the way
	Gap                      // the way starts anew here: before it was silence, or a jump that stayed
	Outside                  // a corner outside the boundary; of the lines to it the inner part counts
	Duplicate                // another fix of the same moment is as good or better
	Jump                     // too far to have been reached on foot
	Inaccurate               // its accuracy is too poor, or its place is none on Earth
	Drift                    // the position trembles or has hardly moved
	reasons                  // how many there are
)

// Dropped reports whether the fix is no part of the way walked.
func (r Reason) Dropped() bool { return r >= Duplicate }

// String returns the reason in the user's words.
func (r Reason) String() string {
	return [...]string{"计入", "中断", "网格外", "重复", "跳点", "精度差", "漂移", "未知"}[min(r, reasons)]
}

// MarshalText writes the reason as a word for programs, such as drift.
func (r Reason) MarshalText() ([]byte, error) {
	words := [...]string{"used", "gap", "outside", "duplicate", "jump", "inaccurate", "drift", "unknown"}
	return []byte(words[min(r, reasons)]), nil
}
