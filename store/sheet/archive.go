package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"strings"
)

// What a workbook may hold, in bytes.
const (
	maxWorkbook = 128 << 20 // the file
	maxUnzipped = 1 << 30   // what is inside
	maxContents = 8 << 20   // of the parts that say where everything stands
)

const maxDepth = 100 // elements within elements

// oldWorkbook is how a compound file begins: an .xls, or an encrypted .xlsx.
var oldWorkbook = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

const (
	noWorkbook = problem("不是 .xlsx 文件，或没有下载完整")
	notWhole   = problem("文件的内容不完整，请用 Excel 或 WPS 另存一次")
	notInOrder = problem("工作表里的行或格子排错了位置，请用 Excel 或 WPS 另存一次")
)

// archive is the parts of a workbook by name; what case their names have does
// not matter.
type archive map[string]*zip.File

// openArchive finds the parts of a workbook, whose bytes may be anything.
func openArchive(f io.ReaderAt, size int64) (archive, error) {
	if size > maxWorkbook {
		return nil, problemf("文件超过 %d MB，请分成几个文件", maxWorkbook>>20)
	}
	start := make([]byte, len(oldWorkbook))
	if _, err := f.ReadAt(start, 0); err == nil && bytes.Equal(start, oldWorkbook) {
		return nil, problem("这个文件加了密码，或是旧版 .xls 改了名字；请去掉密码，另存为 .xlsx")
	}
	packed, err := zip.NewReader(f, size)
	if err != nil {
		return nil, noWorkbook
	}
	parts, unzipped := archive{}, uint64(0)
	for _, part := range packed.File {
		name := partName(part.Name)
		if parts[name] != nil {
			return nil, notWhole // which of the two is meant?
		}
		parts[name] = part
		// No part can be larger than it says.
		if unzipped += min(part.UncompressedSize64, maxUnzipped+1); unzipped > maxUnzipped {
			return nil, problem("解压后太大了，请分成几个文件")
		}
	}
	return parts, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// decode reads a part that says where others stand.
func (a archive) decode(name string, into any) error {
	part := a[partName(name)]
	if part == nil || part.UncompressedSize64 > maxContents {
		return notWhole
	}
	in, err := part.Open()
	if err != nil {
		return notWhole
	}
	defer in.Close()
	if xml.NewDecoder(in).Decode(into) != nil { // its error might quote the file
		return notWhole
	}
	return nil
}

// links are the parts that a part names, by the ids it gives them.
type links struct {
	XMLName xml.Name `xml:"Relationships"`
	All     []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
	folder string // that they start from
}

// links reads the links of a part.
func (a archive) links(of string) (links, error) {
	l := links{folder: path.Dir(of)}
	err := a.decode(path.Join(l.folder, "_rels", path.Base(of)+".rels"), &l)
	return l, err
}

// byID is the name of the part of that id, "" if there is none.
func (l links) byID(id string) string {
	for _, link := range l.All {
		if link.ID == id {
			return l.resolve(link.Target)
		}
	}
	return ""
}

// byType is the name of the first part whose type ends like this, "" if there is none.
func (l links) byType(suffix string) string {
	for _, link := range l.All {
		if strings.HasSuffix(link.Type, suffix) {
			return l.resolve(link.Target)
		}
	}
	return ""
}

func (l links) resolve(target string) string {
	if strings.HasPrefix(target, "/") {
		return target
	}
	return path.Join(l.folder, target)
}
