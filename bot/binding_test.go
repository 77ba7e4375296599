package bot

import (
	"context"
	"errors"
	"fmt"
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
	a := assistantOn(t, village(t), func(d *Deps) { d.Contacts = &platform{err: errors.New("no scope")} })
	reply, err := a.Handle(t.Context(), hello("ou_x"), now)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(reply.Card.Text(), "请联系街道网格中心") {
		t.Error(reply.Card.Text())
	}
}
