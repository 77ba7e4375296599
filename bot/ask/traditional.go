package ask

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed traditional.txt
var traditionalText string

// simplified maps traditional characters to their simplified forms.
var simplified = sync.OnceValue(func() map[rune]rune {
	forms := make(map[rune]rune, 1000)
	for line := range strings.Lines(traditionalText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			runes := []rune(pair)
			forms[runes[0]] = runes[1]
		}
	}
	return forms
})
