package bot

import (
	"strings"
	"testing"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
)

func TestOnlyThoseWhoMayKnowAreOfferedSomebodysScore(t *testing.T) {
	records := sampleStreet(t)
	a := assistantOn(t, records)
	for who, offered := range map[string]bool{worker: false, lead: true, leader: true} {
		q, err := a.Understand(t.Context(), personOf(t, records, who), "周文院上月得分", now)
		if err != nil {
			t.Fatal(err)
		}
		if text := strings.Join(q.Suggestions, " "); q.Sure || text == "" || strings.Contains(text, "周文远") != offered {
			t.Errorf("%s is offered %s", who, text)
		}
	}
}

func TestInTheGroupOfACommunityItsGridsAreMeant(t *testing.T) {
	records := sampleStreet(t)
	if err := records.Bind(t.Context(), personOf(t, records, leader).Mobile, "ou_leader"); err != nil {
		t.Fatal(err)
	}
	if err := records.BindGroup(t.Context(), store.Group{ChatID: "oc_wutong", Name: "梧桐", Community: "梧桐社区", BoundBy: "ou_leader", BoundAt: now}); err != nil {
		t.Fatal(err)
	}
	a := assistantOn(t, records)
	for chat, want := range map[string]string{"oc_wutong": "【网格得分】 梧桐第三网格", "oc_other": "【没听懂】"} {
		reply, err := a.Handle(t.Context(), Event{Kind: MessageReceived, OpenID: "ou_leader", ChatID: chat, MessageID: "om_1",
			Mentioned: true, MessageType: "text", Text: "第三网格上月得分"}, now)
		if err != nil {
			t.Fatal(err)
		}
		if text := reply.Card.Text(); !strings.HasPrefix(text, want) {
			t.Errorf("%s: want %s\n%s", chat, want, text)
		}
	}
}

func TestWhatIsRefusedIsNotGranted(t *testing.T) {
	records := sampleStreet(t)
	a := assistantOn(t, records)
	for _, tt := range []struct {
		who     string
		q       ask.Question
		granted bool
	}{
		{worker, ask.Question{Meaning: ask.MyScore}, true},
		{worker, ask.Question{Meaning: ask.ScoreOfGrid, Grid: "NXS-02"}, true},
		{worker, ask.Question{Meaning: ask.ScoreOfGrid, Grid: "NXS-03"}, false},
		{worker, ask.Question{Meaning: ask.Visits, Person: "周文远"}, false},
		{worker, ask.Question{Meaning: ask.Ranking, Community: "梧桐社区"}, true}, // their own place
		{worker, ask.Question{Meaning: ask.Visits, Community: "梧桐社区"}, false},
		{worker, ask.Question{Meaning: ask.Overview}, false},
		{lead, ask.Question{Meaning: ask.Overview}, true},
		{lead, ask.Question{Meaning: ask.Overview, Community: "梧桐社区"}, false},
		{lead, ask.Question{Meaning: ask.Visits, Grid: "NXS-09"}, false},
		{leader, ask.Question{Meaning: ask.Overview, Community: "梧桐社区"}, true},
		{leader, ask.Question{Meaning: ask.Visits, Grid: "NXS-09"}, true},
	} {
		q, err := a.asking(t.Context(), personOf(t, records, tt.who), false, now)
		if err != nil {
			t.Fatal(err)
		}
		q.Question = tt.q
		if q.granted() != tt.granted {
			t.Errorf("%s, %+v: granted %v", tt.who, tt.q, q.granted())
		}
	}
}
