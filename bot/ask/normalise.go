package ask

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	longestRaw  = 2000 // runes a message may have at all, invisible ones included
	longestText = 200  // runes that are read; longer messages are no questions
)

// The two signs that remain between words: a space where the text had one that
// matters, and a comma for every punctuation mark, emoji or other picture.
const (
	space = ' '
	comma = ','
)

var (
	atTag     = regexp.MustCompile(`<at\b[^>]*>([^<]{0,40})</at>`)
	atNobody  = regexp.MustCompile(`@(_user_\d+|_all|所有人|all)`)
	atSomeone = regexp.MustCompile(`@([^\s@,，。:：!！?？]+)`)
)

// normalise writes a text in the one way in which it is read: simplified
// characters, half-width, lower case, nothing invisible, no mention of the
// assistant. It returns false for a text too long to be a question.
func normalise(text string, assistants []string) ([]rune, bool) {
	if len(text) > longestRaw*utf8.UTFMax || utf8.RuneCountInString(text) > longestRaw {
		return nil, false
	}
	text = norm.NFKC.String(visible(strings.ToValidUTF8(text, ",")))
	text = withoutMentions(text, assistants)
	runes := joined(plain(unspelt(strings.ToLower(text))))
	return runes, len(runes) <= longestText
}

// visible drops what cannot be seen: zero-width and direction marks, variation
// selectors, the frame of 3️⃣.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) || r == '·' || r == '•' {
			return -1
		}
		return r
	}, text)
}

// withoutMentions drops mentions of the assistant and of everybody; of other
// mentions the name remains, for they say whose figures are asked for.
func withoutMentions(text string, assistants []string) string {
	if !strings.Contains(text, "@") && !strings.Contains(text, "<at") {
		return text
	}
	text = atTag.ReplaceAllString(text, " @$1 ")
	text = atNobody.ReplaceAllString(text, " ")
	return atSomeone.ReplaceAllStringFunc(text, func(mention string) string {
		for _, name := range assistants {
			if _, rest, ok := strings.Cut(strings.ToLower(mention), name); ok {
				return " " + rest
			}
		}
		return mention[1:] + " "
	})
}

func plain(text string) []rune {
	forms := simplified()
	runes := make([]rune, 0, len(text)/2)
	for _, r := range text {
		r = unicode.ToLower(r)
		if s, ok := forms[r]; ok {
			r = s
		}
		switch {
		case unicode.IsSpace(r):
			r = space
		case r == '#':
			r = '号' // 3#网格
		case r == '—' || r == '–' || r == '_':
			r = '-'
		case r != '-' && r != '/' && r != '.' && r != '%' && r != '〇' && !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = comma
		}
		runes = append(runes, r)
	}
	return runes
}

// joined removes the spaces between Chinese characters, which phones insert as
// they like, and makes commas of signs that do not join digits or letters.
func joined(runes []rune) []rune {
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		last := rune(0)
		if len(out) > 0 {
			last = out[len(out)-1]
		}
		between := isLatin(last) && isLatin(next)
		switch {
		case r == '-' || r == '/' || r == '.':
			if !between {
				r = comma
			}
		case r == space && !between:
			continue
		}
		if r == comma && (last == comma || last == 0) {
			continue
		}
		out = append(out, r)
	}
	if n := len(out); n > 0 && out[n-1] == comma {
		out = out[:n-1]
	}
	return out
}

// isLatin reports whether r is a letter or digit as in NXS-03.
func isLatin(r rune) bool { return isDigit(r) || 'a' <= r && r <= 'z' }

// canonical is [normalise] for names out of the directory and the phrase book.
func canonical(name string) string {
	return string(joined(plain(norm.NFKC.String(visible(name)))))
}
