package ask

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

//go:embed phrases.yaml
var phrases []byte

// phrasebook is phrases.yaml, ready for reading. It does not change.
type phrasebook struct {
	dialect     *strings.Replacer
	assistants  []string
	words       map[string]*word      // by their text
	bySound     map[[2]string][]*word // by the folded syllables of their first two characters
	longest     map[rune]int          // runes of the longest word, by its first
	best, worst []string              // fronts of 前十 and 后五
	first, last []string              // 冠军 and 垫底
	tails       []string              // 名 of 前十名
	units       []string              // 分 of 扣了5分
	endings     []string              // 不 of 知道不
	surnames    map[rune]bool
	rules       []rule
	suggest     map[Meaning]string
}

// word is a saying of the phrase book. Without any of concept, topic and period
// it asks for nothing: it is a filler.
type word struct {
	text    []rune
	heard   []syllables // of text; nil for words that must be written right
	concept string
	topic   string
	period  *relative
	span    bool // a time in which nothing is kept, such as 上半年
}

func (w *word) filler() bool {
	return w.concept == "" && w.topic == "" && w.period == nil && !w.span
}

// exact reports whether the word must be written right: too short to be known
// again, or like 月报 so that 这个月鲍 would be cut in the middle of a month.
func (w *word) exact() bool {
	shortest := 2
	if w.filler() {
		shortest = 3
	}
	return len(w.text) < shortest || strings.ContainsRune("年季月周日", w.text[0])
}

// relative is a period counted from today.
type relative struct {
	span   string // a calendar.Span, or workday
	offset int
}

const workday = "workday"

// rule gives a meaning to the concepts of a text.
type rule struct {
	means Meaning
	topic string
	top   int        // the one place of a ranking that is meant, 0 for none
	has   [][]string // of each, one
	not   []string   // none
}

func (r rule) holds(concepts map[string]bool) bool {
	named := func(concept string) bool { return concepts[concept] }
	for _, either := range r.has {
		if !slices.ContainsFunc(either, named) {
			return false
		}
	}
	return !slices.ContainsFunc(r.not, named)
}

// build makes the phrase book of its file, or says all that is wrong in it.
func (f *bookFile) build() (*phrasebook, error) {
	b := &phrasebook{words: map[string]*word{}, bySound: map[[2]string][]*word{}, longest: map[rune]int{},
		surnames: map[rune]bool{}, suggest: map[Meaning]string{}}
	b.dialect = f.dialect()
	c := &bookCheck{dialect: b.dialect, lines: map[string]int{}}
	f.addWords(b, c)
	b.assistants = c.texts(f.Assistants)
	b.best, b.worst, b.tails = c.texts(f.Tops.Best), c.texts(f.Tops.Worst), c.texts(f.Tops.Tails)
	b.first, b.last = c.texts(f.Tops.First), c.texts(f.Tops.Last)
	b.units, b.endings = c.texts(f.Units), c.texts(f.Endings)
	for _, r := range f.Surnames {
		b.surnames[r] = r != ' '
	}
	b.rules = c.rules(f)
	for meaning, e := range f.Suggest {
		c.meaning(meaning, e.line)
		b.suggest[Meaning(meaning)] = e.text
	}
	b.index()
	return b, c.err()
}

func (f *bookFile) addWords(b *phrasebook, c *bookCheck) {
	for _, e := range slices.Concat(f.Assistants, f.Fillers) {
		b.add(c, e)
	}
	for concept, entries := range f.Words {
		for _, e := range entries {
			b.add(c, e).concept = concept
		}
	}
	for key, entries := range f.Periods {
		period := c.period(key, entries)
		for _, e := range entries {
			b.add(c, e).period = period
		}
	}
	for _, e := range f.Spans {
		b.add(c, e).span = true
	}
	topical := &bookCheck{dialect: b.dialect, lines: map[string]int{}}
	for topic, entries := range f.Topics {
		topical.topic(topic, entries)
		for _, e := range entries {
			b.topical(topical, e, topic)
		}
	}
	c.problems = append(c.problems, topical.problems...)
}

func (b *phrasebook) add(c *bookCheck, e entry) *word {
	text := c.once(e)
	w := &word{text: []rune(text)}
	b.words[text] = w
	return w
}

// topical gives a word its topic; the word may have a concept besides.
func (b *phrasebook) topical(c *bookCheck, e entry, topic string) {
	text := c.once(e)
	w := b.words[text]
	if w == nil {
		w = &word{text: []rune(text)}
		b.words[text] = w
	}
	w.topic = topic
}

// index prepares the search for words and for those that sound like them.
func (b *phrasebook) index() {
	longestFirst := func(x, y string) int { return len(y) - len(x) }
	for _, list := range [][]string{b.assistants, b.best, b.worst, b.first, b.last, b.tails, b.units} {
		slices.SortFunc(list, longestFirst)
	}
	for text, w := range b.words {
		if text == "" {
			continue
		}
		b.longest[w.text[0]] = max(b.longest[w.text[0]], len(w.text))
		if w.exact() {
			continue
		}
		w.heard = heard(w.text)
		for key := range pairs(w.heard) {
			b.bySound[key] = append(b.bySound[key], w)
		}
	}
	for _, list := range b.bySound { // maps have no order, readings need one
		slices.SortFunc(list, func(x, y *word) int { return slices.Compare(x.text, y.text) })
	}
}

// parseRelative reads "month -1".
func parseRelative(key string) (*relative, error) {
	span, number, _ := strings.Cut(key, " ")
	offset, err := strconv.Atoi(number)
	known := []string{
		string(calendar.SpanDay), string(calendar.SpanWeek), string(calendar.SpanMonth),
		string(calendar.SpanQuarter), string(calendar.SpanYear), workday,
	}
	if err != nil || !slices.Contains(known, span) {
		return nil, fmt.Errorf("%q is no period (day -1, week 0, month -2, …)", key)
	}
	return &relative{span, offset}, nil
}
