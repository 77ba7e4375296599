package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// attribute takes name="value" with which the bytes begin; size 0 = they do not
// hold all of it.
func (x *xmlReader) attribute(b []byte) (size int, ok bool) {
	end := 0
	for end < len(b) && isNameByte(b[end]) {
		end++
	}
	at := end
	for at < len(b) && isXMLSpace(b[at]) {
		at++
	}
	if at == len(b) {
		return 0, true
	}
	if end == 0 || b[at] != '=' {
		return 0, false
	}
	for at++; at < len(b) && isXMLSpace(b[at]); at++ {
	}
	if at == len(b) {
		return 0, true
	}
	quote := b[at]
	if quote != '"' && quote != '\'' {
		return 0, false
	}
	length := bytes.IndexByte(b[at+1:], quote)
	if length < 0 {
		return 0, true
	}
	value := b[at+1 : at+1+length]
	if bytes.IndexByte(value, '<') >= 0 || !allowed(value) {
		return 0, false
	}
	x.attributes = append(x.attributes, xmlAttribute{b[:end], value})
	return at + length + 2, true
}

// value is that of an attribute of the last tag that opened; nil = it has none.
func (x *xmlReader) value(name string) []byte {
	for _, a := range x.attributes {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

func isXMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == '_' || c == ':' || c == '.' || c == '-' || c >= utf8.RuneSelf
}

// local is a name without its prefix.
func local(name []byte) []byte {
	return name[bytes.IndexByte(name, ':')+1:]
}

// elements are the names of those that have begun and not ended.
type elements struct {
	names []byte // one after the other
	ends  []int  // where each ends
}

func (e *elements) depth() int { return len(e.ends) }

// push notes that one begins, unless they are too deep.
func (e *elements) push(name []byte) bool {
	e.names = append(e.names, name...)
	e.ends = append(e.ends, len(e.names))
	return len(e.ends) <= maxDepth
}

// closes ends the last one, if it is called so.
func (e *elements) closes(name []byte) bool {
	last := len(e.ends) - 1
	if last < 0 || !bytes.Equal(e.names[e.start(last):], name) {
		return false
	}
	e.pop()
	return true
}

func (e *elements) pop() {
	last := len(e.ends) - 1
	e.names, e.ends = e.names[:e.start(last)], e.ends[:last]
}

func (e *elements) start(i int) int {
	if i == 0 {
		return 0
	}
	return e.ends[i-1]
}

// allowed reports whether XML allows all characters of a text.
func allowed(text []byte) bool {
	ascii := true
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	return ascii || utf8.Valid(text) &&
		!bytes.Contains(text, []byte("\uFFFE")) && !bytes.Contains(text, []byte("\uFFFF"))
}

// appendText adds the last text to the buffer, as it is meant.
func (x *xmlReader) appendText(buffer []byte) ([]byte, error) {
	text := x.text
	if bytes.IndexByte(text, '\r') >= 0 { // every end of a line is a newline
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	for !x.literal {
		at := bytes.IndexByte(text, '&')
		if at < 0 {
			break
		}
		name, rest, closed := bytes.Cut(text[at+1:], []byte(";"))
		c, known := entity(string(name))
		if !closed || !known {
			return buffer, notWhole
		}
		buffer, text = utf8.AppendRune(append(buffer, text[:at]...), c), rest
	}
	return append(buffer, text...), nil
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
	return c, err == nil && (c == '\n' || c == '\t' || c == '\r' || c >= ' ') && utf8.ValidRune(c) && c&^1 != 0xFFFE
}

// spelledOut reads the characters that no XML may hold, which Excel writes as _x000D_.
func spelledOut(text []byte) []byte {
	const length = len("_x000D_")
	var out []byte
	for {
		at := bytes.Index(text, []byte("_x"))
		if at < 0 || len(text) < at+length {
			return append(out, text...)
		}
		code, err := strconv.ParseUint(string(text[at+2:at+length-1]), 16, 16)
		if err != nil || text[at+length-1] != '_' {
			out, text = append(out, text[:at+2]...), text[at+2:]
			continue
		}
		out, text = utf8.AppendRune(append(out, text[:at]...), rune(code)), text[at+length:]
	}
}
