package sheet

import (
	"iter"
	"slices"
)

// Column is a column of a sheet.
type Column struct {
	Name     string
	Required bool // its cells must be filled in, and the column must be there
	Key      bool // belongs to what tells records apart; filled in for withdrawn rows too
}

// withdrawn is the column that every sheet may have.
const withdrawn = "作废"

// Table says how the rows of a sheet become records of type R.
type Table[R any] struct {
	name    Name
	columns []column[R]
	line    func(*R) *Line
	check   func(*R) (column string, err error) // what no cell shows alone; nil = nothing
}

// Name returns the sheet that the table reads.
func (t *Table[R]) Name() Name { return t.name }

// Columns returns the columns of the sheet, 作废 last.
func (t *Table[R]) Columns() []Column {
	columns := make([]Column, 0, len(t.columns)+1)
	for _, c := range t.columns {
		columns = append(columns, c.Column)
	}
	return append(columns, Column{Name: withdrawn})
}

// Each hands over the rows of the sheet in all files of the book, one after the
// other and without keeping them, so that a repeated row comes again. Rows with
// bad cells come too, marked as broken; once all have come, the report holds
// what is wrong with them.
func (t *Table[R]) Each(b *Book, report *Report) iter.Seq[R] {
	return t.all(b.rows(t.name, t.Columns(), report), report)
}

// line is a row before it is read.
type line struct {
	file    string
	number  int // as the spreadsheet shows it
	epoch   Epoch
	problem string   // what is wrong with the row as a whole; "" = nothing
	cells   []string // in the order of the sheet's columns. Valid until the next line is asked for
}

func (l *line) cell(i int) cell { return cell{l.cells[i], l.epoch} }

// all hands over the rows, those with bad cells marked as broken. What is no
// row at all is only reported.
func (t *Table[R]) all(lines iter.Seq[*line], report *Report) iter.Seq[R] {
	return func(yield func(R) bool) {
		for l := range lines {
			r, ok := t.decode(l, &report.Bad)
			if !ok && l.problem != "" {
				continue
			}
			t.line(&r).Broken = !ok
			if !yield(r) {
				return
			}
		}
	}
}

// decode reads one row, or says what is wrong with its cells.
func (t *Table[R]) decode(l *line, bad *BadCells) (r R, ok bool) {
	ok = true
	refuse := func(column, value string, err error) {
		ok = false
		bad.Add(BadCell{t.name, l.file, l.number, column, value, err.Error()})
	}
	if l.problem != "" {
		refuse("", "", problem(l.problem))
		return r, false
	}
	at := Line{File: l.file, Row: l.number}
	if c := l.cell(len(t.columns)); !blank(c.text) { // 作废 stands last
		yes, err := mark(c)
		if err != nil {
			refuse(withdrawn, c.text, err)
		}
		at.Withdrawn = yes
	}
	for i := range t.columns {
		c := &t.columns[i]
		if at.Withdrawn && !c.Key {
			continue
		}
		if err := c.decode(l.cell(i), &r); err != nil {
			refuse(c.Name, c.shown(l.cells[i]), err)
		}
	}
	*t.line(&r) = at
	if ok && t.check != nil && !at.Withdrawn {
		if column, err := t.check(&r); err != nil {
			refuse(column, l.cells[t.place(column)], err)
		}
	}
	return r, ok
}

// place is where a column of the sheet stands among its columns.
func (t *Table[R]) place(name string) int {
	return slices.IndexFunc(t.columns, func(c column[R]) bool { return c.Name == name })
}
