package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/nanxiashu/gridbot/bot"
	"github.com/nanxiashu/gridbot/store"
)

type askCommand struct {
	As         string `help:"Mobile number of who asks." placeholder:"MOBILE"`
	Group      string `help:"Ask in this group instead of in private." placeholder:"CHAT_ID"`
	Format     string `enum:"text,card" default:"text" help:"text (the default), or card for the message's JSON."`
	Understand bool   `help:"Only say what was understood, one JSON line a text."`
	Text       string `arg:"" help:"What is asked, or - for a text a line of standard input (with --understand)." placeholder:"TEXT"`
}

// Run answers as the assistant would, and sends nothing.
func (c *askCommand) Run(ctx context.Context, g *globals) error {
	switch {
	case !c.Understand && c.As == "":
		return usageError("ask: --as is needed: whose question is it?")
	case !c.Understand && c.Text == "-":
		return usageError("ask: - reads texts only with --understand")
	}
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	assistant, err := house.newAssistant(nil, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if _, err := house.newPlanner(ctx, assistant, nil, nil); err != nil {
		return err
	}
	asker, err := house.asker(ctx, c.As)
	if err != nil {
		return err
	}
	if c.Understand {
		return c.understand(ctx, g, assistant, asker)
	}
	return c.answer(ctx, g, assistant, asker)
}

// asker is the person with the mobile number; without one, nobody in particular.
func (h *house) asker(ctx context.Context, mobile string) (store.Person, error) {
	if mobile == "" {
		return store.Person{}, nil
	}
	person, err := h.store.PersonByMobile(ctx, mobile)
	if errors.Is(err, store.ErrNotFound) {
		return person, errors.New("ask: nobody in 人员 has the mobile number of --as")
	}
	return person, err
}

func (c *askCommand) answer(ctx context.Context, g *globals, assistant *bot.Assistant, asker store.Person) error {
	card, err := assistant.Answer(ctx, asker, c.Group != "", c.Text, g.now())
	if err != nil {
		return err
	}
	if c.Format == "text" {
		_, err = fmt.Fprintln(g.out, card.Text())
		return err
	}
	message, err := card.JSON()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(g.out, string(message))
	return err
}

func (c *askCommand) understand(ctx context.Context, g *globals, assistant *bot.Assistant, asker store.Person) error {
	out := bufio.NewWriter(g.out)
	defer out.Flush()
	lines := json.NewEncoder(out)
	understand := func(text string) error {
		question, err := assistant.Understand(ctx, asker, text, g.now())
		if err != nil {
			return err
		}
		return lines.Encode(question)
	}
	if c.Text != "-" {
		return understand(c.Text)
	}
	texts := bufio.NewScanner(g.in)
	texts.Buffer(nil, 1<<20)
	for texts.Scan() {
		if err := understand(texts.Text()); err != nil {
			return err
		}
	}
	if err := texts.Err(); err != nil {
		return fmt.Errorf("ask: read texts: %w", err)
	}
	return nil
}
