package ask

import (
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// statement is what a text says, piece by piece, before it is given a meaning.
type statement struct {
	concepts  map[string]bool // those of the words, and the conditions of rules
	topic     string
	period    calendar.Period
	top       int
	person    string
	community string
	grid      string
	grids     []string // names of the grids that may be meant, where several may

	unknown bool // some characters say nothing that is known
	open    bool // something was named that is not known, not there, or said twice
	noSpan  bool // a time was said that is no period
}

func (s *statement) says(concepts ...string) bool {
	return slices.ContainsFunc(concepts, func(c string) bool { return s.concepts[c] })
}

// owned reports whether the text says whose figures it is about.
func (s *statement) owned() bool {
	return s.says("i", "mine", "home", "street", "which", "grid", "person", "community")
}

// gather collects what the tokens of a text say.
func gather(tokens []token, c Context) statement {
	s := statement{concepts: map[string]bool{}}
	var names []*named
	var times []when
	today := calendarDay(c.Now)
	for _, t := range tokens {
		switch {
		case t.unknown():
			s.unknown = true
		case t.named != nil:
			names = append(names, t.named)
		case t.when != nil:
			times = closer(times, *t.when)
		case t.top != 0:
			s.open = s.open || s.top != 0 && s.top != t.top
			s.top = t.top
			s.concepts["top"] = true
		case t.word.period != nil:
			times = closer(times, t.word.period.from(today, c.Workdays))
		case t.word.span:
			times = closer(times, when{none: true})
		default:
			s.word(t.word)
		}
	}
	s.times(times, today)
	s.names(names, c)
	return s
}

func (s *statement) word(w *word) {
	if w.concept != "" {
		s.concepts[w.concept] = true
	}
	if w.topic == "" {
		return
	}
	s.concepts["topic"] = true
	for topic := w.topic; topic != ""; topic, _, _ = cutLast(topic) {
		s.concepts[topic] = true
	}
	if depth(w.topic) > depth(s.topic) {
		s.topic = w.topic
	}
}

// cutLast cuts patrol.visits.daily into patrol.visits and daily.
func cutLast(topic string) (front, last string, found bool) {
	i := strings.LastIndexByte(topic, '.')
	if i < 0 {
		return "", topic, false
	}
	return topic[:i], topic[i+1:], true
}

// depth ranks topics: a clause says more than its section, that more than the total.
func depth(topic string) int {
	switch {
	case topic == "":
		return 0
	case topic == "total":
		return 1
	case !strings.Contains(topic, "."):
		return 2
	}
	return 3
}

// closer adds a time to those before it, or says the last of them more closely.
func closer(times []when, w when) []when {
	if n := len(times); n > 0 {
		if merged, ok := times[n-1].with(w); ok {
			times[n-1] = merged
			return times
		}
	}
	return append(times, w)
}

func (s *statement) times(times []when, today calendar.Date) {
	for _, w := range times {
		p, ok := w.resolve(today)
		if !ok || !s.period.IsZero() && s.period != p {
			s.noSpan = true
		}
		s.period = p
		s.concepts["period"] = true
	}
	if s.noSpan {
		s.period = calendar.Period{}
	}
}

// names finds out whom the names mean: a community first, for it says which of
// several grids or people is meant.
func (s *statement) names(names []*named, c Context) {
	for _, n := range names {
		if n.community != "" {
			s.open = s.open || s.community != "" && s.community != n.community
			s.community = n.community
			s.concepts["community"] = true
		}
	}
	for _, n := range names {
		switch {
		case n.person != "":
			s.open = s.open || s.person != "" && s.person != n.person
			s.person = n.person
			s.concepts["person"] = true
			s.livesIn(c.Directory)
		case n.community == "":
			s.concepts["grid"] = true
			s.nameGrid(n, c.Directory)
		}
	}
}

// livesIn sets the grid of the person, where only one can be meant.
func (s *statement) livesIn(d *Directory) {
	var grids []string
	for _, p := range d.people[s.person] {
		if s.community == "" || s.community == d.communityOf(p.GridID) {
			grids = append(grids, p.GridID)
		}
	}
	switch {
	case len(grids) == 0:
		s.open = true
	case len(grids) == 1 && grids[0] != "":
		s.setGrid(grids[0])
	}
}

func (s *statement) nameGrid(n *named, d *Directory) {
	if d == nil {
		s.open = true
		return
	}
	found := d.gridsOf(n, s.community)
	if len(found) == 1 {
		s.setGrid(d.grids[found[0]].ID)
		return
	}
	s.open = true
	for _, i := range found {
		s.grids = append(s.grids, d.grids[i].Name)
	}
}

func (s *statement) setGrid(id string) {
	s.open = s.open || s.grid != "" && s.grid != id
	s.grid = id
}

func (d *Directory) communityOf(grid string) string {
	for _, g := range d.grids {
		if g.ID == grid {
			return g.Community
		}
	}
	return ""
}
