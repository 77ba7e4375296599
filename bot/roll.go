package bot

import (
	"context"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
)

// rollAnswer answers who the persons of concern are, or which the hazard sites:
// the roll is the platform's, how many of them were visited is told here.
func (a *Assistant) rollAnswer(ctx context.Context, q asking) (card.Card, error) {
	if q.Stranger != "" {
		return q.notUnderstood(), nil
	}
	q.Meaning, q.Topic, q.Sure = ask.Visits, "", true
	c, err := a.gridAnswer(ctx, q)
	return c.Add(card.Note("名单和地址请在网格通平台上看，我只说走访了几个、还差几个。")), err
}
