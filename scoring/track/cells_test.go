package track_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/track"
)

func TestCellsOfAGrid(t *testing.T) {
	hole := [][2]float64{{-100, -100}, {100, -100}, {100, 100}, {-100, 100}}
	for _, tt := range []struct {
		name   string
		ground *track.Ground
		cells  int
	}{
		{"a square kilometre has 20 × 20", ground(t, squareKm), 400},
		{"the 4 × 4 cells in a hole are none", ground(t, squareKm, hole), 384},
		{"a strip of 30 m has those whose centre it holds", ground(t, [][2]float64{{-200, -15}, {200, -15}, {200, 15}, {-200, 15}}), 8},
		{"a triangle 1 km wide and 1020 m high has rows of 20, 19, … and 1", ground(t, [][2]float64{{-500, -500}, {500, -500}, {-500, 520}}), 210},
		{"a yard of 20 m has none", ground(t, [][2]float64{{-10, -10}, {10, -10}, {10, 10}, {-10, 10}}), 0},
		{"no boundary, no cells", track.NewGround(nil), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if n := tt.ground.Cells(); n != tt.cells {
				t.Errorf("%d cells, want %d", n, tt.cells)
			}
		})
	}
}

func TestCoverageOfFiveDays(t *testing.T) {
	g := ground(t, squareKm)
	var all track.Cells
	for day := range 5 {
		y := float64(-475 + 100*day) // days 100 m apart: a row of 20 cells each
		touched := g.Measure(start(-500, y).walk(500, y, 12*minute).fixes, track.DefaultPolicy()).Cells
		stored, err := touched.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		read, err := g.UnmarshalCells(stored)
		if err != nil {
			t.Fatal(err)
		}
		if all, err = all.Union(read); err != nil {
			t.Fatal(err)
		}
	}
	if share, ok := all.Share(); !ok || share.String() != "0.25" || all.Len() != 100 {
		t.Errorf("%d cells, a share of %s (%v); want 100 and 0.25", all.Len(), share, ok)
	}
}

func TestAShareIsCutNotRounded(t *testing.T) {
	hole := [][2]float64{{-100, -100}, {100, -100}, {100, 100}, {-100, 100}}
	g := ground(t, squareKm, hole)
	walk := start(-500, -480).walk(500, -480, 12*minute).walk(500, 480, 12*minute)
	day := g.Measure(walk.fixes, track.DefaultPolicy()) // 20 cells and 19: 39 ÷ 384 = 0.1015625
	if share, _ := day.Cells.Share(); share.String() != "0.1015" {
		t.Errorf("a share of %s, want 0.1015", share)
	}
	if _, ok := track.NewGround(nil).Measure(walk.fixes, track.DefaultPolicy()).Cells.Share(); ok {
		t.Error("a share without a boundary")
	}
}

func TestAWayTouchesEveryCellItPasses(t *testing.T) {
	// From the middle of the south-west cell, 10 cells east and 5 north: 16
	// cells, and the line goes through no corner.
	g := ground(t, squareKm)
	for _, turned := range []bool{false, true} {
		fixes := start(-475, -475).sampled(4*minute).walk(25, -226, 4*minute).fixes
		if turned {
			fixes = start(25, -226).sampled(4*minute).walk(-475, -475, 4*minute).fixes
		}
		if n := g.Measure(fixes, track.DefaultPolicy()).Cells.Len(); n != 16 {
			t.Errorf("%d cells, want 16", n)
		}
	}
}

func TestCellsAreBytesOfTheirBoundaryOnly(t *testing.T) {
	g := ground(t, squareKm)
	other := ground(t, [][2]float64{{-500, -500}, {500, -500}, {500, 500}, {-500, 499}})
	beside := ground(t, [][2]float64{{-400, -500}, {600, -500}, {600, 500}, {-400, 500}})
	cells := g.Measure(start(-500, -475).walk(500, -475, 12*minute).fixes, track.DefaultPolicy()).Cells
	text, err := cells.MarshalBinary()
	if err != nil || len(text) != 4+3 {
		t.Fatalf("%d bytes, %v; want 4 and one row of 20 bits", len(text), err)
	}
	for name, stored := range map[string][]byte{
		"too short": text[:3], "another sum": append([]byte{text[0] + 1}, text[1:]...),
		"too long": append(text[:7:7], make([]byte, 100)...), "a cell too many": append(append(text[:7:7], make([]byte, 47)...), 1),
	} {
		if _, err := g.UnmarshalCells(stored); !errors.Is(err, track.ErrCells) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := beside.UnmarshalCells(text); !errors.Is(err, track.ErrCells) {
		t.Errorf("of the grid beside: %v", err)
	}
	if _, err := track.NewGround(nil).UnmarshalCells(text); !errors.Is(err, track.ErrCells) {
		t.Errorf("without a boundary: %v", err)
	}
	if _, err := cells.Union(beside.Measure(nil, track.DefaultPolicy()).Cells); !errors.Is(err, track.ErrCells) {
		t.Errorf("a union of two grids: %v", err)
	}
	if n := other.Cells(); n != 400 {
		t.Errorf("a corner moved by a metre leaves %d cells", n)
	}
	none, err := track.Cells{}.MarshalBinary()
	if diff := cmp.Diff([]byte(nil), none); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
