package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/store"
)

func TestALeadersTrendIsTheirStreetsOrCommunitys(t *testing.T) {
	records := sampleStreet(t)
	a := assistantOn(t, records)
	people, err := records.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for role, want := range map[store.Role]string{store.StreetLeader: "全街道平均", store.Admin: "全街道平均", store.CommunityLead: "街道平均"} {
		t.Run(string(role), func(t *testing.T) {
			for _, p := range people {
				if p.Role != role {
					continue
				}
				c, err := a.Answer(t.Context(), p, false, "近半年走势", now)
				if err != nil {
					t.Fatal(err)
				}
				if text := textOf(&c); !strings.Contains(text, want) || !strings.Contains(text, "截至") {
					t.Errorf("%s is answered\n%s\nwant a line of %s, and how far it reaches", role, text, want)
				}
				return
			}
			t.Fatal("nobody of the role")
		})
	}
}

func TestARankingInACommunitysGroupIsOfTheCommunity(t *testing.T) {
	records := sampleStreet(t)
	a := assistantOn(t, records)
	lead := personOf(t, records, "顾长宁")
	if err := records.Bind(t.Context(), lead.Mobile, "ou_lead"); err != nil {
		t.Fatal(err)
	}
	group := store.Group{ChatID: "oc_group", Name: "云溪社区网格群", Community: "云溪社区", BoundBy: "ou_lead", BoundAt: now}
	if err := records.BindGroup(t.Context(), group); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"排行榜": "云溪社区排名", "全街道排行榜": "街道排名", "梧桐社区排行榜": "梧桐社区排名",
	} {
		reply, err := a.Handle(t.Context(), Event{Kind: MessageReceived, OpenID: "ou_lead", ChatID: "oc_group", Mentioned: true,
			MessageID: "om_1", MessageType: "text", Text: text}, now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		if reply.Card.Title != want {
			t.Errorf("%s brings %s, want %s", text, reply.Card.Title, want)
		}
	}
}
