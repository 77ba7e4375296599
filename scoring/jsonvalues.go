package scoring

import (
	"bytes"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// The values of a document. Null leaves the target as it is.

func (t *jsonText) str(into *string) *FieldError {
	if t.null() {
		return nil
	}
	s, err := t.text()
	*into = string(s)
	return err
}

func (t *jsonText) count(into *int) *FieldError {
	if t.null() {
		return nil
	}
	if c := t.peek(); c == 0 {
		return errTruncated
	} else if c != '-' && (c < '0' || c > '9') {
		return &FieldError{Problem: errNoCount.Error()}
	}
	n, err := parseCount(t.scalar())
	if err != nil {
		return &FieldError{Problem: err.Error()}
	}
	*into = n
	return nil
}

func (t *jsonText) decimal(into *decimal.Decimal) *FieldError {
	if t.null() {
		return nil
	}
	s, problem := t.quotedOrPlain()
	if problem != nil {
		return problem
	}
	d, err := parseDecimal(s)
	if err != nil {
		return &FieldError{Problem: err.Error()}
	}
	*into = d
	return nil
}

// optional reads a number whose absence means something else than 0.
func (t *jsonText) optional(into **decimal.Decimal) *FieldError {
	if t.null() {
		return nil
	}
	*into = new(decimal.Decimal)
	return t.decimal(*into)
}

func (t *jsonText) quotedOrPlain() ([]byte, *FieldError) {
	switch t.peek() {
	case 0:
		return nil, errTruncated
	case '"':
		return t.text()
	}
	return t.scalar(), nil
}

func (t *jsonText) boolean(into *bool) *FieldError {
	if t.null() {
		return nil
	}
	switch t.peek() {
	case 't', 'f':
		word := string(t.scalar())
		*into = word == "true"
		if *into || word == "false" {
			return nil
		}
	case 0:
		return errTruncated
	}
	return &FieldError{Problem: "must be true or false"}
}

func (t *jsonText) date(into *calendar.Date) *FieldError {
	if t.null() {
		return nil
	}
	s, err := t.text()
	if err != nil {
		return err
	}
	return unreadable(into.UnmarshalText(s))
}

func (t *jsonText) month(into *calendar.Month) *FieldError {
	if t.null() {
		return nil
	}
	s, err := t.text()
	if err != nil {
		return err
	}
	return unreadable(into.UnmarshalText(s))
}

func unreadable(err error) *FieldError {
	if err == nil {
		return nil
	}
	return &FieldError{Problem: "is unreadable: " + err.Error()}
}

// scalar takes a number, true or false as it is written.
func (t *jsonText) scalar() []byte {
	t.peek()
	n := bytes.IndexAny(t.rest, " \t\r\n,:{}[]\"")
	if n < 0 {
		n = len(t.rest)
	}
	s := t.rest[:n]
	t.rest = t.rest[n:]
	return s
}
