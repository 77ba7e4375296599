package ask

import (
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// Syllables of a character: each reading without its tone, and folded, so that
// sounds which much of the country does not tell apart are one.
type syllables struct {
	exact  []string // zhang
	folded []string // zan
}

// sounds holds the syllables of every character of the basic plane's main block.
var sounds = sync.OnceValue(func() map[rune]syllables {
	table := make(map[rune]syllables, 21000)
	for code, readings := range pinyin.PinyinDict {
		if r := rune(code); r >= 0x4E00 && r <= 0x9FFF {
			table[r] = syllablesOf(readings)
		}
	}
	return table
})

// rarest is how many readings of a character count: further ones are archaic.
const rarest = 3

func syllablesOf(readings string) syllables {
	var s syllables
	for i, reading := range strings.Split(readings, ",") {
		if i == rarest {
			break
		}
		plain := withoutTone(reading)
		s.exact = append(s.exact, plain)
		s.folded = append(s.folded, fold(plain))
	}
	return s
}

func withoutTone(syllable string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(syllable))
}

var foldings = strings.NewReplacer("zh", "z", "ch", "c", "sh", "s", "ang", "an", "eng", "en", "ing", "in")

// fold makes one of zh and z, ch and c, sh and s, and of -ng and -n.
func fold(syllable string) string { return foldings.Replace(syllable) }

// heard lists the syllables of each character.
func heard(text []rune) []syllables {
	table := sounds()
	list := make([]syllables, len(text))
	for i, r := range text {
		list[i] = table[r]
	}
	return list
}

// pairs yields the folded syllables of the first two characters, in every
// reading of both.
func pairs(heard []syllables) iter.Seq[[2]string] {
	return func(yield func([2]string) bool) {
		if len(heard) < 2 {
			return
		}
		for i, first := range heard[0].folded {
			for j, second := range heard[1].folded {
				again := slices.Contains(heard[0].folded[:i], first) || slices.Contains(heard[1].folded[:j], second)
				if !again && !yield([2]string{first, second}) {
					return
				}
			}
		}
	}
}

// sound is how a name sounds to many ears, by the first reading of each character.
func sound(name []rune) string {
	var b strings.Builder
	for i, s := range heard(name) {
		if len(s.folded) == 0 {
			b.WriteRune(name[i])
			continue
		}
		b.WriteString(s.folded[0] + " ")
	}
	return b.String()
}

// alike says how near two characters sound: 2 the same, 1 the same to many ears, 0 different.
func alike(x, y syllables) int {
	best := 0
	for i, p := range x.exact {
		for j, q := range y.exact {
			if p == q {
				return 2
			}
			if x.folded[i] == y.folded[j] {
				best = 1
			}
		}
	}
	return best
}
