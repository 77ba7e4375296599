package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// platform is the platform's contacts: open_ids by mobile number.
type platform struct {
	ids   map[string]string
	err   error
	calls int
	asked []string
}

func (p *platform) Lookup(_ context.Context, mobiles []string) (map[string]string, error) {
	p.calls++
	if len(mobiles) > 50 {
		return nil, fmt.Errorf("%d numbers in one call", len(mobiles))
	}
	p.asked = append(p.asked, mobiles...)
	found := map[string]string{}
	for _, m := range mobiles {
		if id, ok := p.ids[m]; ok {
			found[m] = id
		}
	}
	return found, p.err
}

// village has 120 people who are in service and not bound, and one who is neither.
func village(t *testing.T) *store.Store {
	t.Helper()
	s := emptyStore(t)
	people := strings.Builder{}
	people.WriteString("姓名,手机号,角色,网格编号,在岗\n")
	for i := range 120 {
		fmt.Fprintf(&people, "人%d,138%08d,网格员,G1,是\n", i, i)
	}
	people.WriteString("离岗人,13900000000,网格员,G1,否")
	importSheets(t, s, sheets{
		sheet.Grids: "网格编号,网格名称,社区,总户数\nG1,一号网格,东社区,300", sheet.People: people.String(),
	}, store.ImportOptions{Now: now})
	return s
}

func hello(openID string) Event {
	return Event{Kind: MessageReceived, OpenID: openID, ChatID: "oc_1", MessageID: "om_1", Private: true, MessageType: "text"}
}

func TestSomebodyNewIsRecognisedByTheirMobileNumber(t *testing.T) {
	records := village(t)
	contacts := &platform{ids: map[string]string{"13800000070": "ou_70", "13800000003": "ou_3"}}
	a := assistantOn(t, records, func(d *Deps) { d.Contacts = contacts })
	reply, err := a.Handle(t.Context(), hello("ou_70"), now)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(reply.Card.Text(), "人70") {
		t.Error(reply.Card.Text())
	}
	if contacts.calls != 2 {
		t.Errorf("%d calls: the second batch of 50 has the answer", contacts.calls)
	}
	if p, err := records.PersonByOpenID(t.Context(), "ou_3"); err != nil || p.Name != "人3" {
		t.Errorf("who was found on the way is not bound: %v, %v", p.Name, err)
	}
}

func TestWhoIsNotFoundIsNotLookedUpAtOnceAgain(t *testing.T) {
	contacts := &platform{ids: map[string]string{"13900000000": "ou_gone"}}
	a := assistantOn(t, village(t), func(d *Deps) { d.Contacts = contacts })
	for _, step := range []struct {
		openID string
		later  time.Duration
		calls  int
	}{
		{"ou_x", 0, 3},
		{"ou_x", 9 * time.Minute, 3},
		{"ou_gone", 9 * time.Minute, 6}, // somebody else
		{"ou_x", 10 * time.Minute, 9},
	} {
		reply, err := a.Handle(t.Context(), hello(step.openID), now.Add(step.later))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(reply.Card.Text(), "请联系街道网格中心") {
			t.Error(reply.Card.Text())
		}
		if contacts.calls != step.calls {
			t.Errorf("after %s: %d calls, want %d", step.later, contacts.calls, step.calls)
		}
	}
	for _, mobile := range contacts.asked {
		if mobile == "13900000000" {
			t.Error("somebody who is not in service was looked up")
		}
	}
}

func TestAPlatformThatDoesNotAnswerIsNoReasonNotTo(t *testing.T) {
	contacts := &platform{ids: map[string]string{"13800000007": "ou_7"}, err: errors.New("no scope")}
	var log bytes.Buffer
	a := assistantOn(t, village(t), func(d *Deps) {
		d.Contacts, d.Log = contacts, slog.New(slog.NewTextHandler(&log, nil))
	})
	if said := greeted(t, a, "ou_7", now); !strings.Contains(said, "请联系街道网格中心") {
		t.Error(said)
	}
	if !strings.Contains(log.String(), "no scope") || strings.Contains(log.String(), "138") {
		t.Errorf("the log says: %s", log.String())
	}
	contacts.err = nil
	if said := greeted(t, a, "ou_7", now); !strings.Contains(said, "人7") {
		t.Errorf("once the platform answers: %s", said)
	}
}

// greeted is what the assistant answers to a first word of somebody.
func greeted(t *testing.T, a *Assistant, openID string, at time.Time) string {
	t.Helper()
	reply, err := a.Handle(t.Context(), hello(openID), at)
	if err != nil {
		t.Fatal(err)
	}
	return reply.Card.Text()
}

// farmstead has three people: 甲 and 乙 are in service and bound, 丙 is bound but no
// longer in service.
const farmstead = `姓名,手机号,角色,网格编号,在岗,open_id
甲,13800000001,网格员,G1,是,ou_1
乙,13800000002,网格员,G1,是,ou_2
丙,13800000003,网格员,G1,否,ou_3`

func TestABindingIsKeptAndChecked(t *testing.T) {
	leaves := func(openID string) Event { return Event{Kind: PersonLeft, OpenID: openID} }
	for name, c := range map[string]struct {
		roster string            // rows that the centre adds or changes
		ids    map[string]string // what the platform says by now
		leaves string            // whom it says to have left
		daily  bool              // the daily check comes before somebody writes
		writes string
		want   string // whom the assistant takes them for, "" = nobody
	}{
		"somebody who left is nobody":                              {leaves: "ou_1", writes: "ou_1"},
		"hired again, with a new identity":                         {ids: map[string]string{"13800000001": "ou_9"}, leaves: "ou_1", writes: "ou_9", want: "甲"},
		"hired again, with the same identity":                      {ids: map[string]string{"13800000001": "ou_1"}, leaves: "ou_1", writes: "ou_1", want: "甲"},
		"hired again, and nobody told us that they had left":       {ids: map[string]string{"13800000001": "ou_9"}, writes: "ou_9", want: "甲"},
		"hired again, by another mobile number":                    {roster: "丙,13800000004,网格员,G1,是,", ids: map[string]string{"13800000004": "ou_3"}, writes: "ou_3", want: "丙"},
		"no longer in service":                                     {ids: map[string]string{"13800000003": "ou_3"}, writes: "ou_3"},
		"another mobile number, the old row still there":           {daily: true, roster: "甲新,13800000004,网格员,G1,是,", ids: map[string]string{"13800000004": "ou_1"}, writes: "ou_1", want: "甲新"},
		"whom the platform does not find, the centre bound itself": {writes: "ou_2", want: "乙"},
		"one identity for two, who had it first keeps it":          {daily: true, ids: map[string]string{"13800000001": "ou_1", "13800000002": "ou_1"}, writes: "ou_1", want: "甲"},
	} {
		t.Run(name, func(t *testing.T) {
			records := emptyStore(t)
			importSheets(t, records, sheets{
				sheet.Grids:  "网格编号,网格名称,社区,总户数\nG1,一号网格,东社区,300",
				sheet.People: farmstead + "\n" + c.roster,
			}, store.ImportOptions{Now: now})
			a := assistantOn(t, records, func(d *Deps) { d.Contacts = &platform{ids: c.ids} })
			if c.leaves != "" {
				if _, err := a.Handle(t.Context(), leaves(c.leaves), now); err != nil {
					t.Fatal(err)
				}
			}
			if c.daily {
				if err := a.BindEverybody(t.Context(), now); err != nil {
					t.Fatal(err)
				}
			}
			said := greeted(t, a, c.writes, now)
			if c.want == "" && !strings.Contains(said, "请联系街道网格中心") || !strings.Contains(said, c.want) {
				t.Errorf("taken for somebody else: %s", said)
			}
		})
	}
}

func TestThoseWhoAreBoundAreLookedUpOnceADay(t *testing.T) {
	records := emptyStore(t)
	importSheets(t, records, sheets{
		sheet.Grids: "网格编号,网格名称,社区,总户数\nG1,一号网格,东社区,300", sheet.People: farmstead + "\n丁,13800000004,网格员,G1,是,",
	}, store.ImportOptions{Now: now})
	contacts := &platform{ids: map[string]string{"13800000001": "ou_1"}}
	a := assistantOn(t, records, func(d *Deps) { d.Contacts = contacts })
	for _, step := range []struct {
		later time.Duration
		fails bool
		asked string
	}{
		{0, true, "4 1 2"},
		{time.Hour, false, "4 1 2"},
		{2 * time.Hour, false, "4"},
		{24*time.Hour + 59*time.Minute, false, "4"},
		{25 * time.Hour, false, "4 1 2"},
	} {
		contacts.asked, contacts.err = nil, nil
		if step.fails {
			contacts.err = errors.New("down")
		}
		if err := a.BindEverybody(t.Context(), now.Add(step.later)); (err != nil) != step.fails {
			t.Fatal(err)
		}
		asked := strings.ReplaceAll(strings.Join(contacts.asked, " "), "1380000000", "")
		if asked != step.asked {
			t.Errorf("after %s: asked for %s, want %s", step.later, asked, step.asked)
		}
	}
}
