package sheet

// lineSource reads the lines of a file: the number of each as a spreadsheet shows
// it, and its cells, which are valid until the next.
type lineSource func(columns []Column, yield func(row int, cells []string) bool) error

// How far a file is read ahead.
const (
	batchLines   = 256
	batchBytes   = 256 << 10 // or as many lines as have so much text
	batchesAhead = 4
)

// ahead reads the lines in a goroutine of its own, somewhat ahead of who takes
// them: splitting a file and understanding its cells are about the same work.
func ahead(lines lineSource) lineSource {
	return func(columns []Column, yield func(int, []string) bool) error {
		r := &reader{full: make(chan *batch, batchesAhead), used: make(chan *batch, batchesAhead+2), stop: make(chan struct{})}
		go r.read(lines, columns)
		defer func() { // and wait for its end
			close(r.stop)
			for range r.full {
			}
		}()
		for b := range r.full {
			if !b.each(yield) {
				return nil
			}
			r.used <- b
		}
		return r.err
	}
}

// reader reads ahead. The batches go round.
type reader struct {
	full, used chan *batch
	stop       chan struct{}
	err        error // valid once full is closed
}

func (r *reader) read(lines lineSource, columns []Column) {
	defer close(r.full)
	b := &batch{}
	r.err = lines(columns, func(number int, cells []string) bool {
		b.add(number, cells)
		if len(b.numbers) < batchLines && b.bytes < batchBytes {
			return true
		}
		if !r.send(b) {
			return false
		}
		b = r.next()
		return true
	})
	r.send(b)
}

func (r *reader) send(b *batch) bool {
	select {
	case r.full <- b:
		return true
	case <-r.stop:
		return false
	}
}

// next is an empty batch, an old one if there is one.
func (r *reader) next() *batch {
	select {
	case b := <-r.used:
		b.numbers, b.ends, b.bytes = b.numbers[:0], b.ends[:0], 0
		clear(b.cells)
		b.cells = b.cells[:0]
		return b
	default:
		return &batch{}
	}
}

// batch is some lines.
type batch struct {
	numbers []int
	cells   []string // of all lines
	ends    []int    // where those of each end
	bytes   int
}

func (b *batch) add(number int, cells []string) {
	b.numbers = append(b.numbers, number)
	b.cells = append(b.cells, cells...)
	b.ends = append(b.ends, len(b.cells))
	for _, c := range cells {
		b.bytes += len(c)
	}
}

func (b *batch) each(yield func(int, []string) bool) bool {
	start := 0
	for i, end := range b.ends {
		if !yield(b.numbers[i], b.cells[start:end]) {
			return false
		}
		start = end
	}
	return true
}
