package ask

// Reader reads texts. It may be used by many goroutines at once.
type Reader struct{}

// New returns a reader of the phrase book. It fails only on a mistake in that book.
func New() (*Reader, error) { return &Reader{}, nil }

// Read says what a text asks for. It never fails: what it cannot read is [Unknown].
func (r *Reader) Read(text string, c Context) Question { return Question{Meaning: Unknown} }
