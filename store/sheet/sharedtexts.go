package sheet

import (
	"archive/zip"
	"bytes"
	"slices"
)

// sharedTexts are the texts that the cells of a workbook name by number, kept
// closely packed: a workbook may have millions of them.
type sharedTexts struct {
	full   []textBlock
	packed int       // bytes of the full ones
	last   textBlock // being filled
}

// textBlock is so many texts, one after the other.
type textBlock struct {
	texts []byte
	ends  []uint32 // where each ends
}

const (
	blockTexts = 4096
	maxShared  = 96 << 20 // bytes of all shared texts and of what is kept to find them
	textCost   = 4        // bytes, for the latter
)

// text is the text of that number. A number without a text is the sign of a
// workbook that lost some.
func (s *sharedTexts) text(n int) ([]byte, error) {
	if n < 0 || n >= len(s.full)*blockTexts+len(s.last.ends) {
		return nil, notWhole
	}
	block := &s.last
	if n/blockTexts < len(s.full) {
		block = &s.full[n/blockTexts]
	}
	start := uint32(0)
	if n%blockTexts > 0 {
		start = block.ends[n%blockTexts-1]
	}
	return block.texts[start:block.ends[n%blockTexts]], nil
}

// size is how many bytes are kept.
func (s *sharedTexts) size() int {
	return s.packed + len(s.last.texts) + textCost*len(s.last.ends)
}

// end ends the text whose pieces have been added to the last block.
func (s *sharedTexts) end() {
	b := &s.last
	start := uint32(0)
	if n := len(b.ends); n > 0 {
		start = b.ends[n-1]
	}
	if bytes.Contains(b.texts[start:], []byte("_x")) {
		b.texts = append(b.texts[:start], spelledOut(b.texts[start:])...)
	}
	b.ends = append(b.ends, uint32(len(b.texts)))
	if len(b.ends) == blockTexts {
		s.packed = s.size()
		s.full = append(s.full, textBlock{bytes.Clone(b.texts), slices.Clone(b.ends)})
		b.texts, b.ends = b.texts[:0], b.ends[:0]
	}
}

// readShared reads the shared texts: <sst><si><t>…</t></si>…</sst>, or runs of
// rich text, <r><t>…</t></r>. A workbook without the part has none.
func readShared(part *zip.File) (*sharedTexts, error) {
	texts := &sharedTexts{}
	if part == nil {
		return texts, nil
	}
	in, err := part.Open()
	if err != nil {
		return nil, notWhole
	}
	defer in.Close()
	r := &sharedReader{xmlReader: newXMLReader(in), texts: texts}
	return texts, r.read()
}

// sharedReader reads the part with the shared texts.
type sharedReader struct {
	*xmlReader
	texts       *sharedTexts
	inSI, inRun bool
	wanted      int // the depth of the element whose text belongs to a shared one; 0 = none
}

// Where the elements stand: sst, si, in it t, or r and in that t.
const (
	sharedDepth = iota + 2
	sharedTextDepth
	sharedRunDepth
)

func (r *sharedReader) read() error {
	for {
		depth := r.open.depth()
		token, err := r.next()
		switch {
		case err != nil || token == xmlEnd:
			return err
		case token == xmlText && depth == r.wanted:
			err = r.addText()
		case token == xmlOpens:
			err = r.opened(depth + 1)
		case token == xmlCloses && depth == r.wanted:
			r.wanted = 0
		case token == xmlCloses && depth == sharedDepth && r.inSI:
			r.texts.end()
		}
		if err == nil && r.texts.size() > maxShared {
			err = problem("里面的文字太多了，请分成几个文件")
		}
		if err != nil {
			return err
		}
	}
}

// opened takes an element that begins at the depth. How a text is spoken (rPh)
// is no part of it.
func (r *sharedReader) opened(depth int) error {
	name := string(r.name)
	switch {
	case depth == rootDepth && name != "sst":
		return notWhole
	case depth == sharedDepth:
		r.inSI = name == "si"
	case depth == sharedTextDepth && r.inSI:
		r.inRun = name == "r"
		if name == "t" {
			r.wanted = depth
		}
	case depth == sharedRunDepth && r.inRun && name == "t":
		r.wanted = depth
	}
	return nil
}

func (r *sharedReader) addText() (err error) {
	last := &r.texts.last
	last.texts, err = r.appendText(last.texts)
	return err
}
