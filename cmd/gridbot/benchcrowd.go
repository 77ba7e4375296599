package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/bot/ask"
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
	if len(a.waits) == 0 {
		return 0
	}
	return a.waits[int(share*float64(len(a.waits)-1))]
}

func (a asked) rate() float64 { return float64(len(a.waits)) / a.took.Seconds() }

// ask has so many questions asked, each as soon as somebody before is answered; or,
// at a rate, so many a second, whatever becomes of those before. Such a question
// counts from when it was due.
func (c *crowd) ask(ctx context.Context, questions int, rate float64) (asked, error) {
	return c.each(ctx, questions, rate, c.question)
}

// press has so many buttons pressed, below answers that are there already.
func (c *crowd) press(ctx context.Context, presses int) (asked, error) {
	return c.each(ctx, presses, 0, c.turn)
}

func (c *crowd) each(ctx context.Context, times int, rate float64, do func(context.Context, *stage.User) error) (asked, error) {
	var a asked
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	if rate == 0 {
		group.SetLimit(c.atOnce)
	}
	began := time.Now()
	for i := 0; i < times && ctx.Err() == nil; i++ {
		due := began
		if rate > 0 {
			due = began.Add(time.Duration(float64(i) / rate * float64(time.Second)))
			time.Sleep(time.Until(due))
		}
		group.Go(func() error {
			if rate == 0 {
				due = time.Now() // there is room
			}
			err := do(ctx, c.platform.User(benchOpenID(int(c.next.Add(1))%c.grids+1)))
			mu.Lock()
			defer mu.Unlock()
			a.waits = append(a.waits, time.Since(due))
			return err
		})
	}
	err := group.Wait()
	a.took = time.Since(began)
	slices.Sort(a.waits)
	return a, err
}

// benchPatience is how long an answer may take before the measurement is given up.
const benchPatience = time.Minute

func (c *crowd) question(ctx context.Context, who *stage.User) error {
	ctx, cancel := context.WithTimeout(ctx, benchPatience)
	defer cancel()
	question, err := who.Say(ctx, "我的本月分数")
	if err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	if err := c.platform.WaitReply(ctx, question); err != nil {
		return fmt.Errorf("bench: no answer within %s: %w", benchPatience, err)
	}
	return nil
}

// turn presses a button of somebody's last answer: it becomes 明细 in place.
func (c *crowd) turn(ctx context.Context, who *stage.User) error {
	sent := c.platform.Sent(who.Chat())
	if len(sent) == 0 {
		return errors.New("bench: press: nobody was answered")
	}
	outcome, err := who.Forge(ctx, sent[len(sent)-1].ID, map[string]any{
		"tag": "button", "value": map[string]any{"do": "ask", "meaning": ask.Deductions, "turn": who.OpenID()},
	})
	if err == nil && !outcome.Updated {
		err = fmt.Errorf("the card stays as it is: %s (%d)", outcome.Toast, outcome.Code)
	}
	if err != nil {
		return fmt.Errorf("bench: press: %w", err)
	}
	return nil
}

// lastCard is an answer that somebody got.
func (c *crowd) lastCard() string {
	for grid := 1; grid <= c.grids; grid++ {
		if sent := c.platform.Sent(c.platform.User(benchOpenID(grid)).Chat()); len(sent) > 0 {
			return sent[len(sent)-1].Content
		}
	}
	return ""
}
