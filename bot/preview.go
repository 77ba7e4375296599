package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/store"
)

// Reminders shows the reminders of a day before they are sent; *remind.Planner is one.
type Reminders interface {
	Preview(ctx context.Context, now time.Time) (remind.Preview, error)
}

// previewAnswer shows the centre what the day's reminders will be: nothing is sent.
func (a *Assistant) previewAnswer(ctx context.Context, q asking) (card.Card, error) {
	if refusal := a.previewRefusal(q); refusal != nil {
		return *refusal, nil
	}
	if q.sample != "" {
		return a.sampleAnswer(ctx, q)
	}
	preview, err := a.previewFor(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	c := card.Card{Title: "今天的提醒", Subtitle: dayName(preview.Day) + " · 预览，不会发送", Summary: "今天的提醒预览"}
	if len(preview.Forecasts) == 0 {
		return c.Add(card.Text{Content: "今天不是工作日，没有定时的提醒；应急类事项到期还是会提醒。"}), nil
	}
	c = c.Add(forecastTable(preview.Forecasts))
	c = c.Add(q.leftInPeace(preview)...).Add(card.Note("按 " + clockName(preview.At) + " 的记录估计，到点时以那时的记录为准。"))
	return c.Add(q.sampleButtons(preview.Forecasts)), nil
}

// previewRefusal is the answer to those who are not shown a preview; nil for
// those who are.
func (a *Assistant) previewRefusal(q asking) *card.Card {
	c := card.Card{Title: "提醒预览", Tone: card.Quiet}
	switch {
	case q.right.previews() && a.Reminders != nil:
		return nil
	case q.right.role == store.Admin && q.right.group:
		c = c.Add(card.Text{Content: "预览里有大家的名字，请私信问我。"})
	case q.right.worker():
		c = c.Add(card.Text{Content: "提醒由" + a.Contact + "预览。您今天还差什么，可以直接问我："}, q.everyday()[:3])
	default:
		c = c.Add(card.Text{Content: "提醒由" + a.Contact + "预览。今天谁还差什么，可以直接问我："}, q.everyday()[:3])
	}
	return &c
}

func forecastTable(forecasts []remind.Forecast) card.Table {
	t := card.Table{Columns: []card.Column{
		{Title: "时间"}, {Title: "提醒"}, {Title: "人", Figure: true}, {Title: "群", Figure: true}, {Title: "今天已安排", Figure: true},
	}}
	for _, f := range forecasts {
		cells := []string{clockName(f.At), forecastName(f), fmt.Sprint(f.People), fmt.Sprint(f.Groups), fmt.Sprint(f.Planned)}
		if f.Past {
			cells[2], cells[3] = "已过", "已过"
		}
		t.Rows = append(t.Rows, card.Row{Cells: cells})
	}
	return t
}

// forecastName is 傍晚的提醒, with the community whose own time it is.
func forecastName(f remind.Forecast) string {
	name := reminderNames[string(f.Kind)] + "提醒"
	if f.Community != "" {
		name += "（" + f.Community + "）"
	}
	return name
}

// leftInPeace says who gets nothing, and why.
func (q *asking) leftInPeace(p remind.Preview) []card.Block {
	var lines []string
	for _, s := range p.Silences {
		lines = append(lines, q.street.byID[s.GridID].Name+"：静默到"+dayName(s.Until)+"，"+s.Reason)
	}
	for _, id := range p.Exempt {
		lines = append(lines, q.street.byID[id].Name+"：今天豁免")
	}
	for _, f := range p.Forecasts {
		for _, who := range f.Muted {
			lines = append(lines, who.Name+"：今天不收"+reminderNames[string(f.Kind)]+"提醒")
		}
	}
	if p.Unbound > 0 {
		lines = append(lines, fmt.Sprintf("%d 人还没有绑定飞书账号，收不到", p.Unbound))
	}
	if len(lines) == 0 {
		return nil
	}
	return []card.Block{card.Fold{Title: fmt.Sprintf("不会收到的（%d）", len(lines)), Blocks: []card.Block{card.List{Items: lines}}}}
}

// sampleButtons show the messages of a kind, one after the other.
func (q *asking) sampleButtons(forecasts []remind.Forecast) card.Buttons {
	var buttons card.Buttons
	var kinds []remind.Kind
	for _, f := range forecasts {
		if f.Messages > 0 && !slices.Contains(kinds, f.Kind) {
			kinds = append(kinds, f.Kind)
			buttons = append(buttons, q.sampleButton("看"+reminderNames[string(f.Kind)]+"提醒", f.Kind, 0))
		}
	}
	return buttons
}

func (q *asking) sampleButton(text string, kind remind.Kind, page int) card.Button {
	return card.Button{Text: text, Value: action{Do: doPreview, Kind: string(kind), Page: page, Turn: q.turner}.value()}
}
