package sheet

import "iter"

// Column is a column of a sheet.
type Column struct {
	Name     string
	Required bool // its cells must be filled in, and the column must be there
	Key      bool // belongs to what tells records apart; filled in for withdrawn rows too
}

// withdrawn is the column that every sheet may have.
const withdrawn = "作废"

// Row is one row of any origin before it is read.
type Row struct {
	File    string
	Number  int               // as the spreadsheet shows it
	Cells   map[string]string // by column; an absent cell is empty. Valid until the next row is asked for
	Epoch   Epoch
	Problem string // what is wrong with the row as a whole; "" = nothing
}

func (r Row) cell(column string) cell { return cell{r.Cells[column], r.Epoch} }

// Table says how the rows of a sheet become records of type R.
type Table[R any] struct {
	name    Name
	columns []column[R]
	line    func(*R) *Line
	key     func(*R) string
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

// Read reads the sheet of all files of the book together.
func (t *Table[R]) Read(b *Book) *Records[R] {
	records := &Records[R]{Report: Report{Name: t.name}}
	t.take(records, b.rows(t.name, t.Columns(), &records.Report))
	return records
}

// Decode reads rows that come from anywhere, by the same rules.
func (t *Table[R]) Decode(rows iter.Seq[Row]) *Records[R] {
	records := &Records[R]{Report: Report{Name: t.name}}
	t.take(records, rows)
	return records
}

// take adds the rows to the records, a row that is repeated only once.
func (t *Table[R]) take(records *Records[R], rows iter.Seq[Row]) {
	twins := newTwins()
	for row := range rows {
		r, ok := t.decode(row, &records.Bad)
		if !ok {
			continue
		}
		key := t.key(&r)
		first, known := twins.first[key]
		switch {
		case !known:
			twins.first[key] = len(records.Rows)
			records.Rows = append(records.Rows, r)
		case !t.same(records.Rows[first], r):
			t.contradict(twins, first, records, r)
		}
	}
	records.Bad.sort()
}

// decode reads one row, or says what is wrong with its cells.
func (t *Table[R]) decode(row Row, bad *BadCells) (r R, ok bool) {
	ok = true
	refuse := func(c Column, value string, err error) {
		ok = false
		bad.Add(BadCell{t.name, row.File, row.Number, c.Name, value, err.Error()})
	}
	if row.Problem != "" {
		refuse(Column{}, "", problem(row.Problem))
		return r, false
	}
	line := Line{File: row.File, Row: row.Number}
	if c := row.cell(withdrawn); !blank(c.text) {
		yes, err := mark(c)
		if err != nil {
			refuse(Column{Name: withdrawn}, c.text, err)
		}
		line.Withdrawn = yes
	}
	for _, c := range t.columns {
		if line.Withdrawn && !c.Key {
			continue
		}
		if err := c.decode(row.cell(c.Name), &r); err != nil {
			refuse(c.Column, c.shown(row.Cells[c.Name]), err)
		}
	}
	*t.line(&r) = line
	if ok && t.check != nil && !line.Withdrawn {
		if column, err := t.check(&r); err != nil {
			refuse(Column{Name: column}, row.Cells[column], err)
		}
	}
	return r, ok
}
