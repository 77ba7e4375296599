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
	grids     []string // ids of the grids that may be meant, where several may

	further bool // it asks on from what was said before
	place   bool // one place of a ranking was said: 第三名
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
	today := calendar.DateOf(c.Now)
	for i, t := range tokens {
		switch {
		case t.typo && (tight(tokens, i-1) || tight(tokens, i+1)):
			s.unknown = true
		case t.unknown():
			s.unknown = true
		case t.named != nil:
			names = append(names, t.named)
		case t.when != nil:
			times = closer(times, *t.when)
		case t.top != 0:
			s.open = s.open || s.top != 0 && s.top != t.top
			s.top = t.top
			s.place = s.place || t.place
			s.concepts["top"] = true
		case t.word.period != nil:
			times = closer(times, t.word.period.from(today, c.Workdays))
		case t.word.span:
			times = closer(times, when{none: true})
		case t.word.concept == "onwards":
			times = onwards(times, today)
		case t.word.concept == "same" && len(times) == 0:
			times = []when{{none: true}} // that day: which?
		default:
			s.word(t.word)
		}
	}
	s.times(times, today)
	s.names(names, c)
	return s
}

// tight reports whether a mistyped word beside tokens[i] makes both doubtful: it
// may be more of a longer name, or what is counted. 王芳伟 is not 王芳.
func tight(tokens []token, i int) bool {
	return i >= 0 && i < len(tokens) && (tokens[i].named != nil || tokens[i].top != 0)
}

func (s *statement) word(w *word) {
	for concept := w.concept; concept != ""; concept = parent(concept) {
		s.concepts[concept] = true
	}
	if w.topic == "" {
		return
	}
	s.concepts["topic"] = true
	for topic := w.topic; topic != ""; topic = parent(topic) {
		s.concepts[topic] = true
	}
	if depth(w.topic) > depth(s.topic) {
		s.topic = w.topic
	}
}

// parent is patrol.visits of patrol.visits.daily, and "" of patrol; a concept that
// is said more closely has one too: which of which.who.
func parent(topic string) string {
	return topic[:max(strings.LastIndexByte(topic, '.'), 0)]
}

// Topics that are no clause or section of the Measure.
const (
	topicTotal = "total"
	topicMute  = "mute"
)

// depth ranks topics: a clause says more than its section, that more than the total.
func depth(topic string) int {
	switch {
	case topic == "":
		return 0
	case topic == topicTotal:
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

// onwards makes no period of the last time where it has ended: 9月至今, but not
// 今年至今.
func onwards(times []when, today calendar.Date) []when {
	if n := len(times); n > 0 {
		if p, ok := times[n-1].resolve(today); !ok || p.Last() < today {
			times[n-1] = when{none: true}
		}
	}
	return times
}

func (s *statement) times(times []when, today calendar.Date) {
	for _, w := range times {
		p, ok := w.resolve(today)
		if !ok || !s.period.IsZero() && s.period != p {
			s.noSpan = true
		}
		s.period = p
		s.concepts["period"] = true
		s.concepts["day"] = p.Span == calendar.SpanDay
	}
	if s.noSpan {
		s.period = calendar.Period{}
	}
}
