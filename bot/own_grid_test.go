package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// said is the text of the answer to somebody's message in private.
func said(t *testing.T, a *Assistant, openID, text string, when time.Time) string {
	t.Helper()
	reply, err := a.Handle(t.Context(), Event{
		Kind: MessageReceived, OpenID: openID, ChatID: "oc_1", MessageID: "om_1", Private: true, MessageType: "text", Text: text,
	}, when)
	if err != nil {
		t.Fatal(err)
	}
	return reply.Card.Text()
}

func TestWhichOfTwoGridsIsAskedOnce(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	if text := said(t, a, "ou_both", "我的分数", now); !strings.HasPrefix(text, "【您要看哪个网格？】") {
		t.Fatalf("it is not asked: %s", text)
	}
	q, err := a.asking(t.Context(), personOf(t, records, "双格长"), false, now)
	if err != nil {
		t.Fatal(err)
	}
	q.Meaning = ask.MyScore
	which := q.whichGrid(q.street.grids[1:])
	if _, err := a.Press(t.Context(), Press{OpenID: "ou_both", Value: valueOf(t, *which, "三号网格")}, now); err != nil {
		t.Fatal(err)
	}

	later := now.Add(time.Hour)
	for name, replica := range map[string]*Assistant{
		"the process that was told": a,
		"another one":               assistantOn(t, records),
	} {
		text := said(t, replica, "ou_both", "我的分数", later)
		if !strings.HasPrefix(text, "【我的分数】 三号网格") || !strings.Contains(text, "换成二号网格") {
			t.Errorf("%s: %s", name, text)
		}
	}
	menu, err := a.Handle(t.Context(), Event{Kind: MenuPressed, OpenID: "ou_both", MenuKey: "shortfall"}, later)
	if err != nil || !strings.HasPrefix(menu.Card.Text(), "【还差什么】 三号网格") {
		t.Errorf("the menu: %+v, %v", menu, err)
	}
	if text := said(t, a, "ou_both", "二号网格上月得分", later); !strings.HasPrefix(text, "【我的分数】 二号网格 · 10月") {
		t.Errorf("the one that is named: %s", text)
	}

	turned, err := a.Press(t.Context(), Press{OpenID: "ou_both", Value: valueOf(t, menu.Card, "换成二号网格")}, later)
	if err != nil || !strings.HasPrefix(textOf(turned.Card), "【还差什么】 二号网格") {
		t.Errorf("the other one: %+v, %v", turned, err)
	}
	if text := said(t, a, "ou_both", "我的分数", later.Add(time.Hour)); !strings.HasPrefix(text, "【我的分数】 二号网格") {
		t.Errorf("after it was changed: %s", text)
	}
}

func TestAChosenGridThatIsNoLongerTheirsIsForgotten(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	if err := records.ChooseGrid(t.Context(), "13800000007", "G3"); err != nil {
		t.Fatal(err)
	}
	importSheets(t, records, sheets{sheet.People: `姓名,手机号,角色,网格编号,社区,open_id,在岗
双格长,13800000007,网格长,G1、G2,,ou_both,是`}, store.ImportOptions{Now: now})
	if text := said(t, a, "ou_both", "我的分数", now); !strings.HasPrefix(text, "【您要看哪个网格？】") {
		t.Error(text)
	}
}

func TestWhoHasOneGridIsOfferedNoOther(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	if text := said(t, a, "ou_chief", "我的分数", now); strings.Contains(text, "换成") {
		t.Error(text)
	}
}
