package card

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card/golden"
)

func num(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// everyPart is a card with each kind of block.
func everyPart() Card {
	value := map[string]any{"do": "shortfall", "v": 1}
	return Card{Title: "我的分数", Subtitle: "东湖第3网格 · 11月", Tone: Warning, Summary: "您的分数出来了"}.Add(
		Figures{{"96.5", "分", "本月得分"}, {"2 / 6", "", "社区排名"}, {"5 / 12", "", "街道排名"}},
		Bars{
			{"工作考勤", num("4"), num("5"), "4 / 5"},
			{"巡查走访", num("30"), num("30"), "30 / 30"},
			{"事项上报", num("-2"), num("30"), "-2 / 30"},
			{"办结率", num("29.9"), num("30"), "29.9 / 30"},
		},
		Text{"迟到 1 次", "扣 1 分"},
		Fold{Title: "依据", Blocks: []Block{Text{Content: "迟到扣除网格1分"}, List{Items: []string{"11月3日 例会"}, More: 2}}},
		Divider{},
		Table{
			Columns: []Column{{"名次", true}, {"网格", false}, {"总分", true}},
			Rows:    []Row{{Cells: []string{"1", "西湖第1网格", "101"}}, {Cells: []string{"2", "东湖第3网格", "96.5"}, Marked: true}},
			More:    10,
		},
		Chart{Kind: BarChart, Title: "总分", Points: []Point{{"东湖第3网格", num("96.5"), "您的网格"}, {"西湖第1网格", num("101"), "其他"}}},
		Note("截至 11月23日 16:10 · 里程数据到 11月20日"),
		Buttons{{Text: "今日缺口", Main: true, Value: value}, {Text: "排名", Value: value}},
		Select{Name: "社区", Options: []Option{{"东湖社区", "东湖"}, {"全街道", "*"}}, Value: value},
	)
}

func TestEveryPartLooksAsAgreed(t *testing.T) {
	golden.JSON(t, "parts.golden.json", mustJSON(t, everyPart()))
	golden.Text(t, "parts.golden.txt", everyPart().Text())
}

func TestCardsStayWhereTheyWereSent(t *testing.T) {
	for forwardable, want := range map[bool]string{false: `"enable_forward":false`, true: `"enable_forward":true`} {
		if raw := mustJSON(t, Card{Forwardable: forwardable}); !strings.Contains(string(raw), want) {
			t.Errorf("forwardable %v: want %s in %s", forwardable, want, raw)
		}
	}
}

func TestLongCardsAreCutAndSaySo(t *testing.T) {
	long := strings.Repeat("很长的证据", 40)
	folds := make([]Block, 200)
	for i := range folds {
		folds[i] = Fold{Title: fmt.Sprintf("扣分 %d", i), Blocks: []Block{Text{Content: long}, Buttons{{Text: "看"}}}}
	}
	list := List{}
	table := Table{Columns: []Column{{"网格", false}}}
	for range 300 {
		list.Items = append(list.Items, long)
		table.Rows = append(table.Rows, Row{Cells: []string{long}})
	}
	tests := map[string]struct {
		card Card
		says string
	}{
		"200 deductions, each folded":      {Card{Title: "明细"}.Add(folds...), "内容太多"},
		"200 deductions in one fold":       {Card{Title: "明细"}.Add(Fold{Title: "全部", Blocks: folds}), "还有 "},
		"a list of 300":                    {Card{Title: "清单"}.Add(list), "还有 "},
		"a table of 300 grids":             {Card{Title: "排名"}.Add(table), "还有 290 条"},
		"more tables than a card may have": {Card{}.Add(table, table, table, table, table, table), "内容太多"},
		"buttons without end":              {Card{}.Add(make(Buttons, 100)), "内容太多"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			raw := mustJSON(t, test.card)
			checkLimits(t, raw)
			if !strings.Contains(string(raw), test.says) {
				t.Errorf("the cut is silent: no %q in %s", test.says, raw)
			}
		})
	}
}

func TestTheWayOnIsTheLastThingToBeCut(t *testing.T) {
	texts := make([]Block, 300)
	for i := range texts {
		texts[i] = Text{Content: strings.Repeat("字", 300)}
	}
	raw := mustJSON(t, Card{}.Add(texts...).Add(Buttons{{Text: "下一页"}}))
	if !strings.Contains(string(raw), "下一页") {
		t.Error("the paging button was cut before the texts")
	}
}

func FuzzTextsOfPeopleStayTexts(f *testing.F) {
	for _, seed := range []string{
		"<at id=all></at>", "**粗** _斜_", "[点我](https://example.org)", "1. 清单\n- 项\n# 题", "\u202e反\u200b过来", "| a |\n|---|", "&#60;at&#62;", ":OK:", "\\", strings.Repeat("长", 2000),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		raw := mustJSON(t, Card{Title: s, Subtitle: s, Summary: s}.Add(
			Text{s, s}, Note(s), List{Items: []string{s}}, Figures{{s, s, s}}, Fold{Title: s, Blocks: []Block{Text{Content: s}}},
			Table{Columns: []Column{{s, true}}, Rows: []Row{{Cells: []string{s}, Marked: true}}},
			Buttons{{Text: s}}, Bars{{Label: s, Whole: num("1"), Words: s}}))
		checkLimits(t, raw)
		if escaped := escape(clean(s, 100)); strings.ContainsAny(strings.ReplaceAll(escaped, "<br>", ""), "<>*_[]`~") {
			t.Errorf("%q keeps markup: %q", s, escaped)
		}
	})
}

func TestEscapedTextReadsAsTyped(t *testing.T) {
	tests := map[string]struct{ typed, written string }{
		"an ordinary sentence is left alone": {"截至 11月23日 16:10，还差 2 条", "截至 11月23日 16:10，还差 2 条"},
		"a mention mentions nobody":          {"<at id=all></at>", "&#60;at id=all&#62;&#60;/at&#62;"},
		"a list is no list":                  {"1. 一\n- 二", "1&#46; 一<br>&#45; 二"},
		"a decimal is no list":               {"-1.5 分", "&#45;1.5 分"},
		"an emoji name is no emoji":          {":OK:", "&#58;OK:"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.written, escape(test.typed)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func mustJSON(t *testing.T, c Card) json.RawMessage {
	t.Helper()
	raw, err := c.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func checkLimits(t *testing.T, raw json.RawMessage) {
	t.Helper()
	all, tables := bytes.Count(raw, []byte(`"tag":`)), bytes.Count(raw, []byte(`"tag":"table"`))
	if all > MaxElements || tables > MaxTables || Size(raw) > MaxBytes {
		t.Errorf("%d elements, %d tables, %d bytes", all, tables, Size(raw))
	}
}

func TestAChartOfNearValuesBeginsAboveZeroAndSaysSo(t *testing.T) {
	tests := map[string]struct {
		least, most, from string
		title             string
	}{
		"totals that lie near each other": {"94", "104", "90", "总分（从 90 起）"},
		"nearer still":                    {"97", "98.6", "96", "总分（从 96 起）"},
		"all the same":                    {"100", "100", "99", "总分（从 99 起）"},
		"far apart":                       {"40", "100", "0", "总分"},
		"one below zero":                  {"-50", "81", "0", "总分"},
		"nothing at all":                  {"0", "0", "0", "总分"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := Chart{Kind: BarChart, Title: "总分"}.Zoomed(num(test.least), num(test.most))
			if !c.From.Equal(num(test.from)) || c.title() != test.title {
				t.Errorf("begins at %s, says %q", c.From, c.title())
			}
		})
	}
}

func TestARankAmongHundredsKeepsItsLabel(t *testing.T) {
	raw := string(mustJSON(t, Card{}.Add(Figures{{"96.5", "分", "得分"}, {"29 / 29", "", "社区名次"}, {"300/300", "", "街道名次"}})))
	if strings.Contains(raw, "（）") {
		t.Errorf("an empty unit in brackets: %s", raw)
	}
}
