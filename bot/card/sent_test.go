package card

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestASentCardIsShownAgainAsItWas(t *testing.T) {
	for name, c := range map[string]Card{
		"with every part of a reminder": {
			Title: "今天还差一点", Subtitle: "东一 · 11月23日", Tone: Warning, Summary: "今天的工作提醒",
			Blocks: []Block{
				Text{Strong: "走访", Content: "还差 1 条 <b>*"}, List{Items: []string{"公里 0.6/1"}, More: 2}, Note("走访截至 16:02"),
				Table{Columns: []Column{{Title: "网格"}, {Title: "走访", Figure: true}}, Rows: []Row{{Cells: []string{"东一", "3/4"}}}},
				Buttons{{Text: "看还差什么", Main: true, Value: map[string]any{"do": "ask"}}, {Text: "今天别提醒我", Value: map[string]any{"do": "mute"}}},
			},
		},
		"green, to be passed on": {Title: "今天辛苦了", Tone: Good, Forwardable: true, Blocks: []Block{Divider{}}},
		"blue, of figures":       {Title: "我的分数", Blocks: []Block{Figures{{Label: "总分", Value: "96", Unit: "分"}, {Label: "排名", Value: "3"}}}},
		"of nothing":             {},
	} {
		t.Run(name, func(t *testing.T) {
			want := drawnOf(t, c)
			again, err := Sent([]byte(want))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, drawnOf(t, again)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheButtonsOfASentCardAreButtonsAgain(t *testing.T) {
	buttons := Buttons{{Text: "看还差什么", Main: true, Value: map[string]any{"do": "ask"}}, {Text: "今天别提醒我", Value: map[string]any{"do": "mute"}}}
	sent, err := Sent([]byte(drawnOf(t, Card{Title: "提醒", Blocks: []Block{Note("截至 16:02"), buttons}})))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Block(buttons), sent.Blocks[1]); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoCardIsNotShownAgain(t *testing.T) {
	for name, raw := range map[string]string{"no JSON": `{`, "a list": `[]`, "a part that is no object": `{"body":{"elements":["x"]}}`} {
		t.Run(name, func(t *testing.T) {
			if c, err := Sent([]byte(raw)); err == nil {
				t.Errorf("got %v", c)
			}
		})
	}
}

func drawnOf(t *testing.T, c Card) string {
	t.Helper()
	raw, err := c.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
