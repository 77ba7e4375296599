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

var seed = flag.Uint64("seed", 1, "of what goes wrong in the random test")

// What may go wrong with a message; the zero Fault is that nothing does. The
// last two are only for a process that is killed: others would wait for long.
var troubles = []stage.Fault{
	{}, {}, {}, {},
	{Status: 502}, {Status: 503}, {Code: 230020}, {Code: 2200}, {Code: 230049}, {Code: 99991663},
	{Code: 99991400, Status: 429}, {Cut: true}, {Cut: true}, {AnswerAfter: 20 * time.Millisecond},
	{Hang: true}, {AnswerAfter: time.Hour},
}

const troublesOfTheLiving = 14

// storm is a house in which things go wrong by the seed.
type storm struct {
	*house
	rand                  *rand.Rand
	deliveries, questions int
}

func (s *storm) group(i int) string { return fmt.Sprintf("oc_%d", i) }

// work brings deliveries and questions.
func (s *storm) work(n int) {
	j := s.process()
	for range n {
		if s.rand.IntN(2) == 0 {
			s.plan(j, store.Delivery{Receiver: s.group(s.deliveries)})
			s.deliveries++
		} else {
			s.take(j, s.asked(s.questions))
			s.questions++
		}
	}
}

func (s *storm) trouble(calls int, of []stage.Fault) {
	for range calls {
		s.stage.FailNext(1, of[s.rand.IntN(len(of))])
	}
}

// killed is a process that is killed at work.
func (s *storm) killed() {
	s.rescue()
	s.trouble(30, troubles)
	s.work(12)
	c := s.spawn()
	s.calls(1 + s.rand.IntN(8))
	c.kill()
}

// stopped are two processes of which one is stopped at work, then the other.
func (s *storm) stopped() {
	s.rescue()
	s.trouble(30, troubles[:troublesOfTheLiving])
	s.work(6)
	first, second := s.start(s.process()), s.start(s.process())
	s.work(6)
	s.calls(1 + s.rand.IntN(6))
	s.stop(first)
	s.stop(second)
}

// rescue is what a process does that comes after the others.
func (s *storm) rescue() {
	s.stage.Heal()
	s.forgetCalls()
	if err := s.process().RescueOrphans(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func TestWhateverGoesWrongNothingIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	t.Logf("-seed %d", *seed)
	const groups = 100
	s := &storm{rand: rand.New(rand.NewPCG(*seed, 0)), house: newHouse(t, func(o *stage.Options) {
		o.NoLimits = true
		for i := range groups {
			o.Groups = append(o.Groups, stage.Group{ChatID: fmt.Sprintf("oc_%d", i), Name: fmt.Sprintf("群%d", i)})
		}
	})}
	for range 3 {
		s.killed()
		s.stopped()
	}
	s.stage.Heal()
	s.trouble(10, troubles[:troublesOfTheLiving])
	s.survive()

	want, got := map[string]int{}, map[string]int{}
	for i := range s.deliveries {
		want[s.group(i)] = 1
	}
	for i := range s.questions {
		want[fmt.Sprintf("问题%d", i)] = 1
	}
	for i := range groups {
		if n := s.sentIn(s.group(i)); n > 0 {
			got[s.group(i)] = n
		}
	}
	for _, m := range s.stage.Sent("oc_in") {
		got[title(t, m.Content)]++
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages at the platform (-want +got):\n%s", diff)
	}
	if n := s.count(`select count(*) from deliveries where state <> 'sent'`); n != 0 {
		t.Errorf("%d of %d deliveries are not recorded as sent", n, s.deliveries)
	}
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
