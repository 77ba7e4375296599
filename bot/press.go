package bot

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/store"
)

// Press decides what a press of a button brings, judged by who pressed: whoever
// the card was made for, the answer is by the presser's own right. It is for the
// presser's eyes only, unless it was the presser's own card.
func (a *Assistant) Press(ctx context.Context, press Press, now time.Time) (PressAnswer, error) {
	who, err := a.identifyPresser(ctx, press.OpenID, now)
	if err != nil {
		return PressAnswer{}, err
	}
	if !who.OnDuty {
		return PressAnswer{Toast: a.strangerWords(who.Person), ToastKind: ToastWarning}, nil
	}
	act, err := readAction(press.Value, press.Option)
	if err != nil {
		return outdated(), nil
	}
	switch act.Do {
	case doBind:
		return a.bindGroup(ctx, press, act, who.Person, now)
	case doMute:
		return a.mute(ctx, press, act, who.Person, now)
	}
	return a.pressed(ctx, press, act, who, now)
}

// lookupFor is how long a press may wait for the platform to say who pressed: it
// is to be answered within 3 seconds.
const lookupFor = 1500 * time.Millisecond

// identifyPresser is identify for a press; whom the platform does not find in
// time is nobody, this time.
func (a *Assistant) identifyPresser(ctx context.Context, openID string, now time.Time) (store.Asker, error) {
	hurried, cancel := context.WithTimeout(ctx, lookupFor)
	defer cancel()
	who, err := a.identify(hurried, openID, now)
	if err != nil && ctx.Err() == nil && hurried.Err() != nil {
		return store.Asker{}, nil
	}
	return who, err
}

// pressed answers the question of a button.
func (a *Assistant) pressed(ctx context.Context, press Press, act action, who store.Asker, now time.Time) (PressAnswer, error) {
	q, err := a.askingOn(ctx, who, false, now)
	if err != nil {
		return PressAnswer{}, err
	}
	q.turner, q.page = press.OpenID, act.Page
	switch act.Do {
	case doSay:
		q = a.read(q, act.Text, nil, time.Time{})
	case doAsk:
		if q.Question, err = act.question(q.street); err != nil {
			return outdated(), nil
		}
		if err := a.choose(ctx, q); err != nil {
			return PressAnswer{}, err
		}
	case doPreview:
		if _, known := reminderNames[act.Kind]; !known && act.Kind != "" {
			return outdated(), nil
		}
		q.Question, q.sample, q.pressed = ask.Question{Meaning: ask.Unknown, Topic: topicPreview}, remind.Kind(act.Kind), true
		if ready, err := a.previewReady(ctx, q); err != nil || !ready {
			return PressAnswer{Toast: "正在按现在的记录整理，过几秒再点一次就好", ToastKind: ToastInfo}, err
		}
	default:
		return outdated(), nil
	}
	answered, err := a.answerIn(ctx, inPrivate, q)
	if err != nil {
		return PressAnswer{}, err
	}
	return a.deliver(ctx, press, act, answered)
}

// deliver puts the answer in the place of the presser's own card, or sends it in
// private. A chat that is known as a group is never anybody's own.
func (a *Assistant) deliver(ctx context.Context, press Press, act action, answered card.Card) (PressAnswer, error) {
	group, err := a.inGroup(ctx, press.ChatID)
	if err != nil {
		return PressAnswer{}, err
	}
	switch {
	case group:
		return PressAnswer{Private: &answered, Toast: "已私信发给您", ToastKind: ToastSuccess}, nil
	case act.Turn != press.OpenID: // most often in private, where the answer appears right below
		return PressAnswer{Private: &answered, Toast: "好的，发给您了", ToastKind: ToastSuccess}, nil
	}
	return PressAnswer{Card: &answered}, nil
}

func outdated() PressAnswer {
	return PressAnswer{Toast: "这个按钮已经过期了，请重新问我一次", ToastKind: ToastInfo}
}
