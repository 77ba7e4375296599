package track

import (
	"math"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// What the sifter goes by beside the policy.
const (
	farOut   = 3               // times the reach of drift: no drift comes that far
	ahead    = 128             // fixes looked ahead at most: two minutes at one a second
	longStay = 2 * time.Minute // looked ahead at most, to see drift come back
	settling = time.Minute     // looked ahead after a jump, to see the way go on
	slowest  = 1 / 3.6         // metres a second; slower is standing
)

// sifter walks through the spots in order and decides on each. It stands at an
// anchor, the last corner of the way. Spots around it are drift; one that is
// clearly away, and could be reached on foot, is the next corner.
//
// The centre of what has drifted since the anchor, rather than the anchor, is
// where the person stands: the anchor itself may be a bad spot.
type sifter struct {
	policy  Policy
	spots   []spot
	reasons []Reason
	legs    []leg

	anchor *spot     // nil before the first
	corner orb.Point // where the line stands: the anchor, smoothed
	last   *spot     // the last spot that was believed, corner or drift
	centre orb.Point
	near   float64 // spots in the centre
	stay   float64 // seconds at the anchor
	begins bool    // the anchor begins a stretch
}

func (s *sifter) run() {
	for i := range s.spots {
		at := &s.spots[i]
		switch {
		case s.anchor == nil:
			s.begin(at, Used)
		case s.last.seconds(at) > s.policy.MaxGap.Seconds():
			s.begin(at, Gap)
		case s.isNear(at), s.comesBack(i):
			s.drift(at)
		case !s.reachable(at):
			if s.astray(at) && s.settled(i) {
				s.begin(at, Gap)
			} else {
				s.reasons[at.fix] = Jump
			}
		default:
			s.walk(i)
		}
	}
	s.finish()
}

// begin starts a stretch of the way to which no line leads.
func (s *sifter) begin(at *spot, why Reason) {
	s.finish()
	s.reasons[at.fix] = why
	s.moveTo(at)
	s.begins, s.corner = true, at.place
}

// walk draws a line to the next corner.
func (s *sifter) walk(i int) {
	at, corner := &s.spots[i], s.smooth(i)
	s.line(at, corner, s.last.seconds(at))
	s.moveTo(at)
	s.begins, s.corner = false, corner
}

// smooth takes the tremor out of a corner: it is the mean of the spots around,
// of as many before as after, as far as all of them are near.
func (s *sifter) smooth(i int) orb.Point {
	at, mean, n := &s.spots[i], s.spots[i].place, 1.0
	reach := s.policy.reach(at.accuracy)
	near := func(j int) bool {
		return j >= 0 && j < len(s.spots) && planar.Distance(at.place, s.spots[j].place) <= reach
	}
	before, after := s.beside(i, i, -1), s.beside(i, i, +1)
	for n < ahead && near(before) && near(after) {
		n += 2
		mean = along(mean, along(s.spots[before].place, s.spots[after].place, 0.5), 2/n)
		before, after = s.beside(i, before, -1), s.beside(i, after, +1)
	}
	return mean
}

// beside is the next spot from j on in a direction, past one that went astray.
func (s *sifter) beside(i, j, step int) int {
	j += step
	if j >= 0 && j < len(s.spots) && !s.onFoot(&s.spots[i], &s.spots[j]) {
		j += step
	}
	return j
}

// line adds the leg from the anchor. Who came here at a walk has not stayed at
// the anchor, but was on the way in small steps.
func (s *sifter) line(to *spot, corner orb.Point, move float64) {
	l := leg{s.corner, corner, s.stay, move, s.begins}
	if s.strolled(to) {
		l.stay, l.move = 0, s.stay+move
	}
	s.legs = append(s.legs, l)
}

func (s *sifter) strolled(to *spot) bool {
	return planar.Distance(s.anchor.place, to.place) >= slowest*s.anchor.seconds(to)
}

func (s *sifter) moveTo(at *spot) {
	s.anchor, s.last, s.centre, s.near, s.stay = at, at, at.place, 1, 0
}

func (s *sifter) drift(at *spot) {
	s.reasons[at.fix] = Drift
	s.stay += s.last.seconds(at)
	s.near++
	s.centre = along(s.centre, at.place, 1/s.near)
	s.last = at
}

// finish ends a stretch. Who was still walking when it ended has come to the
// last spot, although that is too near to be a corner otherwise.
func (s *sifter) finish() {
	if s.anchor == nil || s.last == s.anchor {
		return
	}
	if !s.strolled(s.last) || !s.reachable(s.last) {
		s.legs = append(s.legs, leg{s.corner, s.corner, s.stay, 0, s.begins})
		return
	}
	s.reasons[s.last.fix] = Used
	s.line(s.last, s.last.place, 0)
}

func (s *sifter) isNear(at *spot) bool {
	return planar.Distance(s.centre, at.place) <= s.policy.reach(at.accuracy)
}

// reachable reports whether somebody on foot gets here: from the anchor in all
// the time since, and from the last spot, wherever in the drift that was.
func (s *sifter) reachable(at *spot) bool {
	return !s.astray(at) &&
		planar.Distance(s.anchor.place, at.place) <= s.policy.walkable(s.anchor.seconds(at))
}

// astray reports whether not even drift explains how far the spot is away.
func (s *sifter) astray(at *spot) bool { return !s.onFoot(s.last, at) }

func (s *sifter) onFoot(from, to *spot) bool {
	far := s.policy.walkable(math.Abs(from.seconds(to))) + s.policy.reach(to.accuracy)
	return planar.Distance(from.place, to.place) <= far
}

// settled reports whether the way goes on from a spot that went astray: then it
// is the spots before that are wrong, or a vehicle brought the person here. Most
// of the next minute's spots must follow on foot, two at least, and those two
// must have gone astray as well.
func (s *sifter) settled(i int) bool {
	at, follow, stray := &s.spots[i], 0, 0
	for j := i + 1; j < min(i+ahead, len(s.spots)); j++ {
		next := &s.spots[j]
		if after := at.seconds(next); after > s.policy.MaxGap.Seconds() || after > settling.Seconds() && follow > 1 {
			break
		}
		if !s.onFoot(at, next) {
			stray++
			continue
		}
		if follow++; follow <= 2 && !s.astray(next) {
			return false
		}
	}
	return follow > 1 && follow > stray
}

// comesBack reports whether a spot a little away is only drift: the longer
// somebody has stood, the longer spots must stay away to be a departure.
func (s *sifter) comesBack(i int) bool {
	at := &s.spots[i]
	if planar.Distance(s.centre, at.place) > farOut*s.policy.reach(at.accuracy) {
		return false
	}
	until := min(s.stay, longStay.Seconds())
	for j := i + 1; j < min(i+ahead, len(s.spots)) && at.seconds(&s.spots[j]) <= until; j++ {
		if s.isNear(&s.spots[j]) {
			return true
		}
	}
	return false
}
