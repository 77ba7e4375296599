package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a workbook may hold, in bytes.
const (
	maxWorkbook = 128 << 20 // the file
	maxUnzipped = 1 << 30   // what is inside
	maxHeld     = 256 << 20 // of that, what is kept in memory
	maxInMemory = 16 << 20  // of a worksheet; a larger one is unpacked to disk
)

const (
	maxElements = 8 << 20 // of a part other than a worksheet, which is read row by row
	maxDepth    = 100     // elements within elements
)

// oldWorkbook is how a compound file begins: an .xls, or an encrypted .xlsx.
var oldWorkbook = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

const (
	noWorkbook = problem("不是 .xlsx 文件，或没有下载完整")
	notWhole   = problem("文件的内容不完整，请用 Excel 或 WPS 另存一次")
	notInOrder = problem("工作表里的行或格子排错了位置，请用 Excel 或 WPS 另存一次")
)

// intact checks what excelize passes over in silence: where a worksheet breaks
// off or holds a forbidden character it would end, and cells that are not in
// their order would come under other columns.
func intact(f io.ReaderAt, size int64) (*swiftBook, error) {
	if size > maxWorkbook {
		return nil, problemf("文件超过 %d MB，请分成几个文件", maxWorkbook>>20)
	}
	start := make([]byte, len(oldWorkbook))
	if _, err := f.ReadAt(start, 0); err == nil && bytes.Equal(start, oldWorkbook) {
		return nil, problem("这个文件加了密码，或是旧版 .xls 改了名字；请去掉密码，另存为 .xlsx")
	}
	archive, err := zip.NewReader(f, size)
	if err != nil {
		return nil, noWorkbook
	}
	if err := fits(archive); err != nil {
		return nil, err
	}
	usual := inspect(archive)
	for _, entry := range archive.File {
		name := partName(entry)
		if !strings.HasSuffix(name, ".xml") || strings.HasPrefix(name, "customxml/") || usual.read(entry) {
			continue
		}
		if err := wellFormed(entry); err != nil {
			return nil, err
		}
	}
	return usual, nil
}

// fits checks how large the parts say they are; none can be larger.
func fits(archive *zip.Reader) error {
	var unzipped, held uint64
	for _, entry := range archive.File {
		size, name := min(entry.UncompressedSize64, maxUnzipped+1), partName(entry)
		unzipped += size
		onDisk := strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
		if !onDisk || size <= maxInMemory {
			held += size
		}
		if unzipped > maxUnzipped || held > maxHeld {
			return problem("解压后太大了，请分成几个文件")
		}
	}
	return nil
}

func partName(entry *zip.File) string {
	return strings.ToLower(strings.ReplaceAll(entry.Name, `\`, "/"))
}

// wellFormed reads a part to its end.
func wellFormed(entry *zip.File) error {
	r, err := entry.Open()
	if err != nil {
		return notWhole
	}
	defer r.Close()
	leash := &leash{from: r}
	d, x := xml.NewDecoder(leash), &xmlPart{}
	for {
		if !x.inRecord() {
			leash.left = maxRecord
		}
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF) && len(x.open) == 0:
			return nil
		case errors.As(err, new(problem)):
			return err
		case err != nil: // its text might quote a cell
			return notWhole
		}
		if err := x.take(token); err != nil {
			return err
		}
	}
}

// xmlPart is how far a part of a workbook has been read.
type xmlPart struct {
	open        []xml.Name // the elements that have begun
	elements    int
	row, column int // of a worksheet
}

// inRecord reports whether a row of a worksheet or a shared string has begun.
func (x *xmlPart) inRecord() bool {
	return x.isIn(2, "row") || x.isIn(1, "si")
}

func (x *xmlPart) isIn(depth int, name string) bool {
	return len(x.open) > depth && x.open[depth].Local == name
}

func (x *xmlPart) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		x.open = append(x.open, token.Name)
		if x.elements++; len(x.open) > maxDepth || x.elements > maxElements && !x.isIn(0, "worksheet") {
			return notWhole
		}
		if x.isIn(1, "sheetData") && x.isIn(0, "worksheet") {
			return x.place(token)
		}
	case xml.EndElement:
		last := len(x.open) - 1
		if last < 0 || x.open[last] != token.Name {
			return notWhole
		}
		x.open = x.open[:last]
	}
	return nil
}

// place follows the rows and the cells of a worksheet, which must come in their
// order; where one does not say which it is, it is the next.
func (x *xmlPart) place(e xml.StartElement) error {
	at, row, column := attribute(e, "r"), x.row+1, x.column+1
	var err error
	switch {
	case len(x.open) == 3 && e.Name.Local == "row":
		if at != "" {
			row, err = strconv.Atoi(at)
		}
		if err != nil || row <= x.row {
			return notInOrder
		}
		x.row, x.column = row, 0
	case len(x.open) == 4 && e.Name.Local == "c":
		if at != "" {
			column, _, err = excelize.CellNameToCoordinates(at)
		}
		if err != nil || column <= x.column || column > excelize.MaxColumns {
			return notInOrder
		}
		x.column = column
	}
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
