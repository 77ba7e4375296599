package sheet

import (
	"regexp"
	"slices"
)

// BadCell is a cell that keeps its sheet from being stored.
type BadCell struct {
	Sheet   Name
	File    string // the path of the file
	Row     int    // as the spreadsheet shows it, the first row being 1
	Column  string // its name; of a key of several columns, their names joined by "+"; "" = the whole row
	Value   string // what stands there, shortened; of 对象 only what cannot be a name
	Problem string // what is wrong, in Chinese, for the people of the centre
}

// MaxBadCells is how many bad cells of a sheet are kept; all are counted.
const MaxBadCells = 100

// BadCells are the bad cells of a sheet.
type BadCells struct {
	Cells []BadCell // the first MaxBadCells
	Count int       // all of them
}

// Add counts a bad cell, and keeps it if it is among the first.
func (b *BadCells) Add(c BadCell) {
	b.Count++
	if len(b.Cells) < MaxBadCells {
		c.Value = shorten(c.Value)
		if c.Sheet == Concerns && mayBeName(c.Value) {
			c.Value = ""
		}
		b.Cells = append(b.Cells, c)
	}
}

// More is how many bad cells there are beyond those kept.
func (b *BadCells) More() int { return b.Count - len(b.Cells) }

var (
	numbered = regexp.MustCompile(`^[-0-9A-Z_./:+年月日]*[0-9][-0-9A-Z_./:+年月日]*$`)
	personal = regexp.MustCompile(`[0-9]{11}|[A-Z]{5}`) // a mobile number, one of an identity card, a word
)

// mayBeName reports whether a value of 对象 could tell who somebody is, in
// whatever column it came to stand: all but the words of the sheet, dates,
// numbers and short ids such as NXS-03 could.
func mayBeName(value string) bool {
	value = tidy(value)
	if slices.Contains(ConcernCategories, value) || value == "是" || value == "否" {
		return false
	}
	return !numbered.MatchString(value) || personal.MatchString(value)
}

const maxValue = 60 // runes of a bad value that are shown

func shorten(s string) string {
	if runes := []rune(s); len(runes) > maxValue {
		return string(runes[:maxValue]) + "…"
	}
	return s
}
