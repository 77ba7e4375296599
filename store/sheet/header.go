package sheet

import (
	"slices"
	"strings"
)

const (
	headerWithin = 5         // a title or two may stand above the header
	maxColumns   = 200       // of a file; our sheets have at most 17
	maxRows      = 1_048_576 // of a file, as in Excel
	wideRow      = 64 << 10  // bytes: the texts of a row are one string, which a record would keep whole
)

// rowReader turns the lines of a part into rows: it finds the header and puts
// the cells below it under our columns.
type rowReader struct {
	part    part
	columns []Column
	report  *Report
	yield   func(*line) bool

	tried   int   // lines looked at for the header
	places  []int // the header: which of our columns stands at each position, -1 = none; nil = not found yet
	row     line
	refused bool // the part as a whole, with its reason in the report
	enough  bool // yield wants no more
}

// rows reads the part and reports whether more rows are wanted.
func (p part) rows(columns []Column, report *Report, yield func(*line) bool) bool {
	r := &rowReader{part: p, columns: columns, report: report, yield: yield}
	r.row = line{file: p.file, number: 1, epoch: p.epoch, cells: make([]string, len(columns))}
	err := p.lines(columns, r.line)
	switch {
	case err != nil:
		r.row.number = rowOf(err, r.row.number+1)
		r.refuse("", words(err))
	case r.places == nil && !r.refused && !r.enough:
		r.row.number = 1
		r.refuse("", problemf("前 %d 行里没有找到表头，表头要有：%s", headerWithin, requiredOf(columns)))
	}
	return !r.enough
}

// line takes one line of the file and reports whether to go on.
func (r *rowReader) line(number int, cells []string) bool {
	cells = withoutTail(cells)
	r.row.number = number
	switch {
	case len(cells) == 0 && !r.part.dense:
		return true
	case number > maxRows:
		return r.refuse("", problemf("超过 %d 行，请分成几个文件", maxRows))
	case len(cells) > maxColumns:
		return r.refuse("", problemf("超过 %d 列，不像一张表", maxColumns))
	case r.places != nil:
		return r.data(cells)
	case isHeader(cells, r.columns):
		r.header(cells)
		return !r.refused
	}
	r.tried++
	return r.tried < headerWithin
}

// refuse refuses the part. It returns false, as there is no going on.
func (r *rowReader) refuse(column string, why problem) bool {
	r.refused = true
	r.report.Refuse(Line{File: r.row.file, Row: r.row.number}, column, "", why.Error())
	return false
}

// isHeader reports whether a line names at least two of our columns, which no
// title and hardly any record does.
func isHeader(cells []string, columns []Column) bool {
	known := 0
	for _, c := range cells {
		if isColumn(columnName(c), columns) {
			known++
		}
	}
	return known >= 2
}

func isColumn(name string, columns []Column) bool {
	return slices.ContainsFunc(columns, func(c Column) bool { return c.Name == name })
}

// columnName reads a cell of the header; a star marks what must be filled in.
func columnName(text string) string {
	return strings.Trim(cell{text: text}.compact(), "*")
}

// header reads the header; a column that is missing or doubled refuses the part.
func (r *rowReader) header(cells []string) {
	r.places = make([]int, 0, len(cells))
	for _, text := range cells {
		name := columnName(text)
		place := slices.IndexFunc(r.columns, func(c Column) bool { return c.Name == name })
		switch {
		case name == "":
		case place < 0:
			r.report.notice(r.row.file, "不认识「"+shorten(name)+"」这一列，已略过")
		case slices.Contains(r.places, place):
			r.refuse(name, "这一列出现了两次")
		}
		r.places = append(r.places, place)
	}
	for i, c := range r.columns {
		if c.Required && !slices.Contains(r.places, i) {
			r.refuse(c.Name, "缺少这一列")
		}
	}
}

// data passes on a line below the header. Where all our columns are empty
// there is no record, only a number or a remark beside it.
func (r *rowReader) data(cells []string) bool {
	clear(r.row.cells)
	r.row.problem = ""
	empty, wide := true, isWide(cells)
	for i, text := range cells {
		switch {
		case blank(text):
		case i >= len(r.places) && r.part.epoch == NoSerials:
			r.row.problem = "这一行的格数比表头多，可能有文字里的逗号没有加引号"
		case i < len(r.places) && r.places[i] >= 0:
			if wide {
				text = strings.Clone(text)
			}
			r.row.cells[r.places[i]] = text
			empty = false
		}
	}
	if empty && r.row.problem == "" && !r.part.dense {
		return true
	}
	r.enough = !r.yield(&r.row)
	return !r.enough
}

func isWide(cells []string) bool {
	size := 0
	for _, text := range cells {
		size += len(text)
	}
	return size > wideRow
}

// withoutTail cuts off the empty cells at the end of a line.
func withoutTail(cells []string) []string {
	for len(cells) > 0 && blank(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func requiredOf(columns []Column) string {
	var names []string
	for _, c := range columns {
		if c.Required {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, "、")
}
