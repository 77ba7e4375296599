package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Worksheets are read many times faster than by a general reader of XML where
// they are written as nearly all programs write them. Whatever is not so is
// errUnusual, and the worksheet is left to the general way: nothing is decided
// here that would be decided otherwise there.

var errUnusual = errors.New("not written as worksheets usually are")

const (
	swiftBuffer = 256 << 10 // bytes of a tag or of a text; the longest cell fits
	swiftDepth  = 20        // elements within elements
)

// swift reads the tags and the texts of a part, which must be well-formed.
type swift struct {
	in    *bufio.Reader
	names []byte // of the elements that have begun, one after the other
	ends  []int  // where each of them ends
	tag   []byte // the last tag's attributes; valid until the next
	empty bool   // the last tag ends its element at once
	begun bool   // the first element has begun
}

func newSwift(in io.Reader) *swift {
	return &swift{in: bufio.NewReaderSize(in, swiftBuffer)}
}

// text reads the text up to the next tag, into buffer, or past it.
func (s *swift) text(buffer []byte, wanted bool) ([]byte, error) {
	raw, err := s.in.ReadSlice('<')
	if err != nil {
		if errors.Is(err, io.EOF) && len(s.ends) == 0 && s.begun && len(bytes.TrimSpace(raw)) == 0 {
			return buffer, io.EOF
		}
		return buffer, errUnusual
	}
	raw = raw[:len(raw)-1]
	blank := len(bytes.TrimSpace(raw)) == 0
	if !usualText(raw) || !blank && len(s.ends) == 0 || (wanted || !blank) && bytes.IndexByte(raw, '\r') >= 0 {
		return buffer, errUnusual
	}
	if !wanted {
		_, err := unescaped(nil, raw)
		return buffer, err
	}
	return unescaped(buffer, raw)
}

// usualText reports whether a text holds neither what XML forbids nor what is
// read in a way of its own.
func usualText(text []byte) bool {
	ascii := true
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	return !bytes.Contains(text, []byte("]]>")) && (ascii || utf8.Valid(text) && !bytes.ContainsAny(text, "\uFFFE\uFFFF"))
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// entity is the character that an entity stands for: one by name, or by number
// as #10 or #xA.
func entity(name string) (rune, bool) {
	digits, numbered := strings.CutPrefix(name, "#")
	if !numbered {
		c, known := entities[name]
		return c, known
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	c := rune(n)
	return c, err == nil && (c == '\n' || c == '\t' || c >= ' ') && utf8.ValidRune(c) && c&^1 != 0xFFFE
}

// unescaped adds the text with its entities read to the buffer.
func unescaped(buffer, text []byte) ([]byte, error) {
	for {
		at := bytes.IndexByte(text, '&')
		if at < 0 {
			return append(buffer, text...), nil
		}
		name, rest, closed := bytes.Cut(text[at+1:], []byte(";"))
		c, known := entity(string(name))
		if !closed || !known {
			return buffer, errUnusual
		}
		buffer, text = utf8.AppendRune(append(buffer, text[:at]...), c), rest
	}
}

// next reads the tag whose < has been read and returns its name; closes says
// that it ends an element. The name is valid until the next tag.
func (s *swift) next() (name []byte, closes bool, err error) {
	tag, err := s.in.ReadSlice('>')
	if err != nil || len(tag) < 2 {
		return nil, false, errUnusual
	}
	tag = tag[:len(tag)-1]
	switch tag[0] {
	case '/':
		return tag[1:], true, s.close(tag[1:])
	case '?':
		return nil, false, s.declaration(tag)
	}
	if s.empty = tag[len(tag)-1] == '/'; s.empty {
		tag = tag[:len(tag)-1]
	}
	end := 0
	for end < len(tag) && isNameByte(tag[end]) {
		end++
	}
	name, s.tag = tag[:end], tag[end:]
	if end == 0 || !usualText(s.tag) || !s.attributes() || len(s.ends) == 0 && s.begun || len(s.ends) == swiftDepth {
		return nil, false, errUnusual
	}
	s.begun = true
	if !s.empty {
		s.names = append(s.names, name...)
		s.ends = append(s.ends, len(s.names))
	}
	return name, false, nil
}

// declaration passes over <?xml …?> at the very beginning.
func (s *swift) declaration(tag []byte) error {
	if s.begun || !bytes.HasPrefix(tag, []byte(`?xml version="1.0"`)) || tag[len(tag)-1] != '?' ||
		bytes.Contains(tag, []byte("encoding")) && !bytes.Contains(bytes.ToUpper(tag), []byte(`ENCODING="UTF-8"`)) {
		return errUnusual
	}
	return nil
}

func (s *swift) close(name []byte) error {
	last := len(s.ends) - 1
	if last < 0 {
		return errUnusual
	}
	start := 0
	if last > 0 {
		start = s.ends[last-1]
	}
	if !bytes.Equal(s.names[start:], name) {
		return errUnusual
	}
	s.names, s.ends = s.names[:start], s.ends[:last]
	return nil
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == ':' || c == '.' || c == '-'
}

// attributes reports whether the tag's attributes are as usual: ` name="value"`.
func (s *swift) attributes() bool {
	for rest := s.tag; len(bytes.TrimSpace(rest)) > 0; {
		var ok bool
		if _, _, rest, ok = attributeOf(rest); !ok {
			return false
		}
	}
	return true
}

// attributeOf reads the first attribute.
func attributeOf(text []byte) (name, value, rest []byte, ok bool) {
	if len(text) == 0 || text[0] != ' ' {
		return nil, nil, nil, false
	}
	for len(text) > 0 && text[0] == ' ' {
		text = text[1:]
	}
	end := 0
	for end < len(text) && isNameByte(text[end]) {
		end++
	}
	if end == 0 || len(text) < end+3 || text[end] != '=' || text[end+1] != '"' {
		return nil, nil, nil, false
	}
	name, text = text[:end], text[end+2:]
	closing := bytes.IndexByte(text, '"')
	if closing < 0 || bytes.ContainsAny(text[:closing], "&<") {
		return nil, nil, nil, false
	}
	return name, text[:closing], text[closing+1:], true
}

// attribute is the value of the last tag's attribute; nil = it has none.
func (s *swift) attribute(wanted string) []byte {
	for rest := s.tag; ; {
		name, value, more, ok := attributeOf(rest)
		if !ok {
			return nil
		}
		if string(name) == wanted {
			return value
		}
		rest = more
	}
}
