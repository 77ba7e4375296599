package track

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"math/bits"

	"github.com/paulmach/orb"
)

// cellSize is the width and height of a cell in metres.
const cellSize = 50

// lattice is the square cells of a grid, laid from the south-west corner of its
// boundary. Cell number row × columns + column is of the grid when its centre
// is inside.
type lattice struct {
	columns, rows int
	grid          []uint64 // a bit a cell
	count         int      // cells of the grid
	sum           uint32   // tells this lattice from another
}

func newLattice(b *Boundary, o outline) *lattice {
	size := b.plane.metres(b.bound.Max)
	l := &lattice{columns: cellsOver(size[0]), rows: cellsOver(size[1])}
	l.grid = make([]uint64, (l.columns*l.rows+63)/64)
	for row := range l.rows {
		for column := range l.columns {
			centre := orb.Point{(float64(column) + 0.5) * cellSize, (float64(row) + 0.5) * cellSize}
			if o.contains(centre) {
				l.set(l.grid, column, row)
			}
		}
	}
	l.count = ones(l.grid)
	l.sum = l.checksum(b.plane.origin)
	return l
}

// cellsOver is how many cells it takes to cover a length in metres; a length
// that is a multiple but for rounding needs no more.
func cellsOver(length float64) int {
	return max(1, int(math.Ceil((length-touching)/cellSize)))
}

func (l *lattice) checksum(origin orb.Point) uint32 {
	text := binary.BigEndian.AppendUint64(nil, math.Float64bits(origin[0]))
	text = binary.BigEndian.AppendUint64(text, math.Float64bits(origin[1]))
	text = binary.BigEndian.AppendUint64(text, uint64(l.columns))
	for _, word := range l.grid {
		text = binary.BigEndian.AppendUint64(text, word)
	}
	return crc32.ChecksumIEEE(text)
}

func (l *lattice) set(cells []uint64, column, row int) {
	i := row*l.columns + column
	cells[i/64] |= 1 << (i % 64)
}

func (l *lattice) has(cells []uint64, column, row int) bool {
	i := row*l.columns + column
	return cells[i/64]>>(i%64)&1 == 1
}

func ones(cells []uint64) int {
	n := 0
	for _, word := range cells {
		n += bits.OnesCount64(word)
	}
	return n
}

// pass marks every cell that the line from a to b passes through, also those
// that are not of the grid. It goes from cell to cell over the border that the
// line reaches first.
func (l *lattice) pass(cells []uint64, a, b orb.Point) {
	from, to, ok := l.clip(a, b)
	if !ok {
		return
	}
	x, y := newStride(from[0], to[0], l.columns), newStride(from[1], to[1], l.rows)
	l.set(cells, x.cell, y.cell)
	for x.left+y.left > 0 {
		if y.left == 0 || x.left > 0 && x.next < y.next {
			x.advance()
		} else {
			y.advance()
		}
		l.set(cells, x.cell, y.cell)
	}
}

// clip cuts a line to the rectangle of the lattice and returns it in cells.
func (l *lattice) clip(a, b orb.Point) (from, to orb.Point, ok bool) {
	limit := orb.Point{float64(l.columns), float64(l.rows)}
	enter, leave := 0.0, 1.0
	for axis := range limit {
		a[axis], b[axis] = inCells(a[axis], limit[axis]), inCells(b[axis], limit[axis])
		d := b[axis] - a[axis]
		if d == 0 {
			if a[axis] < 0 || a[axis] > limit[axis] {
				return from, to, false
			}
			continue
		}
		t, u := -a[axis]/d, (limit[axis]-a[axis])/d
		enter, leave = max(enter, min(t, u)), min(leave, max(t, u))
	}
	return along(a, b, enter), along(a, b, leave), enter <= leave
}

// inCells turns metres into cells; what touches the outer edge is on it.
func inCells(v, limit float64) float64 {
	v /= cellSize
	for _, edge := range [...]float64{0, limit} {
		if math.Abs(v-edge) <= touching/cellSize {
			return edge
		}
	}
	return v
}

// stride follows a line along one axis.
type stride struct {
	cell, step int
	left       int     // cells still to come
	next, each float64 // part of the line at the next border, and from border to border
}

func newStride(from, to float64, cells int) stride {
	cell := func(v float64) int { return min(max(int(v), 0), cells-1) }
	s := stride{cell: cell(from), step: 1, left: cell(to) - cell(from)}
	border := float64(s.cell + 1)
	if s.left < 0 {
		s.step, s.left, border = -1, -s.left, float64(s.cell)
	}
	if s.left > 0 {
		s.each = 1 / math.Abs(to-from)
		s.next = math.Abs(border-from) * s.each
	}
	return s
}

func (s *stride) advance() {
	s.cell += s.step
	s.left--
	s.next += s.each
}
