package ask

import (
	"cmp"
	"slices"
	"strings"
)

// dialect returns what writes words of dialect as everybody reads them, the
// longest first: 啥子 is 什么 and no 什么子.
func (f *bookFile) dialect() *strings.Replacer {
	var pairs [][2]string
	for standard, entries := range f.Dialect {
		for _, e := range entries {
			pairs = append(pairs, [2]string{e.text, standard})
		}
	}
	slices.SortFunc(pairs, func(x, y [2]string) int {
		return cmp.Or(len(y[0])-len(x[0]), strings.Compare(x[0], y[0]))
	})
	var flat []string
	for _, pair := range pairs {
		flat = append(flat, pair[0], pair[1])
	}
	return strings.NewReplacer(flat...)
}

// standard is a text without its words of dialect.
func (b *phrasebook) standard(text []rune) []rune { return []rune(b.dialect.Replace(string(text))) }
