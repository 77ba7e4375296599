package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/store"
)

// sampleAnswer is one message of a kind, as its receiver would see it. Its
// buttons are only named: nothing is to be pressed in somebody else's place.
func (a *Assistant) sampleAnswer(ctx context.Context, q asking) (card.Card, error) {
	preview, err := a.previewFor(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	var all []remind.Reminder
	messages := 0
	for _, f := range preview.Forecasts {
		if f.Kind == q.sample {
			all, messages = append(all, f.Samples...), messages+f.Messages
		}
	}
	name := reminderNames[string(q.sample)] + "提醒"
	if len(all) == 0 {
		return card.Card{Title: name, Subtitle: "预览", Tone: card.Quiet}.Add(
			card.Text{Content: "按现在的记录，今天没有" + name + "要发了。"}, card.Buttons{q.sampleButton("全部提醒", "", 0)}), nil
	}
	page := min(max(q.page, 0), len(all)-1)
	sample := all[page]
	c := card.Card{
		Title: "预览：" + sample.Card.Title, Tone: sample.Card.Tone, Summary: "提醒预览",
		Subtitle: joined(name, fmt.Sprintf("第 %d 条，共 %d 条", page+1, messages)),
	}.Add(card.Text{Strong: "发给 " + q.receiverName(sample)}, card.Note(sample.Card.Subtitle), card.Divider{})
	c = c.Add(withoutButtons(sample.Card.Blocks)...)
	return c.Add(card.Divider{}, q.turnSamples(page, len(all))), nil
}

// receiverName is 林晓禾（网格长 云溪第二网格）, or 云溪社区的群.
func (q *asking) receiverName(r remind.Reminder) string {
	if r.Receiver.Type == store.ToChat {
		if r.Name == "" {
			return "全街道的群"
		}
		return r.Name + "的群"
	}
	for _, p := range q.street.byName[r.Name] {
		if p.Mobile != r.Mobile {
			continue
		}
		places := slices.Clone(p.Communities)
		for _, id := range p.Grids {
			places = append(places, q.street.byID[id].Name)
		}
		return p.Name + "（" + strings.TrimSpace(string(p.Role)+" "+strings.Join(places, "、")) + "）"
	}
	return r.Name
}

func withoutButtons(blocks []card.Block) []card.Block {
	var shown []card.Block
	for _, block := range blocks {
		buttons, ok := block.(card.Buttons)
		if !ok {
			shown = append(shown, block)
			continue
		}
		var names []string
		for _, b := range buttons {
			names = append(names, b.Text)
		}
		shown = append(shown, card.Note("按钮："+strings.Join(names, "、")))
	}
	return shown
}

func (q *asking) turnSamples(page, pages int) card.Buttons {
	var buttons card.Buttons
	if page > 0 {
		buttons = append(buttons, q.sampleButton("上一条", q.sample, page-1))
	}
	if page+1 < pages {
		buttons = append(buttons, q.sampleButton("下一条", q.sample, page+1))
	}
	return append(buttons, q.sampleButton("全部提醒", "", 0))
}
