package track

import (
	"encoding/binary"
	"errors"

	"github.com/shopspring/decimal"
)

// ErrCells means that cells are damaged, or belong to another boundary; they
// have to be measured again.
var ErrCells = errors.New("cells of another boundary, or damaged")

// Cells is a set of a grid's 50 m cells: those that a way has touched. The zero
// Cells is empty and of no grid, as without a boundary. A Cells never changes.
type Cells struct {
	lattice *lattice
	bits    []uint64 // only cells of the grid
}

// Len returns how many cells are in the set.
func (c Cells) Len() int { return ones(c.bits) }

// Share returns the set's share of all cells of the grid, from 0 to 1. It is
// cut to 4 decimals, so that none reaches a minimum that it falls short of. A
// grid too small to have a cell, or without a boundary, has none: ok is false.
func (c Cells) Share() (share decimal.Decimal, ok bool) {
	if c.lattice == nil || c.lattice.count == 0 {
		return decimal.Decimal{}, false
	}
	part, _ := decimal.NewFromInt(int64(c.Len())).QuoRem(decimal.NewFromInt(int64(c.lattice.count)), 4)
	return part, true
}

// Union returns the cells that are in either set. Sets of different boundaries
// give [ErrCells].
func (c Cells) Union(d Cells) (Cells, error) {
	switch {
	case c.lattice == nil:
		return d, nil
	case d.lattice == nil:
		return c, nil
	case c.lattice.sum != d.lattice.sum || len(c.bits) != len(d.bits):
		return Cells{}, ErrCells
	}
	both := Cells{c.lattice, make([]uint64, len(c.bits))}
	for i := range both.bits {
		both.bits[i] = c.bits[i] | d.bits[i]
	}
	return both, nil
}

// MarshalBinary writes the set: 4 bytes that tell the boundary, then a bit a
// cell up to the last one in the set. The cells of no grid are no bytes.
func (c Cells) MarshalBinary() ([]byte, error) {
	if c.lattice == nil {
		return nil, nil
	}
	text := binary.BigEndian.AppendUint32(nil, c.lattice.sum)
	for _, word := range c.bits {
		text = binary.LittleEndian.AppendUint64(text, word)
	}
	for len(text) > 4 && text[len(text)-1] == 0 {
		text = text[:len(text)-1]
	}
	return text, nil
}

// UnmarshalCells reads a set that [Cells.MarshalBinary] has written for the
// same boundary; any other gives [ErrCells].
func (g *Ground) UnmarshalCells(text []byte) (Cells, error) {
	if g.lattice == nil || len(text) == 0 {
		if len(text) > 0 {
			return Cells{}, ErrCells
		}
		return Cells{}, nil
	}
	c := Cells{g.lattice, make([]uint64, len(g.lattice.grid))}
	if len(text) < 4 || len(text) > 4+8*len(c.bits) || binary.BigEndian.Uint32(text) != g.lattice.sum {
		return Cells{}, ErrCells
	}
	for i, b := range text[4:] {
		c.bits[i/8] |= uint64(b) << (i % 8 * 8)
	}
	for i, word := range c.bits {
		if word&^g.lattice.grid[i] != 0 {
			return Cells{}, ErrCells
		}
	}
	return c, nil
}
