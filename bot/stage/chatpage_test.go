package stage

import (
	"context"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
)

// scoreCard is a card as the assistant draws it, with nearly every block it has.
func scoreCard(month string) string {
	value := func(do string) map[string]any { return map[string]any{"do": do, "month": month} }
	return drawn(card.Card{Title: "我的分数", Subtitle: "华阳1号网格 · " + month, Tone: card.Warning}.Add(
		card.Figures{{Value: "96.5", Unit: "分", Label: month + "得分"}, {Value: "2 / 6", Label: "社区排名"}, {Value: "5 / 12", Label: "街道排名"}},
		card.Bars{bar("工作考勤", "5", "5"), bar("巡查走访", "25.5", "30"), bar("事项上报", "28", "30"), bar("重点工作", "19", "20"), bar("群众评价", "15", "15")},
		card.Text{Strong: "还能补上", Content: "今天还差 2 户走访，补上可少扣 1 分"},
		card.Fold{Title: "扣分依据（2 条）", Blocks: []card.Block{card.List{Items: []string{"11月3日 例会迟到，扣 1 分", "11月9日 走访少 1 户，扣 0.5 分"}}}},
		card.Note("截至 11月23日 16:10 · 里程数据到 11月20日"),
		card.Buttons{{Text: "扣分明细", Main: true, Value: value("details")}, {Text: "今日缺口", Value: value("shortfall")}, {Text: "排名", Value: value("ranking")}, {Text: "上月", Value: value("before")}},
	))
}

func rankingCard() string {
	table := card.Table{Columns: []card.Column{{Title: "名次", Figure: true}, {Title: "网格"}, {Title: "网格长"}, {Title: "总分", Figure: true}, {Title: "较上月", Figure: true}}, More: 2}
	chart := card.Chart{Kind: card.BarChart, Title: "本月总分"}
	for i := range 10 {
		mine := i == 2
		score := decimal.NewFromFloat(101.5).Sub(decimal.NewFromInt(int64(i * 2)))
		name := fmt.Sprintf("华阳%d号网格", i+1)
		table.Rows = append(table.Rows, card.Row{Cells: []string{fmt.Sprint(i + 1), name, "张三", score.String(), "+0.5"}, Marked: mine})
		chart.Points = append(chart.Points, card.Point{Name: name, Value: score, Series: map[bool]string{true: "您的网格", false: "其他网格"}[mine]})
	}
	value := map[string]any{"do": "ranking"}
	return drawn(card.Card{Title: "本月排行榜", Subtitle: "全街道 · 11月", Forwardable: true}.Add(table, chart,
		card.Select{Name: "社区", Options: []card.Option{{Text: "华阳社区", Value: "华阳"}, {Text: "全街道", Value: "*"}}, Value: value},
		card.Buttons{{Text: "下一页", Value: value}}))
}

func trendCard() string {
	chart := card.Chart{Kind: card.LineChart, Title: "近六个月走势"}
	for series, start := range map[string]int64{"华阳1号网格": 92, "社区平均": 95} {
		for i := range 6 {
			chart.Points = append(chart.Points, card.Point{Name: fmt.Sprintf("%d月", 6+i), Value: decimal.NewFromInt(start + int64(i*7%5)), Series: series})
		}
	}
	return drawn(card.Card{Title: "走势", Tone: card.Good}.Add(chart, card.Note("截至 11月23日")))
}

func bar(label, part, whole string) card.Bar {
	return card.Bar{Label: label, Part: decimal.RequireFromString(part), Whole: decimal.RequireFromString(whole), Words: part + " / " + whole}
}

func drawn(c card.Card) string {
	raw, err := c.JSON()
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// openCard is a card whose copies can be used.
const openCard = `{"schema":"2.0","config":{"enable_forward_interaction":true},"body":{"elements":[` +
	`{"tag":"button","text":{"tag":"plain_text","content":"我来看"},"behaviors":[{"type":"callback","value":{"do":"who"}}]}]}}`

// chatBot answers words with cards, and presses with toasts and other cards.
func chatBot(t *testing.T, p *platform) {
	bot := newFakeBot(t, p)
	bot.answers(func(_ int, e delivered) (int, string) {
		switch e.Header.EventType {
		case "im.message.receive_v1":
			answerWords(p, e)
		case "application.bot.menu_v6":
			p.send("open_id", operator(e), "interactive", rankingCard(), "")
		case "card.action.trigger":
			return 200, answerPress(e)
		}
		return 200, "{}"
	})
}

func operator(e delivered) string {
	who, _ := e.Event["operator"].(map[string]any)
	id, _ := who["operator_id"].(map[string]any)
	openID, _ := id["open_id"].(string)
	return openID
}

func answerWords(p *platform, e delivered) {
	m, _ := e.Event["message"].(map[string]any)
	said, _ := m["content"].(string)
	for word, answer := range map[string]string{"分数": scoreCard("11月"), "排行": rankingCard(), "走势": trendCard(), "可转": openCard, "全部": everything, "表单": formCard} {
		if contains(said, word) {
			p.call("POST", "/open-apis/im/v1/messages/"+m["message_id"].(string)+"/reply", object(map[string]any{"msg_type": "interactive", "content": answer}))
		}
	}
}

func answerPress(e delivered) string {
	action, _ := e.Event["action"].(map[string]any)
	value, _ := action["value"].(map[string]any)
	switch {
	case action["form_value"] != nil:
		return object(map[string]any{"toast": map[string]string{"type": "success", "content": "已记录：" + object(action["form_value"])}})
	case value["do"] == "before":
		return `{"toast":{"type":"success","content":"这是上个月的"},"card":{"type":"raw","data":` + scoreCard("10月") + `}}`
	case value["do"] == "who":
		who, _ := e.Event["operator"].(map[string]any)
		return object(map[string]any{"toast": map[string]any{"type": "info", "content": fmt.Sprint(who["open_id"], " 按了")}})
	case value["do"] == "shortfall":
		return `{"card":{"type":"raw","data":{"schema":"1.0"}}}`
	}
	return object(map[string]any{"toast": map[string]string{"type": "info", "content": "收到 " + object(action)}})
}

func TestTheChatPage(t *testing.T) {
	browser := newBrowser(t)
	for name, test := range map[string]func(t *testing.T, browser context.Context){
		"a question gets a card, and a button replaces it": aQuestion,
		"a table is paged and a chart is drawn":            aRanking,
		"a form is filled in and sent":                     aForm,
		"every component is drawn":                         everyComponent,
		"a group hears the bot only when it is mentioned":  aGroup,
		"the clock bar sends cards, shown as unread":       theClock,
		"what the bot does is in the log":                  theLog,
		"cards are passed on, if they may be":              passingOn,
		"a copy's button is pressed by who presses it":     aCopyForEverybody,
		"it is dark when wanted":                           theDark,
		"it fits a phone":                                  aPhone,
		"words of people are never markup":                 wordsAreWords,
	} {
		t.Run(name, func(t *testing.T) { test(t, browser) })
	}
}
