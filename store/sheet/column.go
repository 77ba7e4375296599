package sheet

// column is a column and how its cells are read into a record.
type column[R any] struct {
	Column
	mayBeEmpty bool   // although the column must be there
	fallback   string // stands in for an empty cell
	private    bool   // its cells are never shown
	read       func(cell, *R) error
}

// optional is a column that may be missing, and whose cells may be empty.
func optional[R, V any](name string, read func(cell) (V, error), field func(*R) *V) column[R] {
	return column[R]{
		Column: Column{Name: name},
		read: func(c cell, r *R) (err error) {
			*field(r), err = read(c)
			return err
		},
	}
}

// required is a column that must be there and filled in.
func required[R, V any](name string, read func(cell) (V, error), field func(*R) *V) column[R] {
	c := optional(name, read, field)
	c.Required = true
	return c
}

// keyed is a required column of the key.
func keyed[R, V any](name string, read func(cell) (V, error), field func(*R) *V) column[R] {
	c := required(name, read, field)
	c.Key = true
	return c
}

// orElse says what an empty cell stands for.
func (c column[R]) orElse(value string) column[R] {
	c.fallback = value
	return c
}

// orEmpty allows empty cells in a column that must be there.
func (c column[R]) orEmpty() column[R] {
	c.mayBeEmpty = true
	return c
}

// unseen keeps the column's cells out of every report: they may name a person
// of concern.
func (c column[R]) unseen() column[R] {
	c.private = true
	return c
}

func (c *column[R]) shown(value string) string {
	if c.private {
		return ""
	}
	return value
}

// decode reads the cell into the record.
func (c *column[R]) decode(cell cell, r *R) error {
	if err := cell.damaged(); err != nil {
		return err
	}
	if blank(cell.text) {
		switch {
		case c.fallback != "":
			cell.text = c.fallback
		case c.Required && !c.mayBeEmpty:
			return problem("不能空着")
		default:
			return nil
		}
	}
	return c.read(cell, r)
}
