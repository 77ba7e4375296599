package sheet

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Book is the sheets of all files of one call.
type Book struct {
	Notices []Notice // files and worksheets that are none of ours

	parts  map[Name][]part
	close  []io.Closer
	files  []string // their paths
	unread []error  // of the files that cannot be read
	seen   []os.FileInfo
}

// part is one sheet in one file: a CSV file or a worksheet.
type part struct {
	file  string
	epoch Epoch
	dense bool // every line is a record, even one in which all our columns are empty
	lines lineSource
}

// Open finds the sheets in workbooks, CSV files and folders of them. Files of a
// folder that are neither are passed over with a notice. A path that leads
// nowhere is an error; a file that cannot be read is one only if there is no
// other, see [Book.Unread]. Close the book afterwards.
func Open(paths ...string) (*Book, error) {
	b := &Book{parts: map[Name][]part{}}
	var problems []error
	for _, path := range paths {
		problems = append(problems, b.add(path))
	}
	err := errors.Join(problems...)
	switch {
	case err != nil:
	case len(b.files) == 0 && b.unread != nil:
		err = b.Unread()
	case len(b.parts) == 0:
		err = errors.Join(b.Unread(), &FileError{strings.Join(paths, "、"), "没有找到要导入的表；表名要是 " + joined(Names) + " 之一"})
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Unread names the files that could not be read, a [*FileError] each, all
// joined; nil = there are none. The rest of the book is not held back, but for a
// sheet that such a file is named after: it is refused, as it is not whole.
func (b *Book) Unread() error { return errors.Join(b.unread...) }

// refuse notes that a file cannot be read.
func (b *Book) refuse(path string, why problem) {
	b.unread = append(b.unread, &FileError{path, why.Error()})
	if name, ok := nameOf(baseName(path)); ok {
		b.parts[name] = append(b.parts[name], part{file: path, lines: func([]Column, func(int, []string) bool) error {
			return &brokenRow{1, why}
		}})
	}
}

// Close closes the files of the book.
func (b *Book) Close() error {
	var problems []error
	for _, c := range b.close {
		problems = append(problems, c.Close())
	}
	b.close = nil
	return errors.Join(problems...)
}

// Files returns the paths of the files of the book; of records that came
// otherwise there are none.
func (b *Book) Files() []string { return slices.Clone(b.files) }

// Sheets lists the sheets that are there, in the order of [Names].
func (b *Book) Sheets() []Name {
	var there []Name
	for _, n := range Names {
		if b.Has(n) {
			there = append(there, n)
		}
	}
	return there
}

// Has reports whether the sheet is there.
func (b *Book) Has(n Name) bool { return len(b.parts[n]) > 0 }

func (b *Book) add(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return &FileError{path, "找不到这个文件"}
	case info.IsDir():
		return b.addFolder(path)
	case b.known(info):
		return nil
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		b.addWorkbook(path)
	case ".csv":
		b.addCSV(path)
	case ".xls":
		b.refuse(path, "这是旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx")
	default:
		b.refuse(path, "只认识 .xlsx 和 .csv 文件")
	}
	return nil
}

// known reports whether the file has been added already, by whatever path.
func (b *Book) known(info os.FileInfo) bool {
	if slices.ContainsFunc(b.seen, func(other os.FileInfo) bool { return os.SameFile(info, other) }) {
		return true
	}
	b.seen = append(b.seen, info)
	return false
}

// addFolder adds the workbooks and CSV files of the folder and those below it.
func (b *Book) addFolder(folder string) error {
	var problems []error
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		hidden := path != folder && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$"))
		switch {
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || entry.IsDir():
			return nil
		}
		switch strings.ToLower(filepath.Ext(name)) {
		case ".xlsx", ".xls":
			problems = append(problems, b.add(path))
		case ".csv":
			if _, ok := nameOf(baseName(path)); ok {
				problems = append(problems, b.add(path))
				return nil
			}
			fallthrough
		default:
			b.notice(path, "不是要导入的表，已略过")
		}
		return nil
	})
	if err != nil {
		problems = append(problems, &FileError{folder, "这个文件夹读不完整"})
	}
	return errors.Join(problems...)
}

func (b *Book) addCSV(path string) {
	name, ok := nameOf(baseName(path))
	if !ok {
		b.refuse(path, problem("文件名要是表名，例如 走访.csv；表名有 "+joined(Names)))
		return
	}
	f, err := os.Open(path)
	if err != nil {
		b.refuse(path, notOpened)
		return
	}
	b.close = append(b.close, f)
	b.files = append(b.files, path)
	b.parts[name] = append(b.parts[name], part{file: path, lines: ahead(csvFile{f}.lines)})
}

func (b *Book) notice(file, text string) {
	b.Notices = append(b.Notices, Notice{file, text})
}

func baseName(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// nameOf finds the sheet that is called so.
func nameOf(title string) (Name, bool) {
	n := Name(cell{text: title}.compact())
	return n, slices.Contains(Names, n)
}

// rows reads all parts of a sheet, one after the other.
func (b *Book) rows(n Name, columns []Column, report *Report) iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for _, p := range b.parts[n] {
			if !p.rows(columns, report, yield) {
				return
			}
		}
	}
}
