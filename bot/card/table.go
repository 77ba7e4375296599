package card

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// Table is a table of at most [TableRows] rows; longer ones are paged by the
// answer, with buttons.
type Table struct {
	Columns []Column
	Rows    []Row
	More    int // rows that this page leaves out
}

// TableRows is the most rows a page of a table shows: the platform's largest page.
const TableRows = 10

// Column is a column's heading and whether it holds figures.
type Column struct {
	Title  string
	Figure bool // set to the right
}

// Row is a row of a table, one cell a column.
type Row struct {
	Cells  []string
	Marked bool // the asker's own
}

func (t Table) elements(keep int) []element {
	rows, more := t.Rows, t.More
	if keep = min(keep, TableRows); len(rows) > keep {
		rows, more = rows[:keep], more+len(rows)-keep
	}
	columns := make([]element, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = element{
			"name": cellName(i), "display_name": oneLine(c.Title, maxCell),
			"data_type": t.dataType(), "horizontal_align": side(c),
		}
	}
	cells := make([]element, len(rows))
	for i, row := range rows {
		cells[i] = t.cells(row)
	}
	drawn := []element{{
		"tag": "table", "page_size": TableRows, "row_height": "low", "freeze_first_column": true,
		"header_style": element{"text_align": "left", "background_style": "grey", "bold": true, "lines": 1},
		"columns":      columns, "rows": cells,
	}}
	if more > 0 {
		drawn = append(drawn, markdown(grey(left(more)), "notation"))
	}
	return drawn
}

// dataType is plain text, unless a row has to be marked: a row cannot be
// coloured, so its cells are bold.
func (t Table) dataType() string {
	if slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Marked }) {
		return "markdown"
	}
	return "text"
}

func (t Table) cells(row Row) element {
	cells := element{}
	for i, text := range row.Cells[:min(len(row.Cells), len(t.Columns))] {
		text = oneLine(text, maxCell)
		if t.dataType() == "markdown" {
			text = escape(text)
		}
		if row.Marked && text != "" {
			text = "**" + text + "**"
		}
		cells[cellName(i)] = text
	}
	return cells
}

func cellName(i int) string { return fmt.Sprintf("c%d", i) }

func side(c Column) string {
	if c.Figure {
		return "right"
	}
	return "left"
}

func (t Table) lines() []string {
	rows := make([][]string, 0, len(t.Rows)+1)
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Title
	}
	rows = append(rows, append(head, ""))
	for _, row := range t.Rows {
		mark := ""
		if row.Marked {
			mark = "◀"
		}
		rows = append(rows, append(slices.Clone(row.Cells), mark))
	}
	lines := align(rows, t.Columns)
	if t.More > 0 {
		lines = append(lines, left(t.More))
	}
	return lines
}

// align sets cells under each other, counting a Chinese character as two places.
func align(rows [][]string, columns []Column) []string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], places(cell))
		}
	}
	lines := make([]string, len(rows))
	for r, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-places(cell))
			if i < len(columns) && columns[i].Figure {
				b.WriteString(pad + cell + "  ")
			} else {
				b.WriteString(cell + pad + "  ")
			}
		}
		lines[r] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

// places is the width of a text on a terminal.
func places(s string) int {
	n := 0
	for _, r := range s {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
