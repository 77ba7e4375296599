package sheet

import (
	"archive/zip"
	"encoding/xml"
	"io"
	"os"
)

// workbook is where the worksheets of a workbook stand. They are read when they
// are asked for: what is wrong with one does not concern the others.
type workbook struct {
	epoch  Epoch
	sheets []worksheet
}

// worksheet is a sheet of a workbook.
type worksheet struct {
	title  string
	part   *zip.File // nil = it is not there
	shared *zip.File // the workbook's shared texts; nil = it has none
}

// addWorkbook adds the worksheets of a workbook that are called like a sheet.
func (b *Book) addWorkbook(path string) {
	f, err := os.Open(path)
	if err != nil {
		b.refuse(path, notOpened)
		return
	}
	b.close = append(b.close, f)
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		b.refuse(path, notOpened)
		return
	}
	book, err := openWorkbook(f, size)
	if err != nil {
		b.refuse(path, words(err))
		return
	}
	b.files = append(b.files, path)
	for _, sheet := range book.sheets {
		name, ok := nameOf(sheet.title)
		if !ok {
			b.notice(path, "不认识工作表「"+shorten(sheet.title)+"」，已略过")
			continue
		}
		b.parts[name] = append(b.parts[name], part{file: path, epoch: book.epoch, lines: ahead(sheet.lines)})
	}
}

// openWorkbook finds the worksheets of a workbook, whose bytes may be anything.
func openWorkbook(f io.ReaderAt, size int64) (*workbook, error) {
	parts, err := openArchive(f, size)
	if err != nil {
		return nil, err
	}
	main := "xl/workbook.xml"
	if top, err := parts.links(""); err == nil && top.byType("/officeDocument") != "" {
		main = top.byType("/officeDocument")
	}
	var contents struct {
		XMLName    xml.Name `xml:"workbook"`
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string `xml:"name,attr"`
			Link string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := parts.decode(main, &contents); err != nil {
		return nil, err
	}
	links, err := parts.links(main)
	if err != nil {
		return nil, err
	}
	book := &workbook{epoch: Excel1900}
	if since := contents.Properties.Date1904; since == "1" || since == "true" {
		book.epoch = Excel1904
	}
	shared := parts[partName(links.byType("/sharedStrings"))]
	for _, sheet := range contents.Sheets {
		part := parts[partName(links.byID(sheet.Link))]
		book.sheets = append(book.sheets, worksheet{sheet.Name, part, shared})
	}
	return book, nil
}

// lines reads the worksheet row by row.
func (w worksheet) lines(_ []Column, yield func(int, []string) bool) error {
	if w.part == nil {
		return notWhole
	}
	shared, err := readShared(w.shared)
	if err != nil {
		return err
	}
	in, err := w.part.Open()
	if err != nil {
		return notWhole
	}
	defer in.Close()
	r := &worksheetRows{xmlReader: newXMLReader(in), shared: shared, yield: yield}
	return r.read()
}
