package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

const (
	lookupBatch = 50               // mobile numbers that the platform takes in one call
	missFor     = 10 * time.Minute // before somebody unknown is looked up again
	wholeFor    = 24 * time.Hour   // before those who are bound are looked up again
)

// identify returns who an open_id is bound to. Somebody unknown, or no longer in
// service, is looked up by the mobile numbers of those who are: they may have been
// hired since, or again. The zero Person is nobody.
func (a *Assistant) identify(ctx context.Context, openID string, now time.Time) (store.Asker, error) {
	asker, err := a.Records.AskerByOpenID(ctx, openID)
	if err != nil {
		return store.Asker{}, err
	}
	if asker.OnDuty || a.Contacts == nil || openID == "" || a.lookups.missed(openID, now) {
		return asker, nil
	}
	bound, err := a.bindUnknown(ctx, openID, now)
	var unanswered *lookupError
	switch {
	case errors.As(err, &unanswered):
		a.Log.WarnContext(ctx, "bot: people not looked up", "error", err)
		return asker, nil
	case err != nil:
		return store.Asker{}, err
	case !bound:
		a.lookups.miss(openID, now)
		return asker, nil
	}
	return a.Records.AskerByOpenID(ctx, openID)
}

// bindUnknown binds whom the platform finds, until openID is among them: first of
// those who are not bound, then, if nobody did so of late, of those whose binding
// may be out of date.
func (a *Assistant) bindUnknown(ctx context.Context, openID string, now time.Time) (found bool, err error) {
	unbound, bound, err := a.inService(ctx)
	if err != nil {
		return false, err
	}
	if found, err = a.bind(ctx, unbound, openID); found || err != nil || !a.lookups.wholeBefore(now, missFor) {
		return found, err
	}
	if found, err = a.bind(ctx, bound, openID); !found && err == nil {
		a.lookups.whole(now)
	}
	return found, err
}

// BindEverybody binds everybody in service who is not bound yet and whom the
// platform finds by mobile number. Once a day it looks at those who are bound as
// well: whoever has another identity by now is bound anew. Whom the platform does
// not find keeps their binding, which the centre may have made by hand.
func (a *Assistant) BindEverybody(ctx context.Context, now time.Time) error {
	if a.Contacts == nil {
		return nil
	}
	people, bound, err := a.inService(ctx)
	if err != nil {
		return err
	}
	whole := a.lookups.wholeBefore(now, wholeFor)
	if whole {
		people = append(people, bound...)
	}
	if _, err = a.bind(ctx, people, ""); err == nil && whole {
		a.lookups.whole(now)
	}
	return err
}

func (a *Assistant) inService(ctx context.Context) (unbound, bound []store.Person, err error) {
	people, err := a.Records.People(ctx)
	for _, p := range people {
		switch {
		case p.OnDuty && p.OpenID == "":
			unbound = append(unbound, p)
		case p.OnDuty:
			bound = append(bound, p)
		}
	}
	return unbound, bound, err
}

// lookupError says that the platform did not tell who somebody is.
type lookupError struct{ error }

func (e *lookupError) Unwrap() error { return e.error }

func (a *Assistant) lookup(ctx context.Context, people ...store.Person) (map[string]string, error) {
	mobiles := make([]string, len(people))
	for i, p := range people {
		mobiles[i] = p.Mobile
	}
	ids, err := a.Contacts.Lookup(ctx, mobiles)
	if err != nil {
		return nil, &lookupError{fmt.Errorf("bot: look people up: %w", err)}
	}
	return ids, nil
}

// bind looks people up, a batch at a time, and binds whom the platform finds. It
// stops after the batch in which wanted was bound; "" is nobody's.
func (a *Assistant) bind(ctx context.Context, people []store.Person, wanted string) (found bool, err error) {
	for batch := range slices.Chunk(people, lookupBatch) {
		ids, err := a.lookup(ctx, batch...)
		if err != nil {
			return false, err
		}
		for _, p := range batch {
			id := ids[p.Mobile]
			if id == "" || id == p.OpenID {
				continue
			}
			bound, err := a.bindOne(ctx, p, id)
			if err != nil {
				return false, err
			}
			found = found || bound && id == wanted
		}
		if found {
			return true, nil
		}
	}
	return false, nil
}

// bindOne binds a person to an open_id, unless somebody else in service has it of
// whom the platform says the same: then whoever had it first keeps it.
func (a *Assistant) bindOne(ctx context.Context, p store.Person, openID string) (bound bool, err error) {
	holder, err := a.Records.PersonByOpenID(ctx, openID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return false, err
	}
	if holder.OnDuty && holder.Mobile != p.Mobile {
		ids, err := a.lookup(ctx, holder)
		if err != nil {
			return false, err
		}
		if ids[holder.Mobile] == openID {
			a.Log.WarnContext(ctx, "bot: the platform gives two people one identity; it stays with who has it")
			return false, nil
		}
	}
	err = a.Records.Bind(ctx, p.Mobile, openID)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil // taken off 人员 meanwhile
	}
	return err == nil, err
}

// strangerWords tells somebody who gets no data whom to turn to.
func (a *Assistant) strangerWords(who store.Person) string {
	if who.Mobile != "" {
		return "名册里您目前不在岗，暂时看不到数据；如果有误，请联系" + a.Contact + "。"
	}
	return "我还没认出您。请联系" + a.Contact + "，看看名册里登记的是不是您飞书用的手机号；刚登记过的，过十分钟再来找我就好。"
}

func (a *Assistant) stranger(who store.Person) card.Card {
	return card.Card{Title: "您好", Tone: card.Quiet}.Add(card.Text{Content: a.strangerWords(who)})
}
