package sheet

import (
	"cmp"
	"slices"
)

// BadCell is a cell that keeps its sheet from being stored.
type BadCell struct {
	Sheet   Name
	File    string // the path of the file
	Row     int    // as the spreadsheet shows it, the first row being 1
	Column  string // its name; of a key of several columns, their names joined by "+"; "" = the whole row
	Value   string // what stands there, shortened; never a name of a person of concern
	Problem string // what is wrong, in Chinese, for the people of the centre
}

// MaxBadCells is how many bad cells of a sheet are kept; all are counted.
const MaxBadCells = 100

// BadCells are the bad cells of a sheet.
type BadCells struct {
	Cells []BadCell // the first MaxBadCells
	Count int       // all of them
}

// Add counts a bad cell, and keeps it if it is among the first.
func (b *BadCells) Add(c BadCell) {
	b.Count++
	if len(b.Cells) < MaxBadCells {
		c.Value = shorten(c.Value)
		b.Cells = append(b.Cells, c)
	}
}

// More is how many bad cells there are beyond those kept.
func (b *BadCells) More() int { return b.Count - len(b.Cells) }

// sort puts the cells that are kept into the order of their file and row.
func (b *BadCells) sort() {
	slices.SortStableFunc(b.Cells, func(x, y BadCell) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Row, y.Row))
	})
}

const maxValue = 60 // runes of a bad value that are shown

func shorten(s string) string {
	if runes := []rune(s); len(runes) > maxValue {
		return string(runes[:maxValue]) + "…"
	}
	return s
}
