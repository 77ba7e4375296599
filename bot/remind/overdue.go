package remind

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// The thresholds at each of which an item is told of once.
const (
	within24h = "24h"
	within4h  = "4h"
	justOver  = "overdue"
	dayLate   = "late" // more than a day overdue: the community's lead is told
)

// thresholds in the order in which a card lists them.
var thresholds = []string{justOver, within4h, within24h, dayLate}

// lookBack is how long an item may have been overdue when it is first told of:
// it spans the longest holidays, and old ones are no news.
const lookBack = 31 * 24 * time.Hour

// overdue lists what the reporters, the grids' chiefs and the communities' leads
// are told of the items that have come to a threshold since they were last told.
func (s *scene) overdue(ctx context.Context) ([]Reminder, error) {
	grids := make([]string, len(s.grids))
	for i, g := range s.grids {
		grids[i] = g.ID
	}
	items, err := s.Records.DueItems(ctx, grids, s.now.Add(-lookBack), s.now.Add(soon+time.Nanosecond), s.now)
	if err != nil {
		return nil, err
	}
	if s.urgent {
		items = slices.DeleteFunc(items, func(i store.Item) bool { return !s.wakes(i) })
	}
	notices, err := s.untold(ctx, s.noticesOf(items))
	if err != nil {
		return nil, err
	}
	var reminders []Reminder
	for _, who := range s.people {
		if mine := notices[who.Mobile]; len(mine) > 0 {
			reminders = append(reminders, s.overdueTo(who, mine))
		}
	}
	return reminders, nil
}

// wakes reports whether people are reminded of an item when they are off duty: it
// is of an emergency and, at night, has not the whole morning left.
func (s *scene) wakes(i store.Item) bool {
	emergency := slices.Contains(s.Emergencies, i.Category) || slices.Contains(s.Emergencies, i.Category+"/"+i.Kind)
	return emergency && (!isNight(s.at) || thresholdOf(i.DueAt.Sub(s.now)) != within24h)
}

// notice is an item at a threshold.
type notice struct {
	store.Item
	threshold string
}

func (n notice) told(to store.Person) store.Told {
	return store.Told{Subject: "item:" + n.ID, Threshold: n.threshold, Receiver: store.PersonKey(to.Mobile)}
}

// noticesOf are the items each person has to do with, by mobile number.
func (s *scene) noticesOf(items []store.Item) map[string][]notice {
	chiefs := s.mobiles(store.Chief, func(p store.Person) []string { return p.Grids })
	leads := s.mobiles(store.CommunityLead, func(p store.Person) []string { return p.Communities })
	community := make(map[string]string, len(s.grids))
	for _, g := range s.grids {
		community[g.ID] = g.Community
	}
	notices := map[string][]notice{}
	add := func(item store.Item, threshold string, mobiles []string) {
		for _, mobile := range mobiles {
			notices[mobile] = append(notices[mobile], notice{item, threshold})
		}
	}
	for _, item := range items {
		left := item.DueAt.Sub(s.now)
		mobiles := append([]string{item.Mobile}, chiefs[item.GridID]...)
		slices.Sort(mobiles)
		add(item, thresholdOf(left), slices.Compact(mobiles))
		if left < -soon {
			add(item, dayLate, leads[community[item.GridID]])
		}
	}
	return notices
}

// mobiles lists those of a role by what is in their charge.
func (s *scene) mobiles(role store.Role, charge func(store.Person) []string) map[string][]string {
	by := map[string][]string{}
	for _, p := range s.people {
		if p.Role == role {
			for _, one := range charge(p) {
				by[one] = append(by[one], p.Mobile)
			}
		}
	}
	return by
}

func thresholdOf(left time.Duration) string {
	switch {
	case left < 0:
		return justOver
	case left <= 4*time.Hour:
		return within4h
	}
	return within24h
}

// untold leaves out what its receiver has been told.
func (s *scene) untold(ctx context.Context, notices map[string][]notice) (map[string][]notice, error) {
	var subjects []string
	for _, mine := range notices {
		for _, n := range mine {
			subjects = append(subjects, "item:"+n.ID)
		}
	}
	slices.Sort(subjects)
	told, err := s.Records.HaveTold(ctx, slices.Compact(subjects))
	if err != nil {
		return nil, err
	}
	for mobile, mine := range notices {
		notices[mobile] = slices.DeleteFunc(mine, func(n notice) bool { return told[n.told(store.Person{Mobile: mobile})] })
	}
	return notices, nil
}

// itemsOnCard is how many items of a threshold a card lists.
const itemsOnCard = 15

// overdueTo is the one card that a person gets in the hour.
func (s *scene) overdueTo(who store.Person, mine []notice) Reminder {
	slices.SortStableFunc(mine, func(a, b notice) int { return a.DueAt.Compare(b.DueAt) })
	c := card.Card{Title: s.say("overdue.title", nil), Subtitle: momentName(s.at), Tone: card.Warning, Summary: s.say("overdue.summary", nil)}
	lead := "overdue.lead"
	if !slices.ContainsFunc(mine, func(n notice) bool { return n.threshold != dayLate }) {
		lead = "overdue.lead_late"
	}
	c = c.Add(card.Text{Content: s.say(lead, nil)})
	for _, threshold := range thresholds {
		c = c.Add(s.noticeBlocks(threshold, mine)...)
	}
	if grid, own := s.gridOf(who, mine); own {
		c = c.Add(card.Buttons{askButton(s.say("button.overdue", nil), ask.Overdue, grid)})
	}
	r := s.toPerson(who, c)
	for _, n := range mine {
		r.tells = append(r.tells, n.told(who))
	}
	return r
}

func (s *scene) noticeBlocks(threshold string, mine []notice) []card.Block {
	var list card.List
	for _, n := range mine {
		switch {
		case n.threshold != threshold:
		case len(list.Items) == itemsOnCard:
			list.More++
		default:
			list.Items = append(list.Items, n.words(s.now))
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []card.Block{card.Text{Strong: s.say("overdue."+threshold, nil)}, list}
}

// gridOf is the grid of all the items, if it is one that the person works in.
func (s *scene) gridOf(who store.Person, mine []notice) (grid string, own bool) {
	grid = mine[0].GridID
	one := !slices.ContainsFunc(mine, func(n notice) bool { return n.GridID != grid })
	return grid, one && works(who) && slices.Contains(who.Grids, grid)
}

// words are 11月23日 18:00，还剩 3 小时 · 城市管理 · 路灯不亮 · S1.
func (n notice) words(now time.Time) string {
	text := momentName(n.DueAt) + "，" + leftWords(n.DueAt.Sub(now)) + " · " + n.Category
	if what := cmp.Or(n.Title, n.Kind); what != "" {
		text += " · " + what
	}
	return text + " · " + n.ID
}

// leftWords is 还剩 3 小时, 还剩 20 分钟, 已超 2 天.
func leftWords(left time.Duration) string {
	lead := "还剩 "
	if left < 0 {
		lead, left = "已超 ", -left
	}
	switch {
	case left < time.Hour:
		return lead + strconv.Itoa(max(1, int(left.Minutes()))) + " 分钟"
	case left < 48*time.Hour:
		return lead + strconv.Itoa(int(left.Hours())) + " 小时"
	}
	return lead + strconv.Itoa(int(left.Hours()/24)) + " 天"
}
