package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

type deliveriesCommand struct {
	From   calendar.Date `help:"First day (default: today)." placeholder:"DATE"`
	To     calendar.Date `help:"Last day (default: the first)." placeholder:"DATE"`
	Kind   string        `help:"Only this kind of reminder." placeholder:"KIND"`
	State  string        `enum:",waiting,sent,failed,skipped" default:"" help:"Only these: waiting, sent, failed or skipped." placeholder:"STATE"`
	Format string        `enum:"table,json" default:"table" help:"table (the default) or json, a line each."`
	Retry  string        `help:"Send the failed delivery with this key and the day of --from again." placeholder:"KEY"`
}

// Run lists what was to be delivered and what became of it, or sends a failed
// one again.
func (c *deliveriesCommand) Run(ctx context.Context, g *globals) error {
	first := cmp.Or(c.From, calendar.DateOf(g.now()))
	if c.Retry != "" {
		return c.retry(ctx, g, first)
	}
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	deliveries, err := house.store.Deliveries(ctx, store.DeliveryFilter{
		First: first, Last: cmp.Or(c.To, first), Kind: c.Kind, State: c.State,
	})
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return printDeliveryLines(g.out, deliveries)
	}
	return printDeliveries(g.out, deliveries)
}

// retry queues the delivery; serve sends it.
func (c *deliveriesCommand) retry(ctx context.Context, g *globals, day calendar.Date) error {
	cfg, err := g.houseConfig()
	if err != nil {
		return err
	}
	s, err := newService(ctx, cfg, 0, g.now, newLog(g.err))
	if err != nil {
		return err
	}
	defer s.close()
	err = s.jobs.Retry(ctx, c.Retry, day)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("deliveries: none of %s with that key has failed, or its person has still no open_id", day)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(g.out, "queued again; gridbot serve sends it")
	return nil
}

func printDeliveries(w io.Writer, deliveries []store.Delivery) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "planned\tkind\tto\tstate\ttries\tfinished\tcode\treason\tkey")
	for _, d := range deliveries {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n", minute(d.PlannedAt), d.Kind, d.ReceiverType,
			d.State, d.Tries, minuteOrNone(d.FinishedAt), codeOrNone(d.Code), d.Reason, d.Key)
	}
	return table.Flush()
}

func minuteOrNone(t *time.Time) string {
	if t == nil {
		return "–"
	}
	return minute(*t)
}

func codeOrNone(code int) string {
	if code == 0 {
		return "–"
	}
	return fmt.Sprint(code)
}

// deliveryLine is a delivery as --format json prints it, without its card.
type deliveryLine struct {
	Key        string        `json:"key"`
	Day        calendar.Date `json:"day"`
	Kind       string        `json:"kind"`
	Receiver   receiverOf    `json:"receiver"`
	State      string        `json:"state"`
	Tries      int           `json:"tries"`
	PlannedAt  time.Time     `json:"planned_at"`
	FirstTryAt *time.Time    `json:"first_try_at"`
	FinishedAt *time.Time    `json:"finished_at"`
	MessageID  string        `json:"message_id,omitempty"`
	Code       int           `json:"code,omitempty"`
	Reason     string        `json:"reason,omitempty"`
}

type receiverOf struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

func printDeliveryLines(w io.Writer, deliveries []store.Delivery) error {
	lines := json.NewEncoder(w)
	for _, d := range deliveries {
		err := lines.Encode(deliveryLine{
			d.Key, d.Day, d.Kind, receiverOf{d.ReceiverType, d.Receiver}, d.State, d.Tries,
			d.PlannedAt, d.FirstTryAt, d.FinishedAt, d.MessageID, d.Code, d.Reason,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
