package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

const (
	soon       = 24 * time.Hour       // how far ahead items are listed by their deadline
	longAgo    = 366 * 24 * time.Hour // how far back overdue ones are looked for
	shownItems = 15                   // how many a card lists
)

// dueItems are the items that are overdue or due soon, by deadline.
type dueItems struct {
	overdue, soon []store.Item
}

func (a *Assistant) dueItems(ctx context.Context, grids []string, now time.Time) (dueItems, error) {
	items, err := a.Records.DueItems(ctx, grids, now.Add(-longAgo), now.Add(soon+time.Nanosecond), now)
	var due dueItems
	for _, item := range items {
		if item.DueAt.Before(now) {
			due.overdue = append(due.overdue, item)
		} else {
			due.soon = append(due.soon, item)
		}
	}
	return due, err
}

// overdueAnswer lists a grid's items that are overdue or due within a day.
func (a *Assistant) overdueAnswer(ctx context.Context, q asking, g store.Grid) (card.Card, error) {
	due, err := a.dueItems(ctx, []string{g.ID}, q.now)
	if err != nil {
		return card.Card{}, err
	}
	reach, err := a.reach(ctx, q.scores)
	if err != nil {
		return card.Card{}, err
	}
	c := card.Card{Title: "到期事项", Subtitle: g.Name, Summary: "到期事项", Tone: card.Warning}
	if len(due.overdue)+len(due.soon) == 0 {
		c.Tone = card.Good
		c = c.Add(card.Text{Content: "没有超期的事项，24 小时内也没有要到期的。"})
	} else {
		c = c.Add(card.Figures{
			{Value: fmt.Sprint(len(due.overdue)), Unit: "件", Label: "已超期"},
			{Value: fmt.Sprint(len(due.soon)), Unit: "件", Label: "24 小时内到期"},
		})
	}
	if q.right.group {
		return c.Add(card.Note(reach.words()), card.Buttons{q.button("私信看是哪些", true, ask.Overdue)}), nil
	}
	c = c.Add(itemBlocks(q, due)...).Add(card.Note(reach.words()))
	return c.Add(card.Buttons{q.button("还差什么", true, ask.Shortfall), q.turning("刷新", func(*action) {})}), nil
}

// itemBlocks lists items by deadline; in a group it only counts them.
func itemBlocks(q asking, due dueItems) []card.Block {
	var blocks []card.Block
	for _, part := range []struct {
		title string
		items []store.Item
	}{{"已超期的事项", due.overdue}, {"24 小时内到期的事项", due.soon}} {
		if len(part.items) == 0 {
			continue
		}
		blocks = append(blocks, card.Text{Strong: part.title, Content: fmt.Sprintf("%d 件", len(part.items))})
		if q.right.group {
			continue
		}
		list := card.List{More: max(0, len(part.items)-shownItems)}
		for _, item := range part.items[:min(len(part.items), shownItems)] {
			list.Items = append(list.Items, itemWords(item, q.now))
		}
		blocks = append(blocks, list)
	}
	return blocks
}

// itemWords is one item: until when, what, and its number on the platform.
func itemWords(item store.Item, now time.Time) string {
	what := item.Title
	if what == "" {
		what = item.Kind
	}
	return joined(momentName(item.DueAt)+" "+leftWords(item.DueAt.Sub(now)), item.Category, what, item.ID)
}

// leftWords is 还剩 3 小时, 还剩 20 分钟, 已超 2 天.
func leftWords(left time.Duration) string {
	lead := "还剩 "
	if left < 0 {
		lead, left = "已超 ", -left
	}
	switch {
	case left < time.Hour:
		return fmt.Sprintf("%s%d 分钟", lead, max(1, int(left.Minutes())))
	case left < 48*time.Hour:
		return fmt.Sprintf("%s%d 小时", lead, int(left.Hours()))
	}
	return fmt.Sprintf("%s%d 天", lead, int(left.Hours()/24))
}
