package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Epoch says whether numbers may be dates, and from when they count.
type Epoch int

// The epochs of dates written as numbers.
const (
	NoSerials Epoch = iota // CSV, JSON: a number is no date
	Excel1900              // a workbook, days since 1899-12-30
	Excel1904              // a workbook made on an old Mac, days since 1904-01-01
)

// cell is one cell on its way to becoming a value.
type cell struct {
	text  string
	epoch Epoch
}

// spaceless is invisible without being a space by name: zero-width marks that
// copying from web pages and chats leaves behind.
func spaceless(r rune) bool {
	return r == '\uFEFF' || r >= '\u200B' && r <= '\u200F' || r == '\u2060'
}

// blank reports whether nothing can be seen in s.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !spaceless(r) })
}

// tidy forgives what typing leaves behind: full-width letters, digits and
// punctuation, spaces around the text, and spaces of other kinds within.
func (c cell) tidy() string { return tidy(c.text) }

func tidy(s string) string {
	if !isASCII(s) {
		s = width.Fold.String(s)
		s = strings.Map(func(r rune) rune {
			switch {
			case spaceless(r):
				return -1
			case r >= utf8.RuneSelf && unicode.IsSpace(r): // the no-break spaces of web pages
				return ' '
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}

// compact is tidy without any spaces, for values that hold none.
func (c cell) compact() string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, c.tidy())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// excelErrors are the values of cells whose formula failed.
var excelErrors = map[string]bool{
	"#N/A": true, "#REF!": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true,
	"#SPILL!": true, "#CALC!": true, "#GETTING_DATA": true,
}

// damaged finds what no value of any kind may hold.
func (c cell) damaged() error {
	if isASCII(c.text) && !strings.HasPrefix(c.text, "#") {
		return nil
	}
	if i := firstInvalid(c.text); i >= 0 {
		return problemf("有无法识别的字节 0x%02X，请把文件另存为 UTF-8 编码", c.text[i])
	}
	if strings.Contains(c.text, string(utf8.RuneError)) {
		return problem("有无法识别的文字，请把文件另存为 UTF-8 编码")
	}
	if c.epoch != NoSerials && excelErrors[c.text] {
		return problem("这一格的公式出错了，请改成数值")
	}
	return nil
}

func firstInvalid(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
			return i
		}
	}
	return -1
}
