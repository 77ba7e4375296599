package jobs

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/store"
)

// revise plans another card for a group's delivery.
func (h *house) revise(j *Jobs, chat, title string) {
	h.t.Helper()
	err := pgx.BeginFunc(h.t.Context(), h.store.Pool(), func(tx pgx.Tx) error {
		return j.Revise(h.t.Context(), tx, "evening:"+chat, today, cardOf(title))
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestACardIsReplacedWhereItStands(t *testing.T) {
	for name, fault := range map[string]*stage.Fault{
		"at once":                    nil,
		"after the gateway was busy": {Status: 502},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			j := h.start(h.process())
			h.plan(j, store.Delivery{Receiver: "oc_in"})
			h.settle()
			if fault != nil {
				h.stage.FailNext(1, *fault)
			}
			h.revise(j, "oc_in", "都补齐了")
			h.settle()
			sent := h.stage.Sent("oc_in")
			if len(sent) != 1 || !strings.Contains(sent[0].Content, "都补齐了") {
				t.Errorf("%d messages, the first %+v", len(sent), sent)
			}
		})
	}
}

func TestWhatWasNotDeliveredIsNotReplaced(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	j := h.start(h.process())
	h.plan(j, store.Delivery{Receiver: "oc_in", State: store.DeliverySkipped})
	h.revise(j, "oc_in", "都补齐了")
	h.revise(j, "oc_nowhere", "都补齐了")
	h.settle()
	if n := h.count(`select count(*) from river_job where kind = 'revision' and state = 'completed'`); n != 2 || h.sentIn("oc_in") != 0 {
		t.Errorf("%d jobs done, %d messages", n, h.sentIn("oc_in"))
	}
}

func TestACardThatIsOldNewsReplacesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	early := h.process()
	h.plan(early, store.Delivery{Receiver: "oc_in"})
	h.start(early)
	h.settle()
	h.stop(early)
	h.revise(early, "oc_in", "都补齐了")
	h.start(h.process(func(d *Deps) { d.Now = func() time.Time { return now.Add(staleAfter + time.Minute) } }))
	h.settle()
	if sent := h.stage.Sent("oc_in"); strings.Contains(sent[0].Content, "都补齐了") {
		t.Error("it was replaced")
	}
}
