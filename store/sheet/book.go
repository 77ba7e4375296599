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

	parts map[Name][]part
	close []io.Closer
	files []string // their paths
	seen  []os.FileInfo
}

// part is one sheet in one file: a CSV file or a worksheet.
type part struct {
	file  string
	epoch Epoch
	dense bool // every line is a record, even one in which all our columns are empty
	lines func(columns []Column, yield func(row int, cells []string) bool) error
}

// Open finds the sheets in workbooks, CSV files and folders of them. Files of a
// folder that are neither are passed over with a notice; anything that cannot
// be read is an error, of which several are joined. Close the book afterwards.
func Open(paths ...string) (*Book, error) {
	b := &Book{parts: map[Name][]part{}}
	var problems []error
	for _, path := range paths {
		problems = append(problems, b.add(path))
	}
	err := errors.Join(problems...)
	if err == nil && len(b.parts) == 0 {
		err = &FileError{strings.Join(paths, "、"), "没有找到要导入的表；表名要是 " + joined(Names) + " 之一"}
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
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
		return &FileError{path, "找不到这个文件，或没有权限读取"}
	case info.IsDir():
		return b.addFolder(path)
	case b.known(info):
		return nil
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		return b.addWorkbook(path)
	case ".csv":
		return b.addCSV(path)
	case ".xls":
		return &FileError{path, "这是旧版 .xls 文件，请用 Excel 或 WPS 另存为 .xlsx"}
	}
	return &FileError{path, "只认识 .xlsx 和 .csv 文件"}
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

func (b *Book) addCSV(path string) error {
	name, ok := nameOf(baseName(path))
	if !ok {
		return &FileError{path, "文件名要是表名，例如 走访.csv；表名有 " + joined(Names)}
	}
	b.files = append(b.files, path)
	b.parts[name] = append(b.parts[name], part{file: path, lines: csvFile(path).lines})
	return nil
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
