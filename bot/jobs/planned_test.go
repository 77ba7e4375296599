package jobs

import (
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// plan stores a delivery to a chat or a person.
func (h *house) plan(j *Jobs, d store.Delivery) (isNew bool) {
	h.t.Helper()
	if d.Key == "" {
		d.Key = "evening:" + d.Receiver
	}
	d.Day, d.Kind, d.Title = today, "evening", "今天还差一点"
	if d.ReceiverType == "" {
		d.ReceiverType = store.ToChat
	}
	if d.Card == nil {
		d.Card = cardOf("今天还差一点")
	}
	if d.PlannedAt.IsZero() {
		d.PlannedAt = now
	}
	err := pgx.BeginFunc(h.t.Context(), h.store.Pool(), func(tx pgx.Tx) (err error) {
		isNew, err = j.Plan(h.t.Context(), tx, d)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return isNew
}

// delivery is what has become of a delivery.
func (h *house) delivery(receiver string) store.Delivery {
	h.t.Helper()
	d, err := h.store.Delivery(h.t.Context(), "evening:"+receiver, today)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func cardOf(title string) json.RawMessage {
	raw, err := card.Card{Title: title}.JSON()
	if err != nil {
		panic(err)
	}
	return raw
}
