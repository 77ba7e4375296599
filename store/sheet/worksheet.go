package sheet

import (
	"bytes"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// worksheetRows reads the rows of a worksheet, formulas by the value last
// computed. Rows and cells must come in their order: otherwise cells would come
// under other columns.
type worksheetRows struct {
	*xmlReader
	shared *sharedTexts
	yield  func(int, []string) bool

	inData, inRow, inCell bool
	inline, inRun         bool // of a text that stands in the cell itself
	wanted                int  // the depth of the element whose text belongs to the cell; 0 = none

	row, column int
	began       int    // at which byte the row did
	kind        string // of the cell
	cell        []byte // its text
	arena       []byte // the texts of the row
	ends        []int  // where those of its cells do
	cells       []string
}

// Where the elements stand: worksheet, sheetData, row, c, and in it v, is, or in
// that t, or r and in that t.
const (
	rootDepth = iota + 1
	dataDepth
	rowDepth
	cellDepth
	valueDepth
	textDepth
	runDepth
)

// read reads the worksheet to its end, or as long as rows are wanted.
func (r *worksheetRows) read() error {
	for {
		depth := r.open.depth()
		token, err := r.next()
		if err != nil {
			return err
		}
		switch token {
		case xmlText:
			if depth == r.wanted {
				if r.cell, err = r.appendText(r.cell); err != nil {
					return err
				}
			}
		case xmlOpens:
			if err := r.opened(depth + 1); err != nil {
				return err
			}
		case xmlCloses:
			if more, err := r.closed(depth); err != nil || !more {
				return err
			}
		default:
			return nil
		}
	}
}

// opened takes an element that begins at the depth.
func (r *worksheetRows) opened(depth int) error {
	switch name := string(r.name); {
	case depth == rootDepth && name != "worksheet":
		return notWhole
	case depth == dataDepth:
		r.inData = name == "sheetData"
	case depth == rowDepth && r.inData && name == "row":
		return r.beginRow()
	case depth == cellDepth && r.inRow && name == "c":
		return r.beginCell()
	case r.inData && (name == "row" || name == "c"): // within another, or in none
		return notInOrder
	case depth >= valueDepth && r.inCell:
		r.beginText(name, depth)
	}
	return nil
}

// beginText takes an element within a cell. How a text is spoken (rPh) is no
// part of it.
func (r *worksheetRows) beginText(name string, depth int) {
	switch {
	case depth == valueDepth && name == "is" && r.kind == "inlineStr":
		r.inline, r.cell = true, r.cell[:0]
	case depth == valueDepth && name == "v" && !r.inline:
		r.wanted, r.cell = depth, r.cell[:0]
	case depth == textDepth && r.inline:
		r.inRun = name == "r"
		if name == "t" {
			r.wanted = depth
		}
	case depth == runDepth && r.inRun && name == "t":
		r.wanted = depth
	}
}

// closed takes the end of an element at the depth, and reports whether to go on.
func (r *worksheetRows) closed(depth int) (more bool, err error) {
	switch {
	case depth == r.wanted:
		r.wanted = 0
	case depth == cellDepth && r.inCell:
		r.inCell = false
		return true, r.endCell()
	case depth == rowDepth && r.inRow:
		r.inRow = false
		return r.endRow(), nil
	case depth == dataDepth:
		r.inData = false
	}
	return true, nil
}

// beginRow finds out which row it is; where it does not say, it is the next.
func (r *worksheetRows) beginRow() error {
	row := r.row + 1
	if at := r.value("r"); at != nil {
		var err error
		if row, err = strconv.Atoi(string(at)); err != nil || row <= r.row {
			return notInOrder
		}
	}
	r.row, r.column, r.inRow, r.began = row, 0, true, r.offset()
	r.arena, r.ends = r.arena[:0], r.ends[:0]
	return nil
}

// beginCell finds out in which column it is; where it does not say, in the next.
func (r *worksheetRows) beginCell() error {
	column := r.column + 1
	if at := r.value("r"); at != nil {
		column = columnOf(at)
	}
	if column <= r.column || column > excelize.MaxColumns {
		return notInOrder
	}
	for len(r.ends) < column {
		r.ends = append(r.ends, len(r.arena))
	}
	r.column, r.inCell, r.inline, r.cell = column, true, false, r.cell[:0]
	r.kind = kindOf(r.value("t"))
	return nil
}

// kindOf is the kind of a cell, of those that matter.
func kindOf(t []byte) string {
	switch string(t) {
	case "s":
		return "s"
	case "inlineStr":
		return "inlineStr"
	}
	return ""
}

// columnOf is the column of a cell such as AB12; 0 = it is none.
func columnOf(cell []byte) int {
	column, i := 0, 0
	for ; i < len(cell) && 'A' <= cell[i] && cell[i] <= 'Z' && i < 3; i++ {
		column = 26*column + int(cell[i]-'A') + 1
	}
	for _, c := range cell[i:] {
		if c < '0' || c > '9' {
			return 0
		}
	}
	return column
}

// endCell adds the text of the cell to the row.
func (r *worksheetRows) endCell() error {
	text := r.cell
	switch {
	case r.kind == "s" && len(text) > 0:
		n, err := strconv.Atoi(string(bytes.TrimSpace(text)))
		if err != nil {
			return notWhole
		}
		if text, err = r.shared.text(n); err != nil {
			return err
		}
	case r.inline && bytes.Contains(text, []byte("_x")):
		text = spelledOut(text)
	}
	if len(r.arena)+len(text) > maxRecord || r.offset()-r.began > maxRecord {
		return tooLong
	}
	r.arena = append(r.arena, text...)
	r.ends[r.column-1] = len(r.arena)
	return nil
}

// endRow hands over the row. Its texts share one string.
func (r *worksheetRows) endRow() (more bool) {
	all, start := string(r.arena), 0
	r.cells = r.cells[:0]
	for _, end := range r.ends {
		r.cells = append(r.cells, all[start:end])
		start = end
	}
	return r.yield(r.row, r.cells)
}
