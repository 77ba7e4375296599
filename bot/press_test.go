package bot

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

func TestForgedAndOldButtonsGetAToast(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	for name, c := range map[string]struct {
		value  map[string]any
		option string
	}{
		"nothing at all":               {nil, ""},
		"something unknown to do":      {map[string]any{"do": "delete"}, ""},
		"another program's button":     {map[string]any{"action": "approve", "id": 7}, ""},
		"an unknown meaning":           {map[string]any{"do": "ask", "meaning": "salary"}, ""},
		"no meaning":                   {map[string]any{"do": "ask"}, ""},
		"a grid that is gone":          {map[string]any{"do": "ask", "meaning": "my_score", "grid": "G9"}, ""},
		"a community that is none":     {map[string]any{"do": "ask", "meaning": "ranking", "community": "南社区"}, ""},
		"a chosen grid that is none":   {map[string]any{"do": "ask", "meaning": "visits", "pick": "grid"}, "G9"},
		"a select for something else":  {map[string]any{"do": "ask", "meaning": "visits", "pick": "person"}, "x"},
		"a period that is none":        {map[string]any{"do": "ask", "meaning": "my_score", "period": "month:2026-13"}, ""},
		"a page before the first":      {map[string]any{"do": "ask", "meaning": "ranking", "page": -1}, ""},
		"a page without end":           {map[string]any{"do": "ask", "meaning": "ranking", "page": 1e9}, ""},
		"half a page":                  {map[string]any{"do": "ask", "meaning": "ranking", "page": 0.5}, ""},
		"the first zero":               {map[string]any{"do": "ask", "meaning": "ranking", "top": 0}, ""},
		"a text where a number stands": {map[string]any{"do": "ask", "meaning": "ranking", "page": "1"}, ""},
		"a binding without a choice":   {map[string]any{"do": "bind", "pick": "community"}, ""},
		"a binding to no community":    {map[string]any{"do": "bind", "pick": "community"}, "南社区"},
		"a binding without a select":   {map[string]any{"do": "bind", "community": "东社区"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := a.Press(t.Context(), Press{OpenID: "ou_admin", ChatID: "oc_1", Value: c.value, Option: c.option}, now)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(outdated(), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAPressIsJudgedByWhoPressed(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	totals, _ := hamletSecrets(t, records)
	value := action{Do: doAsk, Meaning: ask.ScoreOfGrid, Grid: "G1", Period: "month:2026-10", Turn: "ou_chief"}.value()
	for name, c := range map[string]struct {
		who     string
		inPlace bool
		total   bool
	}{
		"whose card it is turns it":                {"ou_chief", true, true},
		"a colleague gets it in private":           {"ou_member", false, true},
		"somebody of another grid is not told":     {"ou_chief2", false, false},
		"the street's leader gets it in private":   {"ou_leader", false, true},
		"the lead of the community, in private":    {"ou_lead", false, true},
		"somebody out of service gets only a line": {"ou_gone", false, false},
		"somebody unknown gets only a line":        {"ou_nobody", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := a.Press(t.Context(), Press{OpenID: c.who, ChatID: "oc_1", Value: value}, now)
			if err != nil {
				t.Fatal(err)
			}
			if (got.Card != nil) != c.inPlace {
				t.Errorf("in place: %v, want %v", got.Card != nil, c.inPlace)
			}
			if shown := textOf(got.Card) + textOf(got.Private); strings.Contains(shown, totals[0]) != c.total {
				t.Errorf("total shown: %v, want %v\n%s", !c.total, c.total, shown)
			}
			if got.Toast == "" && got.Card == nil {
				t.Error("nothing visible happens")
			}
		})
	}
}

func TestABoundGroupNeverSeesTheAnswerToAPress(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	if err := records.BindGroup(t.Context(), store.Group{ChatID: "oc_group", BoundBy: "ou_admin", BoundAt: now}); err != nil {
		t.Fatal(err)
	}
	value := action{Do: doAsk, Meaning: ask.MyScore, Turn: "ou_chief"}.value()
	got, err := a.Press(t.Context(), Press{OpenID: "ou_chief", ChatID: "oc_group", Value: value}, now)
	if err != nil {
		t.Fatal(err)
	}
	if got.Card != nil || got.Private == nil {
		t.Errorf("in the group: %v, in private: %v", got.Card != nil, got.Private != nil)
	}
}

func TestARankingIsTurnedInPlace(t *testing.T) {
	a := assistantOn(t, hamletStore(t))
	value := action{Do: doAsk, Meaning: ask.Ranking, Period: "month:2026-10", Pick: pickCommunity, Page: 3, Turn: "ou_leader"}.value()
	for option, want := range map[string]string{"西社区": "【西社区排名】 10月", everywhere: "【街道排名】 10月"} {
		got, err := a.Press(t.Context(), Press{OpenID: "ou_leader", ChatID: "oc_1", Value: value, Option: option}, now)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(textOf(got.Card), want) {
			t.Errorf("%s: want %s\n%s", option, want, textOf(got.Card))
		}
	}
}

func TestWhoDecidesWhatAGroupIsFor(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	for name, c := range map[string]struct {
		who, option string
		bound       bool
		community   string
	}{
		"a lead takes their own community":      {"ou_lead", "东社区", true, "东社区"},
		"a lead takes no other":                 {"ou_lead", "西社区", false, ""},
		"a lead does not take the street":       {"ou_lead", everywhere, false, ""},
		"the street's leader takes any":         {"ou_leader", "西社区", true, "西社区"},
		"the centre takes the street":           {"ou_admin", everywhere, true, ""},
		"a chief decides nothing":               {"ou_chief", "东社区", false, ""},
		"somebody unknown decides nothing":      {"ou_nobody", "东社区", false, ""},
		"who is out of service decides nothing": {"ou_gone", "东社区", false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if err := records.UnbindGroup(t.Context(), "oc_group"); err != nil {
				t.Fatal(err)
			}
			hello, err := a.Handle(t.Context(), Event{Kind: BotAdded, ChatID: "oc_group", ChatName: "东社区工作群"}, now)
			if err != nil {
				t.Fatal(err)
			}
			choice := hello.Card.Blocks[len(hello.Card.Blocks)-1].(card.Select)
			got, err := a.Press(t.Context(), Press{OpenID: c.who, ChatID: "oc_group", Value: choice.Value, Option: c.option}, now)
			if err != nil {
				t.Fatal(err)
			}
			group, err := records.Group(t.Context(), "oc_group")
			if bound := err == nil; bound != c.bound || (got.Card != nil) != c.bound || got.Toast == "" {
				t.Fatalf("bound: %v (%v), card %v, toast %q", bound, err, got.Card != nil, got.Toast)
			}
			if c.bound && (group.Community != c.community || group.Name != "东社区工作群" || group.BoundBy != c.who) {
				t.Errorf("%+v", group)
			}
		})
	}
}

func textOf(c *card.Card) string {
	if c == nil {
		return ""
	}
	return c.Text()
}
