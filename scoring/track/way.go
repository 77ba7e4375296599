package track

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// way is what is left of a day's fixes when noise is taken out.
type way struct {
	legs    []leg
	plane   plane
	spots   []spot   // the fixes believed, in order of time
	reasons []Reason // one a fix, in the order they came in
}

// leg is a straight line of the way: the time stayed at its start, and the time
// taken to its end. The last of a stretch may be a stay only, with from = to.
type leg struct {
	from, to   orb.Point // metres
	stay, move float64   // seconds
	begins     bool      // no line leads to this one
}

// spot is a fix on the flat map.
type spot struct {
	place    orb.Point // metres
	at       int64     // nanoseconds of Unix time
	accuracy float64   // metres, 0 = not given
	fix      int       // its number among the fixes
}

// seconds is the time from one spot to a later one; negative to an earlier one.
func (s *spot) seconds(later *spot) float64 { return float64(later.at-s.at) / 1e9 }

// sift finds the way in a day's fixes. A zero plane, of a grid without a
// boundary, is replaced by one around the fixes.
func sift(fixes []Fix, pl plane, p Policy) way {
	w := way{plane: pl, reasons: make([]Reason, len(fixes))}
	w.believe(fixes, p)
	w.order(fixes, p)
	w.flatten(fixes)
	s := sifter{policy: p, spots: w.spots, reasons: w.reasons}
	s.run()
	w.legs = s.legs
	return w
}

func (w *way) believe(fixes []Fix, p Policy) {
	w.spots = make([]spot, 0, len(fixes))
	for i := range fixes {
		f := &fixes[i]
		if !p.believes(f) {
			w.reasons[i] = Inaccurate
			continue
		}
		w.spots = append(w.spots, spot{at: f.At.UnixNano(), accuracy: f.Accuracy, fix: i})
	}
}

// order sorts the spots by time and keeps the most accurate of each moment. An
// unknown accuracy is as poor as can be.
func (w *way) order(fixes []Fix, p Policy) {
	accuracy := func(s spot) float64 {
		if s.accuracy == 0 {
			return p.MaxAccuracy
		}
		return s.accuracy
	}
	before := func(a, b spot) int {
		if a.at != b.at {
			return cmp.Compare(a.at, b.at)
		}
		m, n := fixes[a.fix].Place, fixes[b.fix].Place
		return cmp.Or(cmp.Compare(accuracy(a), accuracy(b)), cmp.Compare(m.Lon, n.Lon), cmp.Compare(m.Lat, n.Lat))
	}
	if !slices.IsSortedFunc(w.spots, before) {
		slices.SortFunc(w.spots, before)
	}
	kept := w.spots[:0]
	for _, s := range w.spots {
		if n := len(kept); n > 0 && kept[n-1].at == s.at {
			w.reasons[s.fix] = Duplicate
			continue
		}
		kept = append(kept, s)
	}
	w.spots = kept
}

func (w *way) flatten(fixes []Fix) {
	if w.plane == (plane{}) && len(w.spots) > 0 {
		w.plane = planeAround(fixes, w.spots)
	}
	for i := range w.spots {
		s := &w.spots[i]
		at := fixes[s.fix].Place
		s.place = w.plane.metres(orb.Point{at.Lon, at.Lat})
	}
}

// planeAround is the plane at the mean latitude of the spots.
func planeAround(fixes []Fix, spots []spot) plane {
	var mean orb.Point
	for _, s := range spots {
		mean[0] += fixes[s.fix].Place.Lon / float64(len(spots))
		mean[1] += fixes[s.fix].Place.Lat / float64(len(spots))
	}
	return newPlane(orb.Bound{Min: mean, Max: mean})
}
