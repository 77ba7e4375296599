package track

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/shopspring/decimal"
)

// Ground is the area of a grid made ready to measure many days on. It never
// changes; any number of goroutines may use it.
type Ground struct {
	boundary *Boundary // nil = none
	plane    plane
	outline  outline
	lattice  *lattice
}

// NewGround prepares a boundary; nil is a grid without one. It takes about a
// tenth of a millisecond: keep it as long as the boundary stays the same.
func NewGround(b *Boundary) *Ground {
	if b == nil {
		return &Ground{}
	}
	o := newOutline(b.area, b.plane)
	return &Ground{b, b.plane, o, newLattice(b, o)}
}

// Bounded reports whether there is a boundary. Without one all kilometres and
// hours count, and no cells.
func (g *Ground) Bounded() bool { return g.boundary != nil }

// Cells returns how many cells the grid has: squares of 50 m laid from the
// boundary's south-west corner, those whose centre is inside.
func (g *Ground) Cells() int {
	if g.lattice == nil {
		return 0
	}
	return g.lattice.count
}

// Day is what a person's fixes of a day come to.
type Day struct {
	Km    decimal.Decimal // walked inside the boundary, 2 decimals
	Hours decimal.Decimal // spent inside the boundary, 2 decimals
	Cells Cells           // touched by the way; of no grid where there is no boundary
}

// Measure finds the way walked in the fixes of a day, which may come in any
// order, and what of it lies inside the boundary. Lines that cross the boundary
// count in kilometres and hours for their inner part.
func (g *Ground) Measure(fixes []Fix, p Policy) Day {
	return g.measure(sift(fixes, g.plane, p))
}

func (g *Ground) measure(w way) Day {
	var metres, seconds float64
	var spans []span
	cells := g.noCells()
	for _, l := range w.legs {
		if l.stay > 0 && g.holds(l.from) {
			seconds += l.stay
		}
		if l.from == l.to {
			continue
		}
		spans = g.inner(spans[:0], l.from, l.to)
		for _, s := range spans {
			metres += (s.to - s.from) * planar.Distance(l.from, l.to)
			seconds += (s.to - s.from) * l.move
		}
		if g.Bounded() {
			g.lattice.pass(cells.bits, l.from, l.to)
		}
	}
	for i := range cells.bits {
		cells.bits[i] &= g.lattice.grid[i]
	}
	return Day{Km: thousandth(metres, 1), Hours: thousandth(seconds, 3.6), Cells: cells}
}

func (g *Ground) noCells() Cells {
	if !g.Bounded() {
		return Cells{}
	}
	return Cells{g.lattice, make([]uint64, len(g.lattice.grid))}
}

func (g *Ground) holds(p orb.Point) bool {
	return !g.Bounded() || g.outline.contains(p)
}

func (g *Ground) inner(spans []span, a, b orb.Point) []span {
	if !g.Bounded() {
		return append(spans, span{0, 1})
	}
	return g.outline.inner(spans, a, b)
}

// thousandth turns metres into kilometres (unit 1) or seconds into hours (unit
// 3.6), rounded half away from zero to 2 decimals. A thousandth of a metre or
// second is decided first, so that sums of floats do not decide the half.
func thousandth(v, unit float64) decimal.Decimal {
	exact := decimal.New(int64(math.Round(v*1000)), -3)
	return exact.Div(decimal.NewFromFloat(1000 * unit)).Round(2)
}
