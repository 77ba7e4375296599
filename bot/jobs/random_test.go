package jobs

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/store"
)

var (
	seed   = flag.Uint64("seed", 1, "of what goes wrong in the random test")
	rounds = flag.Int("rounds", 8, "of the random test; hundreds take minutes")
)

// What may go wrong with a message; the zero Fault is that nothing does. The
// last two are only for a process that is killed: others would wait for long.
var troubles = []stage.Fault{
	{}, {}, {}, {},
	{Status: 502}, {Status: 503}, {Code: 230020}, {Code: 2200}, {Code: 230049}, {Code: 99991663},
	{Code: 99991400, Status: 429}, {Cut: true}, {Cut: true}, {AnswerAfter: 20 * time.Millisecond},
	{Hang: true}, {AnswerAfter: time.Hour},
}

const troublesOfTheLiving = 14

// groupsInStorm is few enough for deliveries to wait for each other.
const groupsInStorm = 15

func reminderName(i int) string { return fmt.Sprintf("提醒%d", i) }

// work brings deliveries and questions.
func (s *storm) work(n int) {
	j := s.process()
	for range n {
		if s.rand.IntN(2) == 0 {
			s.take(j, s.asked(s.questions))
			s.questions++
			continue
		}
		name := reminderName(s.deliveries)
		s.plan(j, store.Delivery{
			Key: name, Receiver: fmt.Sprintf("oc_%d", s.rand.IntN(groupsInStorm)), Card: cardOf(name), PlannedAt: s.now(),
		})
		s.deliveries++
	}
}

func (s *storm) trouble(calls int, of []stage.Fault) {
	for range calls {
		s.stage.FailNext(1, of[s.rand.IntN(len(of))])
	}
}

// killed is a process that is killed at work.
func (s *storm) killed() {
	s.trouble(30, troubles)
	s.work(12)
	c := s.spawn(fmt.Sprintf("%s=%d", childClock, s.ahead.Load()))
	s.calls(1 + s.rand.IntN(8))
	c.kill()
}

// struck are several processes. In the middle of their work disaster strikes,
// and they are stopped one after the other.
func (s *storm) struck(processes int) {
	s.trouble(30, troubles[:troublesOfTheLiving])
	s.work(6)
	var running []*Jobs
	for range processes {
		running = append(running, s.start(s.worker()))
	}
	s.work(12)
	s.calls(1 + s.rand.IntN(4))
	disasters := []func(){
		func() { s.stop(s.leaderOf(running)) }, s.emptyRedis, s.stopRedis, s.cutPostgres, s.jump, func() {},
	}
	disasters[s.rand.IntN(len(disasters))]()
	s.work(6)
	s.calls(1 + s.rand.IntN(4))
	s.rand.Shuffle(len(running), func(i, k int) { running[i], running[k] = running[k], running[i] })
	for _, j := range running {
		s.stop(j)
	}
}

func TestWhateverGoesWrongNothingIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	t.Logf("-seed %d -rounds %d", *seed, *rounds)
	s := newStorm(t, rand.New(rand.NewPCG(*seed, 0)))
	for range *rounds {
		s.rescue()
		[]func(){s.killed, func() { s.struck(2) }, func() { s.struck(5) }}[s.rand.IntN(3)]()
	}
	s.rescue()
	s.trouble(10, troubles[:troublesOfTheLiving])
	s.start(s.worker())
	s.settle()

	want, got := map[string]int{}, map[string]int{}
	for i := range s.deliveries {
		want[reminderName(i)] = 1
	}
	for i := range s.questions {
		want[fmt.Sprintf("问题%d", i)] = 1
	}
	for _, g := range append(groupsOf(groupsInStorm), stage.Group{ChatID: "oc_in"}) {
		for _, m := range s.stage.Sent(g.ChatID) {
			got[title(t, m.Content)]++
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages at the platform (-want +got):\n%s", diff)
	}
	if n := s.count(`select count(*) from deliveries where state <> 'sent'`); n != 0 {
		t.Errorf("%d of %d deliveries are not recorded as sent", n, s.deliveries)
	}
	t.Logf("%d deliveries, %d questions", s.deliveries, s.questions)
}

// title is what stands in the header of a card.
func title(t *testing.T, content string) string {
	t.Helper()
	var drawn struct {
		Header struct{ Title struct{ Content string } }
	}
	if err := json.Unmarshal([]byte(content), &drawn); err != nil {
		t.Fatal(err)
	}
	return drawn.Header.Title.Content
}
