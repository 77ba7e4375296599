package bot

import (
	"context"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
)

// Handle decides what an event brings; nil is silence.
func (a *Assistant) Handle(ctx context.Context, event Event, now time.Time) (*Reply, error) {
	switch event.Kind {
	case MessageReceived:
		return a.message(ctx, event, now)
	case MenuPressed:
		return a.menu(ctx, event, now)
	case ChatEntered:
		return a.entered(ctx, event, now)
	case BotAdded:
		return a.added(ctx, event)
	case BotRemoved:
		return nil, a.Records.UnbindGroup(ctx, event.ChatID)
	case PersonLeft:
		return nil, a.Records.Unbind(ctx, event.OpenID)
	}
	return nil, nil
}

// message answers what somebody wrote. In a group it is silent unless mentioned.
func (a *Assistant) message(ctx context.Context, event Event, now time.Time) (*Reply, error) {
	if event.FromBot || !event.Private && !event.Mentioned {
		return nil, nil
	}
	q, err := a.askingOf(ctx, event, now)
	if err != nil {
		return nil, err
	}
	answered, err := a.messageAnswer(ctx, q, event)
	if err != nil {
		return nil, err
	}
	return &Reply{Card: answered, MessageID: event.MessageID}, nil
}

func (a *Assistant) messageAnswer(ctx context.Context, q asking, event Event) (card.Card, error) {
	switch {
	case !q.right.known():
		return a.stranger(q.who), nil
	case event.MessageType != "" && event.MessageType != "text" && event.MessageType != "post":
		return q.onlyTexts(), nil
	case strings.TrimSpace(event.Text) == "":
		q.Question = ask.Question{Meaning: ask.Help, Sure: true}
		return a.answer(ctx, q)
	}
	last, at := a.memory.recall(ctx, event.OpenID, event.conversation(), q.now)
	q = a.readAfter(q, event.Text, last, at)
	answered, err := a.answerIn(ctx, event.conversation(), q)
	if err == nil {
		a.Log.InfoContext(ctx, "bot: question answered", "event", event.ID, "meaning", q.Meaning, "sure", q.Sure, "private", event.Private)
	}
	return answered, err
}

// readAfter is the question of a text after the last one. A leader may ask of one
// grid what they may not ask of another that they saw before: then 还差什么 is a
// question of its own. A worker would take their own figures for the other's.
func (a *Assistant) readAfter(q asking, text string, last *ask.Question, at time.Time) asking {
	after := a.read(q, text, last, at)
	if last == nil || after.granted() || q.right.worker() {
		return after
	}
	if alone := a.read(q, text, nil, time.Time{}); alone.Sure && alone.Meaning == after.Meaning && alone.granted() {
		return alone
	}
	return after
}

// answerIn answers a question, and remembers it for what may follow in the
// conversation.
func (a *Assistant) answerIn(ctx context.Context, conversation string, q asking) (card.Card, error) {
	q, err := a.ofOwnGrid(ctx, q)
	if err != nil {
		return card.Card{}, err
	}
	answered, err := a.answer(ctx, q)
	if err != nil || !q.right.known() {
		return answered, err
	}
	if q.granted() {
		a.memory.remember(ctx, q.who.OpenID, conversation, q.Question, q.now)
	}
	return a.withArrival(ctx, q, answered.Add(q.otherGrids()...))
}

// menuMeanings are the entries of the bot's menu.
var menuMeanings = map[string]ask.Meaning{
	"my_score": ask.MyScore, "shortfall": ask.Shortfall, "ranking": ask.Ranking, "help": ask.Help,
}

// menu answers a press of the bot's menu, in private.
func (a *Assistant) menu(ctx context.Context, event Event, now time.Time) (*Reply, error) {
	event.Private = true
	q, err := a.askingOf(ctx, event, now)
	if err != nil {
		return nil, err
	}
	meaning, ok := menuMeanings[event.MenuKey]
	if !ok {
		meaning = ask.Help
	}
	q.Question = ask.Question{Meaning: meaning, Sure: true}
	answered, err := a.answerIn(ctx, inPrivate, q)
	if err != nil {
		return nil, err
	}
	return &Reply{Card: answered, OpenID: event.OpenID}, nil
}

// entered greets whoever opens the private chat for the first time.
func (a *Assistant) entered(ctx context.Context, event Event, now time.Time) (*Reply, error) {
	event.Private = true
	q, err := a.askingOf(ctx, event, now)
	if err != nil {
		return nil, err
	}
	greeting := event.OpenID
	if !q.right.known() {
		greeting = "stranger:" + greeting // the help is still to come, once they are known
	}
	first, err := a.Records.GreetOnce(ctx, greeting, now)
	if err != nil || !first {
		return nil, err
	}
	if last, _ := a.memory.recall(ctx, event.OpenID, inPrivate, q.now); last != nil {
		return nil, nil // they asked before we came to say hello
	}
	q.Question = ask.Question{Meaning: ask.Help, Sure: true}
	answered, err := a.answer(ctx, q)
	if err != nil {
		return nil, err
	}
	return &Reply{Card: answered, OpenID: event.OpenID}, nil
}

// askingOf is the question of an event before it is read: who asks, and where.
func (a *Assistant) askingOf(ctx context.Context, event Event, now time.Time) (asking, error) {
	who, err := a.identify(ctx, event.OpenID, now)
	if err != nil {
		return asking{}, err
	}
	q, err := a.askingOn(ctx, who, !event.Private, now)
	if err != nil {
		return asking{}, err
	}
	if event.Private {
		q.turner = event.OpenID
		return q, nil
	}
	q.groupOf, err = a.communityOf(ctx, event.ChatID)
	return q, err
}
