package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/bot/stage"
)

// crowd is the members of all grids, some of whom ask at the same time.
type crowd struct {
	platform *stage.Server
	grids    int
	atOnce   int
	next     atomic.Int64
}

// asked is what became of many questions: how long each waited for its answer,
// and all of them together.
type asked struct {
	waits []time.Duration // in order of length
	took  time.Duration
}

// within is the time within which a share of the questions was answered.
func (a asked) within(share float64) time.Duration {
	return a.waits[int(share*float64(len(a.waits)-1))]
}

// ask asks so many questions, and waits for every answer.
func (c *crowd) ask(ctx context.Context, questions int) (asked, error) {
	var a asked
	var mu sync.Mutex
	began := time.Now()
	askers, ctx := errgroup.WithContext(ctx)
	askers.SetLimit(c.atOnce)
	for range questions {
		askers.Go(func() error {
			grid := int(c.next.Add(1))%c.grids + 1
			wait, err := c.askOnce(ctx, grid)
			mu.Lock()
			defer mu.Unlock()
			a.waits = append(a.waits, wait)
			return err
		})
	}
	err := askers.Wait()
	a.took = time.Since(began)
	slices.Sort(a.waits)
	return a, err
}

// benchPatience is how long an answer may take before the measurement is given up.
const benchPatience = time.Minute

func (c *crowd) askOnce(ctx context.Context, grid int) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, benchPatience)
	defer cancel()
	who := c.platform.User(benchOpenID(grid))
	began := time.Now()
	question, err := who.Say(ctx, "我的本月分数")
	if err != nil {
		return 0, fmt.Errorf("bench: %w", err)
	}
	err = c.platform.Wait(ctx, func() bool {
		return slices.ContainsFunc(c.platform.Sent(who.Chat()), func(m stage.Message) bool { return m.ParentID == question })
	})
	if err != nil {
		return 0, fmt.Errorf("bench: no answer within %s: %w", benchPatience, err)
	}
	return time.Since(began), nil
}
