package bot

import (
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// survey settles which community, or the whole street, a question about many
// grids is for. Where it cannot be said, or not be told, a card is returned
// instead.
func (q *asking) survey() *card.Card {
	homes := q.street.homes(q.who)
	if q.right.role == store.CommunityLead && q.Community == "" && len(homes) > 1 {
		return q.whichCommunity(homes)
	}
	q.Community, q.Grid, q.Person = q.scope(), "", ""
	if !q.right.surveys(q.Community) {
		return q.notYours()
	}
	return nil
}

// scope is the community that a question about many grids is for, "" for the
// street: the one named, or the only one of the asker.
func (q *asking) scope() string {
	if q.Community != "" {
		return q.Community
	}
	if of := q.groupScope(); of != "" && q.right.surveys(of) {
		return of
	}
	if homes := q.street.homes(q.who); len(homes) == 1 && (q.right.role == store.CommunityLead || q.Home) {
		return homes[0]
	}
	return ""
}

// groupScope is the community that is meant in a community's group where nothing
// else is said, "" for none.
func (q *asking) groupScope() string {
	if q.Street || q.Community != "" || q.Grid != "" || q.Person != "" {
		return ""
	}
	return q.groupOf
}

func (q *asking) scopeName() string {
	if q.Community == "" {
		return "全街道"
	}
	return q.Community
}

// notYours says that a community's state is for those who look after it.
func (q *asking) notYours() *card.Card {
	c := card.Card{Title: "这个暂时不能看", Subtitle: q.scopeName(), Tone: card.Quiet}.Add(
		card.Text{Content: "这里的总体情况由负责的同事查看。您可以看自己的："})
	c = c.Add(q.everyday()[:3])
	return &c
}

// whichCommunity asks which of several communities is meant.
func (q *asking) whichCommunity(communities []string) *card.Card {
	var buttons card.Buttons
	for _, name := range communities {
		of := *q
		of.Community = name
		buttons = append(buttons, of.button(name, false, q.Meaning))
	}
	c := card.Card{Title: "您要看哪个社区？"}.Add(card.Text{Content: "点一个社区就好。"}, buttons)
	return &c
}
