package scoring

import (
	"bytes"
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// jsonText reads JSON values from a text, in order. It is written for facts
// documents: numbers stay exact, null is as good as absent, a key given twice
// is refused, and every problem comes back with the path of its field. A
// general decoder gives neither the path nor, for a million documents, the pace.
type jsonText struct {
	rest []byte
	keys [][]byte // of the objects being read, outermost first
}

// errTruncated says that the text ends too early.
var errTruncated = &FieldError{Problem: "ends in the middle"}

func notJSON(problem string) *FieldError {
	return &FieldError{Problem: "is not valid JSON: " + problem}
}

// peek skips space and returns the next byte, 0 at the end.
func (t *jsonText) peek() byte {
	for i, c := range t.rest {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			t.rest = t.rest[i:]
			return c
		}
	}
	t.rest = nil
	return 0
}

// take skips space and the byte c.
func (t *jsonText) take(c byte) *FieldError {
	switch t.peek() {
	case c:
		t.rest = t.rest[1:]
		return nil
	case 0:
		return errTruncated
	}
	return notJSON("expected '" + string(c) + "' and found '" + string(first(t.rest)) + "'")
}

func first(s []byte) rune {
	r, _ := utf8.DecodeRune(s)
	return r
}

// null skips a null and reports whether there was one.
func (t *jsonText) null() bool {
	if t.peek() != 'n' || !bytes.HasPrefix(t.rest, []byte("null")) {
		return false
	}
	t.rest = t.rest[len("null"):]
	return true
}

// object calls field for every key; field must read the key's value.
func (t *jsonText) object(field func(key []byte) *FieldError) *FieldError {
	if t.null() {
		return nil
	}
	if t.peek() != '{' && t.peek() != 0 {
		return &FieldError{Problem: "must be an object"}
	}
	outer := len(t.keys)
	err := t.items('{', '}', func(int) *FieldError {
		if c := t.peek(); c != '"' && c != 0 {
			return notJSON("expected the name of a field in quotes")
		}
		key, err := t.text()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(t.keys[outer:], func(k []byte) bool { return bytes.Equal(k, key) }) {
			return &FieldError{string(key), problemTwice}
		}
		t.keys = append(t.keys, key)
		if err := t.take(':'); err != nil {
			return err
		}
		if err := field(key); err != nil && err != errTruncated {
			return err.under(string(key))
		} else {
			return err
		}
	})
	t.keys = t.keys[:outer]
	return err
}

// array calls item for every item; item must read it.
func (t *jsonText) array(item func() *FieldError) *FieldError {
	if t.null() {
		return nil
	}
	if t.peek() != '[' && t.peek() != 0 {
		return &FieldError{Problem: "must be a list"}
	}
	return t.items('[', ']', func(i int) *FieldError {
		if err := item(); err != nil && err != errTruncated {
			return err.under(atIndex(i))
		} else {
			return err
		}
	})
}

// items reads what stands between two brackets, separated by commas.
func (t *jsonText) items(open, end byte, item func(i int) *FieldError) *FieldError {
	if err := t.take(open); err != nil {
		return err
	}
	if t.peek() == end {
		return t.take(end)
	}
	for i := 0; ; i++ {
		if err := item(i); err != nil {
			return err
		}
		if t.peek() == end {
			return t.take(end)
		}
		if err := t.take(','); err != nil {
			return err
		}
	}
}

// text reads a string. The result is valid until the text is overwritten.
func (t *jsonText) text() ([]byte, *FieldError) {
	if t.peek() != '"' && t.peek() != 0 {
		return nil, &FieldError{Problem: "must be a text in quotes"}
	}
	if err := t.take('"'); err != nil {
		return nil, err
	}
	escaped := false
	for i := 0; i < len(t.rest); i++ {
		switch c := t.rest[i]; {
		case c < ' ':
			return nil, notJSON("control character in a text")
		case c == '\\':
			escaped = true
			i++
		case c == '"':
			s := t.rest[:i]
			t.rest = t.rest[i+1:]
			if escaped {
				return unescape(s)
			}
			if !utf8.Valid(s) {
				return nil, notJSON("a text that is not UTF-8")
			}
			return s, nil
		}
	}
	t.rest = nil
	return nil, errTruncated
}

func unescape(s []byte) ([]byte, *FieldError) {
	var text string
	quoted := append(append([]byte{'"'}, s...), '"')
	if !utf8.Valid(s) || json.Unmarshal(quoted, &text) != nil {
		return nil, notJSON("a wrong escape or not UTF-8 in a text")
	}
	return []byte(text), nil
}
