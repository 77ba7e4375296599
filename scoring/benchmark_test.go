package scoring_test

import (
	"encoding/json"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
)

// BenchmarkEvaluate judges a full month again and again on one core. Beside
// grid-months/s it reports how many times longer encoding/json takes to write
// the same facts: a figure that holds on any machine.
func BenchmarkEvaluate(b *testing.B) {
	rules, facts := scoring.Default(), busyMonth()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scoring.Evaluate(rules, facts); err != nil {
			b.Fatal(err)
		}
	}
	yardstick := timeOf(func() error { _, err := json.Marshal(facts); return err })
	one := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(1/one.Seconds(), "grid-months/s")
	b.ReportMetric(float64(yardstick)/float64(one), "marshals")
}

// BenchmarkStream is what `gridbot score --facts -` does with a line: decode,
// evaluate, encode.
func BenchmarkStream(b *testing.B) {
	line, err := json.Marshal(busyMonth())
	if err != nil {
		b.Fatal(err)
	}
	rules := scoring.Default()
	documents := scoring.NewDecoder(&endless{text: append(line, '\n')})
	results := json.NewEncoder(io.Discard)
	b.ReportAllocs()
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		facts, err := documents.Decode()
		if err != nil {
			b.Fatal(err)
		}
		result, err := scoring.Evaluate(rules, facts)
		if err := errors.Join(err, results.Encode(result)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "grid-months/s")
}

// busyMonth is a full month in which something of everything went wrong.
func busyMonth() *scoring.Facts {
	f := flawless()
	on(f, "10-14").Km = dec("0.42")
	on(f, "10-20").HazardSitesVisited = 1
	reported(f, "10-22", 1)
	f.Meetings.Late = 1
	f.KeyPersons[2].Visited = 4
	f.Control.WithoutRecord = 1
	f.Households.Complete = 79
	f.Disposal = scoring.Disposal{OnTime: 80, Extended: 4, Overdue: 3, Constrained: 2, Rework: 2, OverdueOpen: 1, InGrid: 80}
	return f
}

// timeOf is the time of one call, measured over a fifth of a second.
func timeOf(call func() error) time.Duration {
	start, n := time.Now(), 0
	for time.Since(start) < 200*time.Millisecond {
		if err := call(); err != nil {
			panic(err)
		}
		n++
	}
	return time.Since(start) / time.Duration(n)
}

// endless reads the same text over and over.
type endless struct {
	text []byte
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.at == len(e.text) {
		e.at = 0
	}
	n := copy(p, e.text[e.at:])
	e.at += n
	return n, nil
}
