package ingest

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// A row is read by hand and not into a map of any: a million points would be
// four million values to be wrapped and unwrapped again. It is known to be valid
// JSON, which leaves little to get wrong.

// cells are the values of an object as they would stand in a sheet; null is an
// empty cell. A column given twice is told: it would be anybody's guess which
// one counts.
func cells(raw []byte) (object sheet.Object, twice string) {
	object = sheet.Object{}
	rest := inner(raw)
	for len(rest) > 0 {
		var name, value []byte
		name, rest = next(rest)
		value, rest = next(rest)
		column := unquoted(name)
		if _, known := object[column]; known {
			return nil, column
		}
		object[column] = text(value)
	}
	return object, ""
}

// space is what may stand between values, with the signs that part them.
const space = " \t\r\n:,"

// inner is what stands between the braces.
func inner(raw []byte) []byte {
	raw = bytes.TrimSpace(raw)
	return bytes.Trim(raw[1:len(raw)-1], space)
}

// next takes the first value off.
func next(rest []byte) (value, after []byte) {
	n := 0
	switch rest[0] {
	case '"':
		n = quoted(rest)
	case '{', '[':
		n = nested(rest)
	default:
		if n = bytes.IndexAny(rest, space); n < 0 {
			n = len(rest)
		}
	}
	return rest[:n], bytes.TrimLeft(rest[n:], space)
}

// quoted is the length of the string at the beginning.
func quoted(rest []byte) int {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(rest)
}

// nested is the length of the object or array at the beginning.
func nested(rest []byte) int {
	depth := 0
	for i := 0; i < len(rest); i++ {
		switch rest[i] {
		case '"':
			i += quoted(rest[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(rest)
}

// text writes a value as it would stand in a cell.
func text(value []byte) string {
	switch value[0] {
	case '"':
		return unquoted(value)
	case 'n':
		return ""
	case 't':
		return "是"
	case 'f':
		return "否"
	case '{', '[': // a boundary as a GeoJSON object
		var b bytes.Buffer
		_ = json.Compact(&b, value) // it is valid
		return b.String()
	}
	return string(value)
}

// unquoted undoes the quotes of a string, and what else there is to undo.
func unquoted(value []byte) string {
	if plain := value[1 : len(value)-1]; bytes.IndexByte(plain, '\\') < 0 && utf8.Valid(plain) {
		return string(plain)
	}
	var s string
	_ = json.Unmarshal(value, &s) // it is valid
	return s
}
