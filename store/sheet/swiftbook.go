package sheet

import (
	"archive/zip"
	"encoding/xml"
	"os"
	"path"
	"strings"
)

// swiftBook is what of a workbook can be read the fast way.
type swiftBook struct {
	shared     sharedTexts
	sharedPart *zip.File            // where they stand; nil = they are not usual
	sheets     map[string]*zip.File // worksheets by their name in the archive
}

// inspect reads the shared texts and the worksheets of an archive to their ends.
func inspect(archive *zip.Reader) *swiftBook {
	b := &swiftBook{sheets: map[string]*zip.File{}}
	names := map[string]int{}
	for _, entry := range archive.File {
		names[partName(entry)]++
	}
	for _, entry := range archive.File {
		if entry.Name == "xl/sharedStrings.xml" && names[partName(entry)] == 1 {
			if texts, err := readShared(entry); err == nil {
				b.shared, b.sharedPart = texts, entry
			}
		}
	}
	for _, entry := range archive.File {
		if name := partName(entry); strings.HasPrefix(name, "xl/worksheets/sheet") && names[name] == 1 && b.rows(entry, nil) == nil {
			b.sheets[entry.Name] = entry
		}
	}
	return b
}

// read reports whether a part has been read to its end.
func (b *swiftBook) read(entry *zip.File) bool {
	return entry == b.sharedPart || b.sheets[entry.Name] == entry
}

// rows reads a worksheet.
func (b *swiftBook) rows(entry *zip.File, yield func(int, []string) bool) error {
	in, err := entry.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	r := &swiftRows{swift: newSwift(in), shared: b.shared, yield: yield}
	return r.read()
}

// swiftSheet is a worksheet that can be read the fast way.
type swiftSheet struct {
	book *swiftBook
	file string
	part string // its name in the archive
}

// lines reads the worksheet row by row.
func (s swiftSheet) lines(_ []Column, yield func(int, []string) bool) error {
	archive, err := zip.OpenReader(s.file)
	if err != nil {
		return notWhole
	}
	defer archive.Close()
	for _, entry := range archive.File {
		if entry.Name == s.part {
			if err := s.book.rows(entry, yield); err != nil {
				return notWhole // the file has changed meanwhile
			}
			return nil
		}
	}
	return notWhole
}

// parts finds where the worksheets stand, by their titles; none if the workbook
// does not say so as usual.
func (b *swiftBook) parts(file string) map[string]string {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return nil
	}
	defer archive.Close()
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if decodePart(&archive.Reader, "xl/workbook.xml", &book) != nil ||
		decodePart(&archive.Reader, "xl/_rels/workbook.xml.rels", &links) != nil {
		return nil
	}
	targets, parts := map[string]string{}, map[string]string{}
	for _, link := range links.All {
		targets[link.ID] = link.Target
	}
	for _, sheet := range book.Sheets {
		part := path.Join("xl", targets[sheet.ID])
		if strings.HasPrefix(targets[sheet.ID], "/") {
			part = targets[sheet.ID][1:]
		}
		if b.sheets[part] != nil && parts[sheet.Name] == "" {
			parts[sheet.Name] = part
		}
	}
	return parts
}

func decodePart(archive *zip.Reader, name string, into any) error {
	f, err := archive.Open(name)
	if err != nil {
		return os.ErrNotExist
	}
	defer f.Close()
	return xml.NewDecoder(f).Decode(into)
}
