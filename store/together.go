package store

import (
	"context"
	"sync"
	"time"
)

// together does for many at a time what each asks for alone. While one round is
// under way the next gathers: under load the database is asked, and commits, once
// for many, and without load nobody waits for company.
type together[In, Out any] struct {
	do func(ctx context.Context, ins []In) ([]Out, error) // one result for each, in order

	mu      sync.Mutex
	waiting []*errand[In, Out]
	busy    bool
}

type errand[In, Out any] struct {
	in   In
	out  Out
	err  error
	done chan struct{}
}

const (
	mostTogether = 500
	roundWithin  = 10 * time.Second
)

// ask waits for the round that takes it along. Who gives up before does not know
// what became of it.
func (t *together[In, Out]) ask(ctx context.Context, in In) (Out, error) {
	e := &errand[In, Out]{in: in, done: make(chan struct{})}
	t.mu.Lock()
	t.waiting = append(t.waiting, e)
	idle := !t.busy
	t.busy = true
	t.mu.Unlock()
	if idle {
		go t.work()
	}
	select {
	case <-e.done:
		return e.out, e.err
	case <-ctx.Done():
		var none Out
		return none, ctx.Err()
	}
}

// work makes rounds until nobody waits any more.
func (t *together[In, Out]) work() {
	for {
		t.mu.Lock()
		n := min(len(t.waiting), mostTogether)
		errands := t.waiting[:n:n]
		t.waiting = t.waiting[n:]
		t.busy = n > 0
		t.mu.Unlock()
		if n == 0 {
			return
		}
		t.round(errands)
	}
}

func (t *together[In, Out]) round(errands []*errand[In, Out]) {
	ctx, cancel := context.WithTimeout(context.Background(), roundWithin)
	defer cancel()
	ins := make([]In, len(errands))
	for i, e := range errands {
		ins[i] = e.in
	}
	outs, err := t.do(ctx, ins)
	for i, e := range errands {
		if e.err = err; err == nil {
			e.out = outs[i]
		}
		close(e.done)
	}
}
