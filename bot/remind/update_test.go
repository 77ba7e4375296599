package remind_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/bot/stage/cardcheck"
)

// eveningAndUpdates is the evening as it usually is.
func eveningAndUpdates() remind.Schedule {
	s := evenings(16*time.Hour + 40*time.Minute)
	rule := s.Street[remind.Evening]
	rule.Again = []time.Duration{18*time.Hour + 10*time.Minute, 19*time.Hour + 50*time.Minute}
	s.Street[remind.Evening] = rule
	return s
}

// revised are the cards that took the place of others.
func (w *world) revised() []string { return *w.Queue.(ledger).revised }

func TestTheGroupsCardsAreBroughtUpToDate(t *testing.T) {
	w := newWorld(t, walked(t), records(short))
	w.Schedule = eveningAndUpdates()
	w.tick(t, clock(16, 39), clock(16, 40))
	w.take(t, records(map[string]work{"E1": done, "E2": done, "E3": {4, 0, "1", 4}, "W1": done}))
	w.tick(t, clock(18, 9), clock(18, 10), clock(18, 11))
	revised := w.revised()
	if len(revised) != 2 { // the east's and the street's
		t.Fatalf("%d cards: %v", len(revised), revised)
	}
	for i, chat := range []string{"oc_east", "oc_street"} {
		key, raw, _ := strings.Cut(revised[i], " ")
		if want := "evening:2026-11-23:chat:" + chat; key != want {
			t.Errorf("%s, want %s", key, want)
		}
		if !strings.Contains(raw, "18:10 更新") || strings.Contains(raw, "二号网格") || !strings.Contains(raw, "三号网格") {
			t.Errorf("%s: %s", chat, raw)
		}
		if wrong := cardcheck.Check(json.RawMessage(raw), cardcheck.Directory{}); wrong != nil {
			t.Errorf("%s is refused: %s", chat, wrong)
		}
	}
	w.tick(t, clock(19, 49), clock(19, 51))
	if revised := w.revised(); len(revised) != 4 || !strings.Contains(revised[2], "19:50 更新") {
		t.Errorf("%d cards in the end", len(revised))
	}
	if due := w.due(t, clock(18, 10)); texts(due) != texts(w.at(t, clock(18, 10), remind.Evening)) {
		t.Error("an update is sent")
	}
}

func TestWhatNobodyWasToldIsNotBroughtUpToDate(t *testing.T) {
	w := newWorld(t, walked(t), records(short))
	w.Schedule = eveningAndUpdates()
	for name, ticks := range map[string][]time.Time{
		"there was no evening": {clock(18, 0), clock(18, 10)},
		"a day off":            {clock(18, 0, 5), clock(18, 10, 5)},
		"at night":             {clock(19, 40, 1), clock(20, 5, 1)},
	} {
		w.tick(t, ticks...)
		if revised := w.revised(); len(revised) > 0 {
			t.Errorf("%s: %v", name, revised)
		}
	}
}

func TestCardsThatAreNotNeededAnyMoreSaySo(t *testing.T) {
	w := newWorld(t)
	w.Schedule = eveningAndUpdates()
	many := crowd{w.store, 60} // two cards
	w.Records, w.Results = many, many
	w.tick(t, clock(16, 39), clock(16, 40))
	few := crowd{w.store, 20}
	w.Records, w.Results = few, few
	w.tick(t, clock(18, 10))
	if revised := w.revised(); len(revised) != 2 || !strings.Contains(revised[1], "都补齐了") {
		t.Errorf("%d cards: %v", len(revised), revised)
	}
	more := crowd{w.store, 120} // three would be needed
	w.Records, w.Results = more, more
	w.tick(t, clock(19, 50))
	if revised := w.revised(); len(revised) != 2 {
		t.Errorf("%d cards: some were cut", len(revised))
	}
}
