package ask

import "fmt"

// Reader reads texts. It may be used by many goroutines at once.
type Reader struct{ book *phrasebook }

// New returns a reader of the phrase book. It fails only on a mistake in that book.
func New() (*Reader, error) {
	r, err := newReader(phrases, "phrases.yaml")
	if err != nil {
		return nil, fmt.Errorf("ask: the phrase book: %w", err)
	}
	return r, nil
}

func newReader(phrases []byte, name string) (*Reader, error) {
	book, err := readPhrasebook(phrases, name)
	if err != nil {
		return nil, err
	}
	return &Reader{book}, nil
}

// Read says what a text asks for. It never fails: what it cannot read is [Unknown].
func (r *Reader) Read(text string, c Context) Question {
	q, guess := r.understand(text, c)
	if !q.Sure && q.Topic != topicMute {
		q.Suggestions = r.suggestions(guess, c)
	}
	return q
}

// understand reads a text, and also gives the guess behind a question that is
// not sure, from which suggestions are made.
func (r *Reader) understand(text string, c Context) (Question, guess) {
	runes, ok := normalise(text, r.book.assistants)
	if !ok {
		return Question{Meaning: Unknown}, guess{}
	}
	runes = r.book.standard(runes)
	tokens := r.chain(runes, c)
	c.spoken = c.spokenOf(runes)
	doubtful := c.gridSpokenOf(runes, tokens)
	s := gather(tokens, c)
	s.further, s.open = further(runes), s.open || doubtful
	if s.unknown {
		c.Last = nil // with something unknown said, nobody knows what is left out
	}
	q := r.question(&s, c)
	g := guess{Question: q, text: runes, tokens: tokens, grids: s.grids}
	if s.unknown {
		q = Question{Meaning: Unknown, Topic: q.Topic, Stranger: g.stranger(r.book)}
	}
	return q, g
}
