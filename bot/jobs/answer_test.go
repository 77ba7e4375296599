package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/feishu"
	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/store"
)

func TestWhatThePlatformSaysTwiceIsAnsweredOnce(t *testing.T) {
	for name, twist := range map[string]stage.Twist{
		"the same event again":                      {Again: 3},
		"the same message under another event's id": {AgainAsNew: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			j := h.start(h.process())
			client := feishu.NewClient(h.app, time.Now)
			t.Cleanup(client.Close)
			door := httptest.NewServer(feishu.NewHandler(h.app, client.Me, j, j, time.Now, j.Log))
			t.Cleanup(door.Close)
			h.stage.SetBotURL(door.URL)
			h.stage.TwistNext(1, twist)
			if _, err := h.stage.User("张三").Say(t.Context(), "我的分数"); err != nil {
				t.Fatal(err)
			}
			h.until("the question is answered", func() bool { return h.sentTo("ou_zhang") == 1 })
			h.settle()
			if pushes := len(h.stage.Pushes()); pushes < 2 {
				t.Fatalf("the platform spoke %d times: nothing is tested", pushes)
			}
			if sent, jobs := h.sentTo("ou_zhang"), h.count(`select count(*) from river_job where kind = 'event'`); sent != 1 || jobs != 1 {
				t.Errorf("thought about %d times, answered %d times", jobs, sent)
			}
		})
	}
}

// sentTo counts the messages that reached somebody in private.
func (h *house) sentTo(openID string) int { return len(h.stage.Sent(h.stage.User(openID).Chat())) }

// sentIn counts the messages that reached a group.
func (h *house) sentIn(chat string) int { return len(h.stage.Sent(chat)) }

func TestAnEventTakenByManyAtOnceIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first, second := h.start(h.process()), h.start(h.process())
	event := h.asked(1)
	var doors sync.WaitGroup
	for i := range 8 {
		doors.Go(func() {
			if err := []*Jobs{first, second}[i%2].Take(t.Context(), event); err != nil {
				t.Error(err)
			}
		})
	}
	doors.Wait()
	h.settle()
	if sent := h.sentIn("oc_in"); sent != 1 {
		t.Errorf("answered %d times", sent)
	}
}

func TestAPressIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.start(h.process())
	press := bot.Press{ID: "press-1", OpenID: "ou_zhang"}
	for _, want := range []string{"已私信发给您", ""} {
		answer, err := j.Press(t.Context(), press)
		if err != nil || answer.Toast != want {
			t.Errorf("toast %q, want %q; %v", answer.Toast, want, err)
		}
	}
	h.settle()
	if sent := h.sentTo("ou_zhang"); sent != 1 {
		t.Errorf("%d messages", sent)
	}
}

func TestAnAnswerFindsItsWayThroughTrouble(t *testing.T) {
	for name, fault := range map[string]stage.Fault{
		"the gateway is busy":                         {Status: 502},
		"the platform has an internal error":          {Code: 2200},
		"too many messages to one group":              {Code: 230020},
		"the first request is still being worked on":  {Code: 230049},
		"the token is refused":                        {Code: 99991663},
		"the line breaks after the message was taken": {Cut: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			j := h.start(h.process())
			h.stage.FailNext(2, fault)
			h.take(j, h.asked(1))
			h.settle()
			if sent := h.sentIn("oc_in"); sent != 1 {
				t.Errorf("answered %d times", sent)
			}
		})
	}
}

func TestAnEventDecidedTwiceIsOneMessageToThePlatform(t *testing.T) {
	reply := &bot.Reply{Card: card.Card{Title: "答"}, OpenID: "ou_zhang"}
	for name, event := range map[string]bot.Event{
		"a message": {ID: "event-1", MessageID: "om_1"},
		"a menu":    {ID: "event-1"},
	} {
		first, err := messageOf(reply, event)
		again, errAgain := messageOf(reply, event)
		if err != nil || errAgain != nil || first.UUID == "" || first.UUID != again.UUID {
			t.Errorf("%s: %q and %q; %v", name, first.UUID, again.UUID, errors.Join(err, errAgain))
		}
	}
}

// doubtful fails the first times it is asked.
type doubtful struct {
	echo
	failures atomic.Int32
}

func (d *doubtful) Handle(ctx context.Context, event bot.Event, at time.Time) (*bot.Reply, error) {
	if d.failures.Add(-1) >= 0 {
		return nil, errors.New("the database does not answer")
	}
	return d.echo.Handle(ctx, event, at)
}

func TestAQuestionThatCouldNotBeDecidedIsDecidedLater(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	d := &doubtful{}
	d.failures.Store(2)
	j := h.start(h.process(func(deps *Deps) { deps.Conversation = d }))
	h.take(j, h.asked(1))
	h.settle()
	if sent := h.sentIn("oc_in"); sent != 1 {
		t.Errorf("answered %d times", sent)
	}
}

func TestSilenceIsAnAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.start(h.process())
	h.take(j, bot.Event{ID: "event-1", Kind: bot.PersonLeft, OpenID: "ou_zhang"})
	h.settle()
	if n := h.count(`select count(*) from river_job where kind = 'message'`); n != 0 {
		t.Errorf("%d messages", n)
	}
}

func TestAnAnswerThatNobodyCanTakeIsGivenUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.start(h.process())
	h.bind("oc_in")
	for i, fault := range []stage.Fault{
		{Code: 230011}, // recalled
		{Code: 230002}, // no longer in the group
		{Code: 230099, Message: "Failed to create card content, ext=ErrCode: 200621; "},
	} {
		h.stage.FailNext(1, fault)
		h.take(j, h.asked(i))
		h.settle()
	}
	if calls := h.count(`select count(*) from river_job where kind = 'event' and attempt = 1`); calls != 3 {
		t.Errorf("%d answers were tried once, want all 3", calls)
	}
	if sent := h.sentIn("oc_in"); sent != 0 {
		t.Errorf("answered %d times", sent)
	}
}

func TestAnAnswerOfUnknownFateIsNotRepeatedAfterAnHour(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.process()
	args := MessageArgs{ChatID: "oc_in", Card: cardOf("答"), UUID: "u"}
	for range 2 {
		if _, err := j.client.Insert(t.Context(), args, nil); err != nil {
			t.Fatal(err)
		}
	}
	// The first was tried an hour ago by a process that did not survive it; the
	// second has only waited.
	h.exec(`update river_job set created_at = now() - interval '1 hour'`)
	h.exec(`update river_job set attempt = 1 where id = (select min(id) from river_job)`)
	h.start(j)
	h.settle()
	if sent := h.sentIn("oc_in"); sent != 1 {
		t.Errorf("%d messages, want the second alone", sent)
	}
	if n := h.count(`select count(*) from river_job where state = 'cancelled'`); n != 1 {
		t.Errorf("%d given up", n)
	}
}

// gate lets answers through and holds deliveries back until it is opened.
type gate struct {
	Platform
	waiting chan struct{} // one for each that waits
	open    chan struct{} // closed
}

func (g *gate) Send(ctx context.Context, receiverType, receiver string, card json.RawMessage, uuid string) (string, error) {
	g.waiting <- struct{}{}
	select {
	case <-g.open:
	case <-ctx.Done():
	}
	return g.Platform.Send(ctx, receiverType, receiver, card, uuid)
}

func TestAMessageThatIsBrokenOffCountsAsTried(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := &messenger{jobs: h.process()}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	job := &river.Job[MessageArgs]{JobRow: &rivertype.JobRow{Attempt: 1}, Args: MessageArgs{ChatID: "oc_in", Card: cardOf("答")}}
	if err := w.Work(ctx, job); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("the queue would take it as never tried: %v", err)
	}
}

func TestAnswersDoNotWaitBehindDeliveries(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	g := &gate{waiting: make(chan struct{}, 100), open: make(chan struct{})}
	j := h.process(func(d *Deps) { g.Platform, d.Platform = d.Platform, g })
	for i := range 40 {
		h.plan(j, store.Delivery{Receiver: fmt.Sprintf("oc_%d", i)})
	}
	h.start(j)
	for range 16 { // as many as work at once
		<-g.waiting
	}
	h.take(j, h.asked(1))
	h.until("the question is answered", func() bool { return h.sentIn("oc_in") == 1 })
	if tries := h.count(`select sum(tries) from deliveries`); tries != 16 {
		t.Errorf("%d deliveries were tried meanwhile, want those alone that held their workers", tries)
	}
	close(g.open)
}
