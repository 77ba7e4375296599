package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	maxWorkbook = 128 << 20 // bytes of a workbook
	maxUnzipped = 1 << 30   // bytes of what is inside; large worksheets are unpacked to disk
)

// oldWorkbook is how a compound file begins: an .xls, or an encrypted .xlsx.
var oldWorkbook = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// addWorkbook adds the worksheets of a workbook that are called like a sheet.
func (b *Book) addWorkbook(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return &FileError{path, "文件打不开"}
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return &FileError{path, "文件打不开"}
	}
	book, err := openWorkbook(f, size)
	if err != nil {
		return &FileError{path, words(err).Error()}
	}
	b.close = append(b.close, book)
	b.addWorksheets(path, book)
	return nil
}

func (b *Book) addWorksheets(path string, book *excelize.File) {
	epoch := Excel1900
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		epoch = Excel1904
	}
	for _, title := range book.GetSheetList() {
		name, ok := nameOf(title)
		if !ok {
			b.notice(path, "不认识工作表「"+shorten(title)+"」，已略过")
			continue
		}
		b.parts[name] = append(b.parts[name], part{file: path, epoch: epoch, lines: worksheet{book, title}.lines})
	}
}

// openWorkbook opens a workbook, whose bytes may be anything.
func openWorkbook(f io.ReaderAt, size int64) (*excelize.File, error) {
	if size > maxWorkbook {
		return nil, problemf("文件超过 %d MB，请分成几个文件", maxWorkbook>>20)
	}
	if err := whole(f, size); err != nil {
		return nil, err
	}
	book, err := excelize.OpenReader(io.NewSectionReader(f, 0, size), excelize.Options{
		RawCellValue:   true,
		UnzipSizeLimit: maxUnzipped,
	})
	if err != nil {
		return nil, problemf("不是完好的 .xlsx 文件，请用 Excel 或 WPS 另存一次（%v）", err)
	}
	return book, nil
}

// whole checks what excelize passes over in silence: a worksheet that breaks
// off or holds a forbidden character would end there, without an error.
func whole(f io.ReaderAt, size int64) error {
	start := make([]byte, len(oldWorkbook))
	if _, err := f.ReadAt(start, 0); err == nil && bytes.Equal(start, oldWorkbook) {
		return problem("这个文件加了密码，或是旧版 .xls 改了名字；请去掉密码，另存为 .xlsx")
	}
	archive, err := zip.NewReader(f, size)
	if err != nil {
		return problem("不是 .xlsx 文件，或没有下载完整")
	}
	var unzipped uint64
	for _, entry := range archive.File {
		if unzipped += entry.UncompressedSize64; entry.UncompressedSize64 > maxUnzipped || unzipped > maxUnzipped {
			return problemf("解压后超过 %d MB，请分成几个文件", maxUnzipped>>20)
		}
	}
	for _, entry := range archive.File {
		if dir, _ := filepath.Split(strings.ToLower(entry.Name)); dir == "xl/worksheets/" {
			if err := wellFormed(entry); err != nil {
				return problemf("工作表的内容不完整，请用 Excel 或 WPS 另存一次（%v）", err)
			}
		}
	}
	return nil
}

func wellFormed(entry *zip.File) error {
	r, err := entry.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		if _, err := d.RawToken(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// worksheet is a sheet of a workbook.
type worksheet struct {
	book  *excelize.File
	title string
}

// lines reads the worksheet row by row, formulas by the value last computed.
func (w worksheet) lines(_ []Column, yield func(int, []string) bool) error {
	rows, err := w.book.Rows(w.title)
	if err != nil {
		return err
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		if !yield(number, cells) {
			return nil
		}
	}
	return rows.Error()
}
