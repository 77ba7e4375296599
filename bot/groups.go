package bot

import (
	"context"
	"errors"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// added says hello to a group, and asks what it is for.
func (a *Assistant) added(ctx context.Context, event Event) (*Reply, error) {
	street, err := a.streets.current(ctx)
	if err != nil {
		return nil, err
	}
	return &Reply{Card: helloCard(street, event.ChatName), ChatID: event.ChatID}, nil
}

func helloCard(street *street, chatName string) card.Card {
	return card.Card{Title: "大家好，我是网格助手", Summary: "大家好，我是网格助手"}.Add(
		card.Text{Content: "在群里@我就能问分数、缺口和规则；单个对象、场所和走访的细节我只私信说。"},
		card.Text{Content: "请社区负责人、街道领导或中心管理员选一下，这个群是哪个社区的："},
		groupChoice(street, chatName))
}

func groupChoice(street *street, chatName string) card.Select {
	choice := card.Select{Name: "社区", Value: action{Do: doBind, Pick: pickCommunity, Chat: chatName}.value()}
	for _, name := range street.communities {
		choice.Options = append(choice.Options, card.Option{Text: name, Value: name})
	}
	choice.Options = append(choice.Options, card.Option{Text: "全街道", Value: everywhere})
	return choice
}

// bindGroup makes a group the group of a community, if the presser decides that.
// The select stays on the card: a choice can be wrong.
func (a *Assistant) bindGroup(ctx context.Context, press Press, act action, who store.Person, now time.Time) (PressAnswer, error) {
	street, err := a.streets.current(ctx)
	if err != nil {
		return PressAnswer{}, err
	}
	chosen := act.Pick == pickCommunity && press.ChatID != "" && (press.Option == everywhere || street.has(act.Community) && act.Community != "")
	switch {
	case !chosen:
		return outdated(), nil
	case !rightOf(who, a.Openness, true).binds(act.Community):
		return PressAnswer{Toast: "请社区负责人（本社区）、街道领导或中心管理员来选", ToastKind: ToastWarning}, nil
	}
	group := store.Group{ChatID: press.ChatID, Name: act.Chat, Community: act.Community, BoundBy: press.OpenID, BoundAt: now}
	if err := a.Records.BindGroup(ctx, group); err != nil {
		return PressAnswer{}, err
	}
	bound := boundCard(street, group)
	return PressAnswer{Card: &bound, Toast: "设置好了", ToastKind: ToastSuccess}, nil
}

func boundCard(street *street, group store.Group) card.Card {
	name := group.Community
	if name == "" {
		name = "全街道"
	}
	return card.Card{Title: "设置好了", Subtitle: name, Tone: card.Good}.Add(
		card.Text{Content: "这个群是" + name + "的群，工作日傍晚我会在这里提醒还没做完的事。@我就能提问。"},
		card.Note("选错了可以重新选："), groupChoice(street, group.Name))
}

// inGroup reports whether a chat is known as a group.
func (a *Assistant) inGroup(ctx context.Context, chatID string) (bool, error) {
	_, err := a.Records.Group(ctx, chatID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
