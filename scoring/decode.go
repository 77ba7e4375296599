package scoring

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxDocument is the longest facts document, in bytes: some five hundred times
// what a month needs.
const maxDocument = 4 << 20

// DocumentError says which document of a stream is wrong, and where in it.
type DocumentError struct {
	Line    int    // the line of the stream on which the document starts, from 1
	Field   string // path of the field, such as days[3].km; "" for the document itself
	Problem string
}

// Error names line, field and problem in one sentence.
func (e *DocumentError) Error() string {
	return fmt.Sprintf("line %d: %v", e.Line, &FieldError{e.Field, e.Problem})
}

// Decoder reads facts documents one after another: one a line, or JSON objects
// in any layout. It holds one document at a time.
type Decoder struct {
	in   *bufio.Reader
	line int    // on which the next byte lies, from 1
	text []byte // of the current document
	err  error  // after which nothing more is read
}

// NewDecoder returns a decoder of the documents in r.
func NewDecoder(r io.Reader) *Decoder {
	return &Decoder{in: bufio.NewReaderSize(r, 64<<10), line: 1}
}

// Decode returns the next document, valid by [Facts.Validate], or io.EOF after
// the last. A document that is wrong is a [*DocumentError]; it, as any error,
// ends the stream.
func (d *Decoder) Decode() (*Facts, error) {
	if d.err != nil {
		return nil, d.err
	}
	var facts *Facts
	facts, d.err = d.next()
	return facts, d.err
}

func (d *Decoder) next() (*Facts, error) {
	if err := d.skipSpace(); err != nil {
		return nil, err
	}
	start := d.line
	failed := d.frame()
	facts, problem := readFacts(d.text)
	switch {
	case problem == nil && failed == nil:
		return facts, nil
	case problem != nil && problem != errTruncated:
		return nil, &DocumentError{start, problem.Field, problem.Problem}
	case errors.Is(failed, io.EOF):
		return nil, &DocumentError{start, "", "ends in the middle"}
	case errors.Is(failed, errTooLarge):
		return nil, &DocumentError{start, "", failed.Error()}
	}
	return nil, fmt.Errorf("read facts from line %d: %w", d.line, failed)
}

// skipSpace goes to the next document; a byte order mark may precede the first.
func (d *Decoder) skipSpace() error {
	if mark, _ := d.in.Peek(3); d.line == 1 && bytes.Equal(mark, []byte("\ufeff")) {
		d.in.Discard(len(mark))
	}
	for {
		c, err := d.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return io.EOF
		case err != nil:
			return fmt.Errorf("read facts from line %d: %w", d.line, err)
		case c == '\n':
			d.line++
		case c != ' ' && c != '\t' && c != '\r':
			return d.in.UnreadByte()
		}
	}
}

var errTooLarge = fmt.Errorf("is larger than %d MiB", maxDocument>>20)

// frame takes the text of one document: up to the brace that closes its first.
// What is no object is taken to the end of its line, to be refused.
func (d *Decoder) frame() error {
	d.text = d.text[:0]
	var nesting nesting
	for {
		if _, err := d.in.Peek(1); err != nil {
			return err
		}
		chunk, _ := d.in.Peek(d.in.Buffered())
		n, whole := nesting.end(chunk)
		if len(d.text)+n > maxDocument {
			return errTooLarge
		}
		d.text = append(d.text, chunk[:n]...)
		d.line += bytes.Count(chunk[:n], []byte("\n"))
		d.in.Discard(n)
		if whole {
			return nil
		}
	}
}

// nesting follows braces and strings until an object is complete.
type nesting struct {
	depth    int
	inString bool
	escaped  bool
}

// end returns how many bytes of chunk belong to the document, and whether it
// is complete with them.
func (s *nesting) end(chunk []byte) (n int, whole bool) {
	for i, c := range chunk {
		switch {
		case s.escaped:
			s.escaped = false
		case s.inString:
			s.escaped, s.inString = c == '\\', c != '"'
		case c == '"':
			s.inString = true
		case c == '{' || c == '[':
			s.depth++
		case c == '}' || c == ']':
			s.depth--
		}
		if s.depth <= 0 && !s.inString && (c == '}' || c == ']' || c == '\n') {
			return i + 1, true
		}
	}
	return len(chunk), false
}
