package sheet

import (
	"errors"
	"io"
	"os"

	"github.com/xuri/excelize/v2"
)

// workbook is an open workbook, and the folder into which its largest parts are
// unpacked.
type workbook struct {
	*excelize.File
	folder string
	usual  *swiftBook
}

// Close closes the workbook and removes the folder.
func (w *workbook) Close() error {
	return errors.Join(w.File.Close(), os.RemoveAll(w.folder))
}

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
	b.files = append(b.files, path)
	b.addWorksheets(path, book)
	return nil
}

func (b *Book) addWorksheets(path string, book *workbook) {
	epoch := Excel1900
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		epoch = Excel1904
	}
	usual := book.usual.parts(path)
	for _, title := range book.GetSheetList() {
		name, ok := nameOf(title)
		if !ok {
			b.notice(path, "不认识工作表「"+shorten(title)+"」，已略过")
			continue
		}
		lines := worksheet{book.File, title}.lines
		if part := usual[title]; part != "" {
			lines = swiftSheet{book.usual, path, part}.lines
		}
		b.parts[name] = append(b.parts[name], part{file: path, epoch: epoch, lines: lines})
	}
}

// openWorkbook opens a workbook, whose bytes may be anything.
func openWorkbook(f io.ReaderAt, size int64) (*workbook, error) {
	usual, err := intact(f, size)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "gridbot-")
	if err != nil {
		return nil, problemf("没有地方解开这个文件（%v）", err)
	}
	book, err := excelize.OpenReader(io.NewSectionReader(f, 0, size), excelize.Options{
		RawCellValue:      true,
		UnzipSizeLimit:    maxUnzipped,
		UnzipXMLSizeLimit: maxInMemory,
		TmpDir:            folder,
	})
	if err != nil {
		return nil, errors.Join(problem("不是完好的 .xlsx 文件，请用 Excel 或 WPS 另存一次"), os.RemoveAll(folder))
	}
	return &workbook{book, folder, usual}, nil
}

// worksheet is a sheet of a workbook.
type worksheet struct {
	book  *excelize.File
	title string
}

// lines reads the worksheet row by row, formulas by the value last computed. What
// excelize says of an error is not for the people of the centre.
func (w worksheet) lines(_ []Column, yield func(int, []string) bool) error {
	rows, err := w.book.Rows(w.title)
	if err != nil {
		return notWhole
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return notWhole
		}
		if !yield(number, cells) {
			return nil
		}
	}
	if rows.Error() != nil {
		return notWhole
	}
	return nil
}
