package ask

import (
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// guess is what a text that is not sure may have meant.
type guess struct {
	Question
	text   []rune
	tokens []token
	grids  []string // ids of the grids that may be meant
}

const mostSuggestions = 3

// offered are the questions most asked, for texts that say little.
var offered = []Meaning{MyScore, Shortfall, Ranking, Help}

// suggestions are the questions nearest to a guess, as texts that are read surely
// and that the asker may be told.
func (r *Reader) suggestions(g guess, c Context) []string {
	c.Last = nil
	o := offer{reader: r, context: c, period: g.Period}
	for _, text := range g.respelt(c.Directory) {
		o.text(text)
	}
	for _, grid := range g.grids {
		o.grid(g.Meaning, grid)
	}
	if g.Meaning != Unknown && g.Meaning != "" {
		o.question(g.Meaning, c.Directory.spokenName(g.Question))
		if !g.Meaning.fits(g.Period) {
			o.question(Visits, c.Directory.spokenName(g.Question)) // of that day or week
		}
	}
	for _, meaning := range offered {
		o.question(meaning, "")
	}
	return o.texts
}

// offer collects suggestions.
type offer struct {
	reader  *Reader
	context Context
	period  calendar.Period
	texts   []string
}

// text adds a text unless it is there already, or would not be answered.
func (o *offer) text(text string) {
	if len(o.texts) == mostSuggestions || slices.Contains(o.texts, text) {
		return
	}
	if q, _ := o.reader.understand(text, o.context); q.Sure && o.context.permits(q) {
		o.texts = append(o.texts, text)
	}
}

func (o *offer) question(meaning Meaning, name string) {
	if meaning != ScoreOfGrid || name != "" {
		o.text(strings.NewReplacer("{name}", name, "{period}", o.spoken(meaning)).Replace(o.reader.book.suggest[meaning]))
	}
}

// grid offers the question of one grid; its score where the meaning is of none.
func (o *offer) grid(meaning Meaning, id string) {
	if meaning == MyScore || !slices.Contains(ofGrid, meaning) {
		meaning = ScoreOfGrid
	}
	o.question(meaning, o.context.Directory.spokenName(Question{Grid: id}))
}

// spoken is how the period is said: the month of it where the meaning is kept by
// the month.
func (o *offer) spoken(meaning Meaning) string {
	period := o.period
	if !meaning.fits(period) {
		period = calendar.PeriodOf(calendar.SpanMonth, period.First)
	}
	return spoken(period, calendar.DateOf(o.context.Now))
}

// respelt are the texts with names in place of what nobody knows and sounds like
// them: 张山上月得分 may have meant 张三.
func (g guess) respelt(d *Directory) []string {
	var texts []string
	for i := 0; d != nil && i < len(g.tokens); i++ {
		start := i
		for i < len(g.tokens) && g.tokens[i].unknown() {
			i++
		}
		if start == i {
			continue
		}
		from, to := g.tokens[start].start, g.tokens[i-1].end
		for _, name := range d.bySound[sound(g.text[from:to])] {
			texts = append(texts, string(g.text[:from])+name+string(g.text[to:]))
		}
	}
	return texts
}

// kinds are what stands behind the names of communities and grids.
var kinds = []string{"社区", "村", "网格"}

// stranger is a name in the text that nobody knows: characters without a sense
// before 社区, or behind a family name.
func (g guess) stranger(b *phrasebook) string {
	for i := 0; i < len(g.tokens); i++ {
		start := i
		for i < len(g.tokens) && g.tokens[i].unknown() {
			i++
		}
		if i-start < 2 {
			continue
		}
		from, to := g.tokens[start].start, g.tokens[i-1].end
		if end, ok := after(g.text, to, kinds...); ok {
			return string(g.text[from:end])
		}
		if b.surnames[g.text[from]] && to-from <= longestName {
			return string(g.text[from:to])
		}
	}
	return ""
}
