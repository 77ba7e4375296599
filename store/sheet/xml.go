package sheet

import (
	"bytes"
	"errors"
	"io"
)

// xmlReader reads a part of a workbook tag by tag and text by text, many times
// faster than the general reader of encoding/xml: a worksheet has tens of
// millions of tags, and of hardly any of them anything must be kept. It reads
// all that XML allows but a document type, which a workbook may not have.
type xmlReader struct {
	in     io.Reader
	buffer []byte // what has been read; text and attributes lie in it
	at     int    // of it, what has been taken
	taken  int    // bytes before the buffer

	text       []byte         // the last text as it is written; valid until the next token
	literal    bool           // it is written without entities
	name       []byte         // of the last tag, without a prefix; valid until the next token
	attributes []xmlAttribute // of the last tag that opened; valid until the next token
	open       elements
	begun      bool // the first element has
	closing    bool // the element that opened last closes at once
}

type xmlAttribute struct{ name, value []byte }

// xmlToken is what comes next in a part.
type xmlToken int

const (
	xmlEnd    xmlToken = iota // of the part
	xmlText                   // between two tags
	xmlOpens                  // an element
	xmlCloses                 // the element that has opened last
)

const xmlBuffer = 64 << 10 // bytes; it grows up to maxRecord for a tag or a text that is longer

func newXMLReader(in io.Reader) *xmlReader {
	return &xmlReader{in: in, buffer: make([]byte, 0, xmlBuffer)}
}

// offset is how many bytes of the part have been taken.
func (x *xmlReader) offset() int { return x.taken + x.at }

// next takes the next token.
func (x *xmlReader) next() (xmlToken, error) {
	if x.closing {
		x.closing = false
		x.open.pop()
		return xmlCloses, nil
	}
	for {
		token, size, err := x.token(x.buffer[x.at:])
		switch {
		case err != nil:
			return xmlEnd, err
		case size > 0 && token == xmlEnd: // nothing to tell
			x.at += size
		case size > 0:
			x.at += size
			return token, nil
		default:
			if err := x.fill(); errors.Is(err, io.EOF) {
				return x.end()
			} else if err != nil {
				return xmlEnd, err
			}
		}
	}
}

// end is what comes after the last whole token.
func (x *xmlReader) end() (xmlToken, error) {
	if rest := x.buffer[x.at:]; x.open.depth() > 0 || !x.begun || len(bytes.TrimSpace(rest)) > 0 {
		return xmlEnd, notWhole
	}
	return xmlEnd, nil
}

// fill reads more, behind what has not been taken.
func (x *xmlReader) fill() error {
	x.taken += x.at
	x.buffer = x.buffer[:copy(x.buffer, x.buffer[x.at:])]
	x.at = 0
	size := len(x.buffer)
	if size == cap(x.buffer) {
		if size >= maxRecord {
			return tooLong
		}
		x.buffer = append(make([]byte, 0, 2*size), x.buffer...)
	}
	n, err := io.ReadAtLeast(x.in, x.buffer[size:cap(x.buffer)], 1)
	x.buffer = x.buffer[:size+n]
	if err != nil && !errors.Is(err, io.EOF) {
		return notWhole
	}
	return err
}

// token finds the token with which the bytes begin, and its size; 0 = they hold
// no whole one.
func (x *xmlReader) token(b []byte) (xmlToken, int, error) {
	switch {
	case len(b) < 2:
		return xmlEnd, 0, nil
	case b[0] != '<':
		return x.words(b)
	case b[1] == '/':
		return x.closes(b)
	case b[1] == '?':
		return x.instruction(b)
	case b[1] == '!':
		return x.aside(b)
	}
	return x.opens(b)
}

// words takes the text before the next tag.
func (x *xmlReader) words(b []byte) (xmlToken, int, error) {
	size := bytes.IndexByte(b, '<')
	if size < 0 {
		return xmlEnd, 0, nil
	}
	x.text, x.literal = b[:size], false
	if !allowed(x.text) || bytes.Contains(x.text, []byte("]]>")) || x.open.depth() == 0 && !x.betweenElements() {
		return xmlEnd, 0, notWhole
	}
	return xmlText, size, nil
}

// betweenElements reports whether the last text may stand outside of all elements.
func (x *xmlReader) betweenElements() bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(x.text, []byte(utf8Mark)))) == 0
}

// aside takes a comment, or a text that is written without entities.
func (x *xmlReader) aside(b []byte) (xmlToken, int, error) {
	const comment, commentEnd, literal, literalEnd = "<!--", "-->", "<![CDATA[", "]]>"
	switch {
	case bytes.HasPrefix(b, []byte(comment)):
		_, size := before(b, len(comment), commentEnd)
		return xmlEnd, size, nil
	case bytes.HasPrefix(b, []byte(literal)) && x.open.depth() > 0:
		text, size := before(b, len(literal), literalEnd)
		if x.text, x.literal = text, true; !allowed(text) {
			return xmlEnd, 0, notWhole
		}
		return xmlText, size, nil
	case len(b) < len(literal):
		return xmlEnd, 0, nil
	}
	return xmlEnd, 0, notWhole
}

// instruction passes over <?…?>. What says that it is written in another
// encoding cannot be read.
func (x *xmlReader) instruction(b []byte) (xmlToken, int, error) {
	text, size := before(b, len("<?"), "?>")
	if bytes.HasPrefix(text, []byte("xml ")) {
		if _, encoding, given := bytes.Cut(text, []byte("encoding=")); given &&
			(len(encoding) < 6 || !bytes.EqualFold(encoding[1:6], []byte("utf-8"))) {
			return xmlEnd, 0, notWhole
		}
	}
	return xmlEnd, size, nil
}

// before is the text from start up to the end mark, and the size with it; 0 =
// there is no end mark.
func before(b []byte, start int, end string) ([]byte, int) {
	i := bytes.Index(b[start:], []byte(end))
	if i < 0 {
		return nil, 0
	}
	return b[start : start+i], start + i + len(end)
}

// closes takes a tag that ends an element.
func (x *xmlReader) closes(b []byte) (xmlToken, int, error) {
	size := bytes.IndexByte(b, '>')
	if size < 0 {
		return xmlEnd, 0, nil
	}
	name := b[len("</"):size]
	for len(name) > 0 && isXMLSpace(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	if !x.open.closes(name) {
		return xmlEnd, 0, notWhole
	}
	return xmlCloses, size + 1, nil
}

// opens takes a tag that begins an element, and its attributes.
func (x *xmlReader) opens(b []byte) (xmlToken, int, error) {
	end := 1
	for end < len(b) && isNameByte(b[end]) {
		end++
	}
	name := b[1:end]
	if end == 1 {
		return xmlEnd, 0, notWhole
	}
	x.attributes = x.attributes[:0]
	for i := end; i < len(b); {
		switch c := b[i]; {
		case isXMLSpace(c):
			i++
		case c == '>' || c == '/' && i+1 < len(b) && b[i+1] == '>':
			if !x.open.push(name) || x.begun && x.open.depth() == 1 {
				return xmlEnd, 0, notWhole
			}
			x.begun, x.closing = true, c == '/'
			x.name = local(name)
			if x.closing {
				i++
			}
			return xmlOpens, i + 1, nil
		case c == '/':
			if i+1 < len(b) {
				return xmlEnd, 0, notWhole
			}
			return xmlEnd, 0, nil
		default:
			size, ok := x.attribute(b[i:])
			if !ok {
				return xmlEnd, 0, notWhole
			}
			if size == 0 {
				return xmlEnd, 0, nil
			}
			i += size
		}
	}
	return xmlEnd, 0, nil
}
