package ask

import (
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// token is a piece of a text that says something: a word of the phrase book, a
// name, a number with its unit. A token without any of them is a character that
// nobody knows.
type token struct {
	start, end int
	cost       int

	word  *word
	typo  bool // the word only sounds like what is written
	when  *when
	top   int
	place bool // top is one place, not so many: 第三名
	named *named
}

func (t token) unknown() bool {
	return t.word == nil && t.when == nil && t.top == 0 && t.named == nil
}

// The costs by which the likeliest chain is found: few long words rather than
// many short ones, what is written rather than what sounds alike, and anything
// known rather than nothing.
const (
	costName     = 9
	costToken    = 10
	costStem     = 11 // a name without its 社区 or 网格
	costPart     = 13 // some part of a name
	costParticle = 20 // a filler of one character
	costSame     = 25 // a character that sounds the same as the one meant
	costAlike    = 40 // one that sounds the same to many ears
	costUnknown  = 100
)

// longestName is how many characters most names have at most.
const longestName = 3

// chain cuts a text into the cheapest chain of tokens.
func (r *Reader) chain(text []rune, c Context) []token {
	best := make([]token, len(text)+1) // the last token of the cheapest chain to here
	total := make([]int, len(text)+1)
	spoken := heard(text)
	for i := range text {
		try := func(t token) {
			if cost := total[i] + t.cost; best[t.end].end == 0 || cost < total[t.end] {
				t.start = i
				best[t.end], total[t.end] = t, cost
			}
		}
		if text[i] == comma || text[i] == space {
			try(token{end: i + 1, word: pause})
		} else {
			try(token{end: i + 1, cost: costUnknown})
		}
		r.tokensAt(text, spoken, i, c, try)
	}
	var tokens []token
	for i := len(text); i > 0; i = best[i].start {
		tokens = append(tokens, best[i])
	}
	slices.Reverse(tokens)
	return tokens
}

// pause is a comma or space: a filler.
var pause = &word{}

// tokensAt offers every token that begins at text[i].
func (r *Reader) tokensAt(text []rune, heard []syllables, i int, c Context, try func(token)) {
	r.book.wordsAt(text, heard, i, try)
	r.book.topsAt(text, i, try)
	r.book.amountsAt(text, i, try)
	r.book.endingAt(text, i, try)
	datesAt(text, i, calendar.DateOf(c.Now), try)
	numberedGridsAt(text, i, try)
	c.Directory.namesAt(text, i, try)
}

// endingAt offers what makes a question of the text, where it ends with it.
func (b *phrasebook) endingAt(text []rune, i int, try func(token)) {
	if end, ok := after(text, i, b.endings...); ok && end == len(text) && i > 0 {
		try(token{end: end, cost: costParticle, word: pause})
	}
}

// wordsAt offers the words that begin at text[i], and those that sound like what does.
func (b *phrasebook) wordsAt(text []rune, heard []syllables, i int, try func(token)) {
	for n := min(len(text)-i, b.longest[text[i]]); n > 0; n-- {
		if w := b.words[string(text[i:i+n])]; w != nil {
			cost := costToken
			if n == 1 && w.filler() {
				cost = costParticle
			}
			try(token{end: i + n, cost: cost, word: w})
		}
	}
	if partOfPeriod(text, i) {
		return
	}
	surname := b.surnames[text[i]]
	for key := range pairs(heard[i:]) {
		for _, w := range b.bySound[key] {
			if surname && (len(w.text) <= longestName || text[i] != w.text[0]) {
				continue // 王月 is no mistyped 往月, and 任五 no 任务
			}
			if cost, ok := soundsLike(text[i:], heard[i:], w); ok {
				try(token{end: i + len(w.text), cost: costToken + cost, word: w, typo: true})
			}
		}
	}
}

// partOfPeriod reports whether text[i] makes a part of the period before it, and
// so begins no mistyped word: 9月底多少分 is not 9月得多少分.
func partOfPeriod(text []rune, i int) bool {
	return i > 0 && strings.ContainsRune("年月周期季度", text[i-1]) && strings.ContainsRune("底头尾初末旬", text[i])
}

// soundsLike reports whether text begins with something that sounds like the
// word, and what believing so costs. At least one character must be the very
// one, of a longer word half of them; of a short word, and of a period, the
// others must sound the same.
func soundsLike(text []rune, heard []syllables, w *word) (cost int, ok bool) {
	if len(text) < len(w.text) {
		return 0, false
	}
	right := 0
	for i, r := range w.text {
		if text[i] == r {
			right++
			continue
		}
		switch near := alike(heard[i], w.heard[i]); {
		case near == 2:
			cost += costSame
		case near == 1 && len(w.text) > 2 && w.period == nil:
			cost += costAlike
		default:
			return 0, false
		}
	}
	return cost, right > 0 && cost > 0 && 2*right >= len(w.text)-1
}
