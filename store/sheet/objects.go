package sheet

import (
	"maps"
	"slices"
)

// Object is a record that came as JSON: its cells by column, as they would
// stand in a sheet.
type Object map[string]string

// OfObjects returns a book with one sheet whose rows are the objects, numbered
// from 1; one without any column of the sheet is a bad row. Other unknown
// columns are noticed and passed over, as in a file.
func OfObjects(name Name, source string, objects []Object) *Book {
	p := part{file: source, dense: true, lines: func(columns []Column, yield func(int, []string) bool) error {
		names := make([]string, len(columns))
		for i, c := range columns {
			names[i] = c.Name
		}
		if !yield(0, names) {
			return nil
		}
		cells := make([]string, len(names))
		for row, object := range objects {
			for i, name := range names {
				cells[i] = object[name]
			}
			if !yield(row+1, cells) {
				return nil
			}
		}
		return nil
	}}
	b := &Book{parts: map[Name][]part{name: {p}}}
	for _, column := range unknown(name, objects) {
		b.notice(source, "不认识「"+shorten(column)+"」这一列，已略过")
	}
	return b
}

// unknown lists the objects' columns that the sheet does not have, each once.
func unknown(name Name, objects []Object) []string {
	columns, names := Columns(name), map[string]bool{}
	for _, object := range objects {
		for column := range object {
			if !isColumn(column, columns) {
				names[column] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}
