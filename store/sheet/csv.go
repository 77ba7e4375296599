package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const sampleSize = 64 << 10 // bytes, in which the header must lie

// csvFile is an open CSV file.
type csvFile struct{ *os.File }

// lines reads the file row by row, from its beginning.
func (f csvFile) lines(columns []Column, yield func(int, []string) bool) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return notOpened
	}
	return csvLines(f, columns, yield)
}

// csvLines reads the rows of a CSV file, numbered as a spreadsheet shows them: a
// cell of several lines is one row, an empty line is one too.
func csvLines(f io.ReadSeeker, columns []Column, yield func(int, []string) bool) error {
	sample := make([]byte, sampleSize)
	n, err := io.ReadFull(f, sample)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	d := detect(sample[:n], columns)
	if _, err := f.Seek(int64(d.mark), io.SeekStart); err != nil {
		return err
	}
	return d.lines(f, yield)
}

// dialect is how a CSV file is written.
type dialect struct {
	charset encoding.Encoding
	comma   rune
	mark    int // bytes at the beginning that only say how the rest is written
}

// asIs is UTF-8: bytes are passed on as they are, so that undecodable ones can
// be named.
var asIs = encoding.Nop

const utf8Mark = "\xEF\xBB\xBF"

// detect finds out how a file is written: the first way in which its header
// can be read. A byte order mark leaves no choice of encoding.
func detect(sample []byte, columns []Column) dialect {
	charsets, mark := []encoding.Encoding{asIs, simplifiedchinese.GB18030}, 0
	switch {
	case bytes.HasPrefix(sample, []byte(utf8Mark)):
		charsets, mark = charsets[:1], len(utf8Mark)
	case bytes.HasPrefix(sample, []byte("\xFF\xFE")), bytes.HasPrefix(sample, []byte("\xFE\xFF")):
		charsets = []encoding.Encoding{unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}
	}
	for _, charset := range charsets {
		for _, comma := range []rune{',', '\t'} {
			d := dialect{charset, comma, mark}
			if d.findsHeader(sample[mark:], columns) {
				return d
			}
		}
	}
	return dialect{charsets[0], ',', mark}
}

func (d dialect) findsHeader(sample []byte, columns []Column) bool {
	found, tried := false, 0
	// An error only means that the sample ends in the middle of a row.
	_ = d.lines(bytes.NewReader(sample), func(_ int, cells []string) bool {
		if found = isHeader(cells, columns); len(withoutTail(cells)) > 0 {
			tried++
		}
		return !found && tried < headerWithin
	})
	return found
}

// lines reads the rows of a file that is written in the dialect.
func (d dialect) lines(f io.Reader, yield func(int, []string) bool) error {
	leash := &leash{from: f}
	r := csv.NewReader(d.charset.NewDecoder().Reader(leash))
	r.Comma = d.comma
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	r.TrimLeadingSpace = d.comma == ',' // it would take a tab for a space
	inner := 0                          // line breaks inside the cells so far
	for {
		leash.left = maxRecord
		cells, err := r.Read()
		var bad *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad) && (errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote)):
			return &brokenRow{bad.StartLine - inner, "引号没有成对"}
		case err != nil:
			return err
		}
		line, _ := r.FieldPos(0)
		if !yield(line-inner, cells) {
			return nil
		}
		for _, c := range cells {
			inner += strings.Count(c, "\n")
		}
	}
}
