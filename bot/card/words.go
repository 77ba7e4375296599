package card

import (
	"fmt"
	"strings"
	"unicode"
)

// The longest texts that stay readable on a phone, in characters.
const (
	maxTitle  = 60
	maxButton = 20
	maxCell   = 40
	maxLine   = 300
	maxText   = 1500
)

// clean drops what could make a text look like another one – control
// characters, invisible and direction-changing ones – and cuts it to limit
// characters. Line breaks stay.
func clean(s string, limit int) string {
	var b strings.Builder
	n := 0
	for _, r := range strings.ToValidUTF8(s, "") {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			continue
		}
		if n++; n > limit {
			return strings.TrimSpace(b.String()) + "…"
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}

// oneLine is clean for places that hold a single line.
func oneLine(s string, limit int) string {
	return clean(strings.Join(strings.Fields(s), " "), limit)
}

// escape writes a text so that the platform's markdown shows it as it is.
func escape(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = escapeLine(strings.TrimSpace(line))
	}
	return strings.Join(lines, "<br>")
}

func escapeLine(line string) string {
	var b strings.Builder
	runes := []rune(line)
	leading := true // only digits so far: "1." would begin a numbered list
	for i, r := range runes {
		special := strings.ContainsRune("\\`*_~<>[]&$#!|", r)
		begins := i == 0 && strings.ContainsRune("-+=", r)
		numbers := leading && i > 0 && (r == '.' || r == ')') && (i+1 == len(runes) || runes[i+1] == ' ')
		emoji := r == ':' && i+1 < len(runes) && unicode.IsLetter(runes[i+1]) && runes[i+1] < 128
		if special || begins || numbers || emoji {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
		leading = leading && unicode.IsDigit(r)
	}
	return b.String()
}

func plain(s string, limit int) element {
	return element{"tag": "plain_text", "content": oneLine(s, limit)}
}

func markdown(content, size string) element {
	return element{"tag": "markdown", "content": content, "text_size": size}
}

// grey wraps already escaped text.
func grey(escaped string) string { return "<font color='grey'>" + escaped + "</font>" }
