package track

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// Explanation is a [Day] with what became of each fix.
type Explanation struct {
	Day
	Steps []Step // every fix, in order of time

	ground *Ground
	way    way
}

// Step is a fix and what became of it.
type Step struct {
	Fix
	Reason Reason
}

// Explain measures like [Ground.Measure] and tells what became of each fix.
func (g *Ground) Explain(fixes []Fix, p Policy) *Explanation {
	w := sift(fixes, g.plane, p)
	e := &Explanation{Day: g.measure(w), Steps: make([]Step, len(fixes)), ground: g, way: w}
	for i, f := range fixes {
		e.Steps[i] = Step{f, g.place(f, w, w.reasons[i])}
	}
	slices.SortFunc(e.Steps, func(a, b Step) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Reason, b.Reason),
			cmp.Compare(a.Place.Lon, b.Place.Lon), cmp.Compare(a.Place.Lat, b.Place.Lat))
	})
	return e
}

// place turns the reason of a corner outside the boundary into [Outside].
func (g *Ground) place(f Fix, w way, r Reason) Reason {
	if r.Dropped() || g.holds(w.plane.metres(orb.Point{f.Place.Lon, f.Place.Lat})) {
		return r
	}
	return Outside
}

// Bounded reports whether the grid has a boundary; without one all kilometres
// and hours count.
func (e *Explanation) Bounded() bool { return e.ground.Bounded() }

// Count returns how many fixes have the reason.
func (e *Explanation) Count(r Reason) int {
	n := 0
	for _, s := range e.Steps {
		if s.Reason == r {
			n++
		}
	}
	return n
}

// String says in Chinese what the day comes to and what became of its fixes.
func (e *Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "计入 %s 公里、%s 小时", e.Km, e.Hours)
	if e.Bounded() {
		fmt.Fprintf(&b, "，走过 %d 格（全网格 %d 格）。", e.Cells.Len(), e.ground.Cells())
	} else {
		b.WriteString("；网格还没有边界，走过的都计入。")
	}
	fmt.Fprintf(&b, "共 %d 个定位点", len(e.Steps))
	for r := range reasons {
		if n := e.Count(r); n > 0 {
			fmt.Fprintf(&b, "，%s %d", r, n)
		}
	}
	b.WriteString("。")
	return b.String()
}
