package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// swiftRows reads the rows of a worksheet to its end; with yield nil it only
// sees whether that can be done.
type swiftRows struct {
	*swift
	shared sharedTexts
	yield  func(int, []string) bool

	row, column int
	cells       []string
	kind        string // of the cell
	value       []byte
	arena       []byte // the texts of the row
	spans       []int  // where those of its cells end
}

// cellKinds are the kinds of cells whose value is read as it stands.
var cellKinds = map[string]string{"": "n", "n": "n", "str": "str", "s": "s", "inlineStr": "inlineStr", "e": "e"}

// read reads the worksheet.
func (r *swiftRows) read() error {
	inData, ended := false, false
	for {
		depth := len(r.ends)
		wanted := inData && (depth == 5 && string(r.inner()) == "v" || depth == 6 && string(r.inner()) == "t")
		var err error
		if r.value, err = r.text(r.value, wanted); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		name, closes, err := r.next()
		switch {
		case err != nil:
			return err
		case name == nil: // the declaration
		case depth == 0 && string(name) != "worksheet", inData && bytes.IndexByte(name, ':') >= 0:
			return errUnusual
		case depth == 1 && string(name) == "sheetData" && !closes:
			if ended {
				return errUnusual
			}
			inData, ended = !r.empty, true
		case depth == 2 && inData && closes:
			inData = false
		case inData:
			if more, err := r.inside(name, closes, depth); err != nil || !more {
				return err
			}
		}
	}
}

// inner is the name of the element that has begun last.
func (r *swiftRows) inner() []byte {
	last := len(r.ends) - 1
	return r.names[r.ends[last-1]:]
}

// inside takes a tag of the rows and reports whether to go on. Depth is that of
// the elements around it, its own included where it closes.
func (r *swiftRows) inside(name []byte, closes bool, depth int) (more bool, err error) {
	switch {
	case depth == 2 && !closes:
		if string(name) != "row" || !r.beginRow() {
			return false, errUnusual
		}
		if r.empty {
			return true, nil
		}
	case depth == 3 && closes:
		return r.endRow()
	case depth == 3:
		if string(name) != "c" || !r.beginCell() {
			return false, errUnusual
		}
		if r.empty {
			return true, nil
		}
	case depth == 4 && closes:
		return true, r.endCell()
	case !closes && !r.usualIn(name, depth):
		return false, errUnusual
	}
	return true, nil
}

// usualIn reports whether an element may begin in a cell. Runs of rich text, and
// how they are spoken, are not usual.
func (r *swiftRows) usualIn(name []byte, depth int) bool {
	inline := r.kind == "inlineStr"
	switch string(name) {
	case "f":
		return depth == 4 && !inline
	case "v":
		return depth == 4 && !inline && len(r.value) == 0
	case "is":
		return depth == 4 && inline
	case "t":
		return depth == 5 && inline && len(r.value) == 0
	}
	return false
}

func (r *swiftRows) beginRow() bool {
	row := r.row + 1
	if at := r.attribute("r"); at != nil {
		var err error
		if row, err = strconv.Atoi(string(at)); err != nil {
			return false
		}
	}
	ok := row > r.row
	r.row, r.column = row, 0
	r.arena, r.spans = r.arena[:0], r.spans[:0]
	return ok
}

func (r *swiftRows) beginCell() bool {
	column := r.column + 1
	if at := r.attribute("r"); at != nil {
		if column = columnOf(at); column == 0 {
			return false
		}
	}
	kind, known := cellKinds[string(r.attribute("t"))]
	if !known || column <= r.column || column > excelize.MaxColumns {
		return false
	}
	for len(r.spans) < column {
		r.spans = append(r.spans, len(r.arena))
	}
	r.column, r.kind, r.value = column, kind, r.value[:0]
	return true
}

// columnOf is the column of a cell such as AB12; 0 = it is none.
func columnOf(cell []byte) int {
	column, i := 0, 0
	for i < len(cell) && 'A' <= cell[i] && cell[i] <= 'Z' && i < 3 {
		column = 26*column + int(cell[i]-'A') + 1
		i++
	}
	digits := cell[i:]
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0
		}
	}
	if len(digits) == 0 || len(digits) > 7 || digits[0] == '0' {
		return 0
	}
	return column
}

func (r *swiftRows) endCell() error {
	value := r.value
	switch {
	case bytes.Contains(value, []byte("_x")), len(r.arena) > maxRecord/2: // characters written as _x000D_
		return errUnusual
	case r.kind == "s":
		n, err := strconv.Atoi(string(value))
		if err != nil {
			return errUnusual
		}
		if value = r.shared.text(n); value == nil {
			return errUnusual
		}
	}
	r.arena = append(r.arena, value...)
	r.spans[r.column-1] = len(r.arena)
	return nil
}

// endRow hands over the row. Its texts share one string.
func (r *swiftRows) endRow() (more bool, err error) {
	if r.yield == nil {
		return true, nil
	}
	all, start := string(r.arena), 0
	r.cells = r.cells[:0]
	for _, end := range r.spans {
		r.cells = append(r.cells, all[start:end])
		start = end
	}
	return r.yield(r.row, r.cells), nil
}
