package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"sync"
	"time"
)

// benchPlatform takes every message and remembers of it only when it came, so
// that its own memory says nothing about gridbot's.
type benchPlatform struct {
	server *httptest.Server

	mu      sync.Mutex
	arrived []time.Time
	heaps   []uint64 // bytes in use, after every tenth of the messages
	want    int
	done    chan struct{}
}

// openBenchPlatform opens one that waits for so many messages.
func openBenchPlatform(want int) *benchPlatform {
	p := &benchPlatform{want: want, arrived: make([]time.Time, 0, want), done: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /open-apis/auth/v3/tenant_access_token/internal", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"code":0,"msg":"ok","tenant_access_token":"t-bench","expire":7200}`)
	})
	mux.HandleFunc("POST /open-apis/im/v1/messages", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // what it says does not matter here
		fmt.Fprintf(w, `{"code":0,"msg":"success","data":{"message_id":"om_%d"}}`, p.take(time.Now()))
	})
	p.server = httptest.NewServer(mux)
	return p
}

func (p *benchPlatform) url() string { return p.server.URL }

func (p *benchPlatform) close() { p.server.Close() }

// take counts a message.
func (p *benchPlatform) take(now time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.arrived = append(p.arrived, now)
	n := len(p.arrived)
	if tenth := max(p.want/10, 1); n%tenth == 0 {
		p.heaps = append(p.heaps, heapInUse())
	}
	if n == p.want {
		close(p.done)
	}
	return n
}

func heapInUse() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// receive waits until all messages have come.
func (p *benchPlatform) receive(ctx context.Context) (arrivals, error) {
	select {
	case <-p.done:
	case <-ctx.Done():
		return arrivals{}, fmt.Errorf("bench: not all messages have arrived: %w", ctx.Err())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return arrivals{p.arrived, p.heaps}, nil
}

// arrivals is when messages came, in order, and what memory was in use meanwhile.
type arrivals struct {
	moments []time.Time
	heaps   []uint64
}

// most is how many came within any time of a length.
func (a arrivals) most(length time.Duration) (most int) {
	first := 0
	for i, at := range a.moments {
		for at.Sub(a.moments[first]) >= length {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// figures hold what came against what the platform allows, so many times over.
// The rate leaves out the first fifth: a pace begins with what it may send at once.
func (a arrivals) figures(faster int) []figure {
	took := a.moments[len(a.moments)-1].Sub(a.moments[0])
	steady := a.moments[len(a.moments)/5:]
	allowed := float64(1000*faster) / 60
	rate := float64(len(steady)-1) / steady[len(steady)-1].Sub(steady[0]).Seconds()
	small, large := a.heaps[0], a.heaps[len(a.heaps)-1]
	return []figure{
		{fmt.Sprintf("%d reminders sent in %s", len(a.moments), short(took)), fmt.Sprintf("%.2f /s", rate),
			fmt.Sprintf("%.2f /s", allowed), fmt.Sprintf("%.1f%%", 100*rate/allowed), "≥ " + aimRate},
		bound("  most in a second", a.most(time.Second), 50*faster),
		bound("  most in a minute", a.most(time.Minute), 1000*faster),
		{"  memory after the last tenth : the first", mebibytes(large), mebibytes(small),
			fmt.Sprintf("%.2f×", float64(large)/float64(small)), "≤ " + aimMemory},
		{"  most memory in use meanwhile", mebibytes(slices.Max(a.heaps)), unmeasured, unmeasured, ""},
	}
}

func bound(measure string, got, allowed int) figure {
	return figure{measure, fmt.Sprint(got), fmt.Sprint(allowed), fmt.Sprintf("%.1f%%", 100*float64(got)/float64(allowed)), "≤ 100%"}
}

func mebibytes(n uint64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }
