package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// sharedTexts are the texts that the cells of a workbook name by number.
type sharedTexts struct {
	all  []byte
	ends []uint32
}

func (t sharedTexts) text(n int) []byte {
	if n < 0 || n >= len(t.ends) {
		return nil
	}
	start := uint32(0)
	if n > 0 {
		start = t.ends[n-1]
	}
	return t.all[start:t.ends[n]:t.ends[n]]
}

// maxShared is how many bytes of shared texts are kept in memory.
const maxShared = 64 << 20

// readShared reads the shared texts: <si><t>…</t></si>.
func readShared(entry *zip.File) (texts sharedTexts, err error) {
	if entry.UncompressedSize64 > maxShared {
		return texts, errUnusual
	}
	in, err := entry.Open()
	if err != nil {
		return texts, err
	}
	defer in.Close()
	s := newSwift(in)
	for {
		depth := len(s.ends)
		if texts.all, err = s.text(texts.all, depth == 3); errors.Is(err, io.EOF) {
			return texts, nil
		} else if err != nil {
			return texts, err
		}
		name, closes, err := s.next()
		switch {
		case err != nil:
			return texts, err
		case closes && depth == 2:
			start := uint32(0)
			if n := len(texts.ends); n > 0 {
				start = texts.ends[n-1]
			}
			if bytes.Contains(texts.all[start:], []byte("_x")) {
				return texts, errUnusual
			}
			texts.ends = append(texts.ends, uint32(len(texts.all)))
		case name == nil || closes:
		case depth > 2 || string(name) != [3]string{"sst", "si", "t"}[depth] || s.empty && depth == 1:
			return texts, errUnusual
		}
	}
}
