package cardcheck

var tableProperties = properties{
	"page_size": may(integer(1, 10)), "row_height": may(pixels(32, 124, "low", "middle", "high", "auto")),
	"row_max_height": may(pixels(32, 999)), "freeze_first_column": may(boolean),
	"header_style": may(object(properties{
		"text_align": may(align), "text_size": may(oneOf("normal", "heading")), "background_style": may(oneOf("none", "grey")),
		"text_color": may(oneOf("default", "grey")), "bold": may(boolean), "lines": may(integer(1, 1000)),
	})),
	"columns": must(listOf(object(tableColumn))),
	"rows":    may(anything), // by table
}

var tableColumn = properties{
	"name": must(filled), "display_name": may(text), "i18n_display_name": may(anyMap),
	"data_type": must(oneOf("text", "lark_md", "markdown", "number", "options", "persons", "date")),
	"width":     may(columnWidth), "horizontal_align": may(align), "vertical_align": may(valign), "date_format": may(text),
	"format": may(object(properties{"precision": may(integer(0, 10)), "symbol": may(upTo(1, text)), "separator": may(boolean)})),
}

var columnWidth = test("auto, 80px to 600px, or 1% to 100%", func(v any) bool {
	s, _ := v.(string)
	if n := len(s); n > 1 && s[n-1] == '%' {
		return inPixels(s[:n-1]+"px", 1, 100)
	}
	return s == "auto" || inPixels(s, 80, 600)
})

// table checks the rows against the columns.
func table(c *checker, at place, v map[string]any) {
	c.tables++
	columns := map[string]string{}
	list, _ := v["columns"].([]any)
	for i, item := range list {
		column, _ := item.(map[string]any)
		name, _ := column["name"].(string)
		if _, twice := columns[name]; twice {
			c.refuse(at.in("columns").item(i), BadJSON, name, "the column's name is used twice")
		}
		columns[name], _ = column["data_type"].(string)
	}
	rows, ok := v["rows"].([]any)
	if !ok && v["rows"] != nil {
		c.refuse(at.in("rows"), BadRows, v["rows"], "rows must be a list")
	}
	for i, item := range rows {
		c.row(at.in("rows").item(i), item, columns)
	}
}

func (c *checker) row(at place, v any, columns map[string]string) {
	row, ok := v.(map[string]any)
	if !ok {
		c.refuse(at, BadRows, v, "a row must be an object")
		return
	}
	for _, name := range sorted(row) {
		dataType, known := columns[name]
		switch {
		case !known:
			c.refuse(at, UnknownColumn, name, "the row's key %s is no column", name)
		case row[name] != nil && row[name] != "" && !isCell(dataType, row[name]):
			c.refuse(at.in(name), BadRows, row[name], "the cell is no %s", dataType)
		case dataType == "markdown" || dataType == "lark_md":
			c.references(at.in(name), row[name])
		}
	}
}

// isCell tells whether a value can be decoded as a column's type.
func isCell(dataType string, v any) bool {
	_, isNumber := v.(float64)
	list, isList := v.([]any)
	switch dataType {
	case "number", "date":
		return isNumber
	case "persons":
		return str(v) || isList && allOf(list, str)
	case "options":
		return str(v) || isList && allOf(list, func(item any) bool {
			option, _ := item.(map[string]any)
			return str(option["text"])
		})
	}
	return str(v)
}

func allOf(list []any, is func(any) bool) bool {
	for _, item := range list {
		if !is(item) {
			return false
		}
	}
	return true
}
