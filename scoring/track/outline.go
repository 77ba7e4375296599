package track

import (
	"slices"

	"github.com/paulmach/orb"
)

// touching is the distance in metres at which a place is on a line.
const touching = 0.001

// outline is a boundary on the flat map, made for many quick questions.
type outline []shape

// shape is one polygon: its shell, then its holes.
type shape []*ring

func newOutline(area orb.MultiPolygon, pl plane) outline {
	o := make(outline, len(area))
	for i, polygon := range area {
		for _, corners := range polygon {
			o[i] = append(o[i], newRing(corners, pl))
		}
	}
	return o
}

// contains agrees with [Boundary.Contains]: the edge of a shell is inside, the
// edge of a hole is not.
func (o outline) contains(p orb.Point) bool {
	inHole := func(hole *ring) bool { return hole.contains(p) }
	for _, s := range o {
		if s[0].contains(p) && !slices.ContainsFunc(s[1:], inHole) {
			return true
		}
	}
	return false
}

// span is a part of a line: 0 is its start, 1 its end.
type span struct{ from, to float64 }

// inner appends the parts of a line that lie inside. It cuts the line at every
// side it meets and asks of each piece where its middle lies, which stays right
// when the line runs along a side or through a corner.
func (o outline) inner(spans []span, a, b orb.Point) []span {
	var room [16]float64
	cuts := room[:1]
	for _, s := range o {
		for _, r := range s {
			cuts = r.cut(cuts, a, b)
		}
	}
	cuts = append(cuts, 1)
	slices.Sort(cuts)
	for i, to := range cuts[1:] {
		from := cuts[i]
		if to == from || !o.contains(along(a, b, (from+to)/2)) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].to == from {
			spans[n-1].to = to
		} else {
			spans = append(spans, span{from, to})
		}
	}
	return spans
}

// along is the place at a part t of the line from a to b.
func along(a, b orb.Point, t float64) orb.Point {
	return orb.Point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t}
}

// ring is a closed line whose sides are sorted into bands of equal height, each
// band holding every side that comes into it.
type ring struct {
	bound  orb.Bound
	height float64
	bands  [][]side
}

type side struct{ a, b orb.Point }

// maxBands keeps the bands of a hostile zigzag within some megabytes.
const maxBands = 64

func newRing(corners orb.Ring, pl plane) *ring {
	sides := make([]side, len(corners)-1)
	for i := range sides {
		sides[i] = side{pl.metres(corners[i]), pl.metres(corners[i+1])}
	}
	r := &ring{bound: orb.Bound{Min: sides[0].a, Max: sides[0].a}}
	for _, s := range sides {
		r.bound = r.bound.Extend(s.a)
	}
	r.bound = r.bound.Pad(touching)
	r.bands = make([][]side, min(max(len(sides)/4, 1), maxBands))
	r.height = (r.bound.Max[1] - r.bound.Min[1]) / float64(len(r.bands))
	for _, s := range sides {
		first, last := r.across(s.a, s.b)
		for i := first; i <= last; i++ {
			r.bands[i] = append(r.bands[i], s)
		}
	}
	return r
}

// across returns the first and the last band that a line comes into.
func (r *ring) across(a, b orb.Point) (first, last int) {
	return r.band(min(a[1], b[1]) - touching), r.band(max(a[1], b[1]) + touching)
}

func (r *ring) band(y float64) int {
	i := (y - r.bound.Min[1]) / r.height
	return int(min(max(i, 0), float64(len(r.bands)-1)))
}

// contains counts the sides to the east of the place.
func (r *ring) contains(p orb.Point) bool {
	if !r.bound.Contains(p) {
		return false
	}
	inside, band := false, r.bands[r.band(p[1])]
	for i := range band {
		s := &band[i]
		if s.touches(p) {
			return true
		}
		if (s.a[1] > p[1]) != (s.b[1] > p[1]) && s.easting(p[1]) > p[0] {
			inside = !inside
		}
	}
	return inside
}

// easting is where the side passes a height that it does pass.
func (s *side) easting(y float64) float64 {
	return s.a[0] + (y-s.a[1])*(s.b[0]-s.a[0])/(s.b[1]-s.a[1])
}

func (s *side) touches(p orb.Point) bool {
	dx, dy := s.b[0]-s.a[0], s.b[1]-s.a[1]
	px, py := p[0]-s.a[0], p[1]-s.a[1]
	length2 := dx*dx + dy*dy
	if cross := dx*py - dy*px; cross*cross > touching*touching*length2 {
		return false
	}
	t := 0.0
	if length2 > 0 {
		t = min(max((px*dx+py*dy)/length2, 0), 1)
	}
	px, py = px-t*dx, py-t*dy
	return px*px+py*py <= touching*touching
}

// cut appends where the line from a to b meets the sides of the ring. A side
// that lies in several bands may be met several times, to no harm.
func (r *ring) cut(cuts []float64, a, b orb.Point) []float64 {
	if !r.bound.Intersects(orb.Bound{Min: a, Max: a}.Extend(b)) {
		return cuts
	}
	first, last := r.across(a, b)
	for _, band := range r.bands[first : last+1] {
		for i := range band {
			if t, ok := band[i].meets(a, b); ok {
				cuts = append(cuts, t)
			}
		}
	}
	return cuts
}

// meets returns at which part of the line from a to b it meets the side. A line
// along the side meets it nowhere; the neighbouring sides cut it.
func (s *side) meets(a, b orb.Point) (t float64, ok bool) {
	ux, uy := b[0]-a[0], b[1]-a[1]
	vx, vy := s.b[0]-s.a[0], s.b[1]-s.a[1]
	wx, wy := s.a[0]-a[0], s.a[1]-a[1]
	cross := ux*vy - uy*vx
	if cross == 0 {
		return 0, false
	}
	t = (wx*vy - wy*vx) / cross
	u := (wx*uy - wy*ux) / cross
	return t, t > 0 && t < 1 && u >= -1e-9 && u <= 1+1e-9
}
