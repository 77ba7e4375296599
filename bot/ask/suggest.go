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
	grids  []string // names of the grids that may be meant
}

const mostSuggestions = 3

// offered are the questions most asked, for texts that say little.
var offered = []Meaning{MyScore, Shortfall, Ranking, Help}

// suggestions are the questions nearest to a guess, as texts that are read surely.
func (r *Reader) suggestions(g guess, c Context) []string {
	c.Last = nil
	period := spoken(g.Period, calendar.DateOf(c.Now))
	var texts []string
	offerText := func(text string) {
		if len(texts) == mostSuggestions || slices.Contains(texts, text) {
			return
		}
		if q, _ := r.understand(text, c); q.Sure {
			texts = append(texts, text)
		}
	}
	offer := func(meaning Meaning, name, period string) {
		if meaning != ScoreOfGrid || name != "" {
			offerText(strings.NewReplacer("{name}", name, "{period}", period).Replace(r.book.suggest[meaning]))
		}
	}
	for _, text := range g.respelt(c.Directory) {
		offerText(text)
	}
	for _, grid := range g.grids {
		offer(ScoreOfGrid, grid, period)
	}
	if g.Meaning != Unknown && g.Meaning != "" {
		offer(g.Meaning, c.Directory.spokenName(g.Question), period)
	}
	for _, meaning := range offered {
		offer(meaning, "", period)
	}
	return texts
}

// spokenName is how the grid, person or community of a question is said.
func (d *Directory) spokenName(q Question) string {
	switch {
	case q.Person != "":
		return q.Person
	case q.Grid != "":
		return q.Grid
	}
	return q.Community
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
