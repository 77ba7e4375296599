package remind

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/store"
)

// preparations are what a grid must have ready before a special period.
var preparations = []struct {
	clause scoring.Clause
	name   string
}{{scoring.ClauseRoster, "值班表"}, {scoring.ClausePlan, "稳控方案"}, {scoring.ClauseResponsible, "稳控责任人"}}

// readiness is what a grid lacks for a special period.
type readiness struct {
	store.Grid
	lacks []string
	cost  decimal.Decimal // points at risk
}

// special is a special period on the day of a reminder: how ready each grid is
// that it concerns, and who was visited today, as far as the data can say.
type special struct {
	store.SpecialPeriod
	ready   map[string]readiness   // by grid
	visited map[string]gridPersons // by grid
}

// period lists what the chiefs are told whose grids are not ready for a special
// period, or have people to visit on one of its days, and the centre of the street.
func (s *scene) period(ctx context.Context) ([]Reminder, error) {
	periods, reaches, err := s.specials(ctx)
	if err != nil {
		return nil, err
	}
	var reminders []Reminder
	for _, who := range s.people {
		var blocks []card.Block
		for _, p := range periods {
			switch who.Role {
			case store.Chief:
				blocks = append(blocks, s.readyOf(p, who)...)
				blocks = append(blocks, s.visitsOf(p, who)...)
			case store.Admin:
				blocks = append(blocks, s.readyInStreet(p)...)
				blocks = append(blocks, s.visitsInStreet(p)...)
			}
		}
		if len(blocks) > 0 {
			c := card.Card{Title: s.say("period.title", nil), Subtitle: dayName(s.day), Tone: card.Warning, Summary: s.say("period.summary", nil)}
			reminders = append(reminders, s.toPerson(who, c.Add(blocks...).Add(reaches)))
		}
	}
	return reminders, nil
}

// specials are the special periods of the day; reaches says how far the visits
// do, where they are spoken of.
func (s *scene) specials(ctx context.Context) (those []special, reaches card.Note, err error) {
	periods, err := s.periodsOf(ctx, s.day)
	if err != nil {
		return nil, "", err
	}
	visits, reaches, err := s.visitsToday(ctx, periods)
	if err != nil {
		return nil, "", err
	}
	for _, p := range periods {
		ready, err := s.readinessOf(ctx, p)
		if err != nil {
			return nil, "", err
		}
		those = append(those, special{p, ready, visits[p.ID]})
	}
	return those, reaches, nil
}

// readinessOf says of each grid that a period concerns what it lacks.
func (s *scene) readinessOf(ctx context.Context, p store.SpecialPeriod) (map[string]readiness, error) {
	results, err := s.results(ctx, p.Start.Month())
	if err != nil {
		return nil, err
	}
	grids := map[string]readiness{}
	for _, g := range s.grids {
		if r := results[g.ID]; r != nil {
			if ready, concerned := readinessIn(g, r, p, s.day < p.Start); concerned {
				grids[g.ID] = ready
			}
		}
	}
	return grids, nil
}

func readinessIn(g store.Grid, r *scoring.Result, p store.SpecialPeriod, before bool) (ready readiness, concerned bool) {
	ready.Grid = g
	for _, one := range preparations {
		for _, s := range r.Standards {
			if s.Clause != one.clause || s.Subject != p.Name || s.Window != p.Start.String() {
				continue
			}
			concerned = true
			if !s.Met {
				ready.lacks = append(ready.lacks, one.name)
			}
			if !s.Met && before {
				ready.cost = ready.cost.Add(unit(r, one.clause))
			}
		}
	}
	return ready, concerned
}

// unit is what one case of a clause costs.
func unit(r *scoring.Result, c scoring.Clause) decimal.Decimal {
	for _, d := range r.Deductions {
		if d.Clause == c {
			return d.Unit
		}
	}
	return decimal.Zero
}

// readyOf is what a chief is told of the preparations: nothing where all is ready.
func (s *scene) readyOf(p special, who store.Person) []card.Block {
	var list card.List
	for _, id := range who.Grids {
		g := p.ready[id]
		if len(g.lacks) == 0 {
			continue
		}
		key := "period.missing"
		if g.cost.IsPositive() {
			key = "period.missing_cost"
		}
		list.Items = append(list.Items, g.Name+"："+s.say(key, fields{"things": strings.Join(g.lacks, "、"), "points": g.cost}))
	}
	if len(list.Items) == 0 {
		return nil
	}
	key := "period.during"
	if s.day < p.Start {
		key = "period.before"
	}
	return []card.Block{card.Text{Content: s.say(key, s.fieldsOf(p))}, list}
}

func (s *scene) fieldsOf(p special) fields {
	return fields{"period": p.Name, "first": dayName(p.Start), "last": dayName(p.End), "day": dayName(p.Start)}
}

// readyInStreet is what the centre is told of the preparations: how many grids of
// each community lack what; on the period's days nothing where all is ready.
func (s *scene) readyInStreet(p special) []card.Block {
	f := s.fieldsOf(p)
	var lacking []readiness
	for _, g := range p.ready {
		if len(g.lacks) > 0 {
			lacking = append(lacking, g)
		}
	}
	f["grids"] = len(lacking)
	switch {
	case len(p.ready) == 0, len(lacking) == 0 && s.day >= p.Start:
		return nil
	case len(lacking) == 0:
		f["grids"] = len(p.ready)
		return []card.Block{card.Text{Content: s.say("period.centre_ready", f)}}
	}
	return []card.Block{card.Text{Content: s.say("period.centre_lead", f)}, lackingByCommunity(lacking)}
}

// lackingByCommunity says what grids lack, a line a community: 东社区：值班表缺 2 份.
func lackingByCommunity(grids []readiness) card.List {
	lacking := map[string]map[string]int{} // grids by community and thing
	for _, g := range grids {
		if lacking[g.Community] == nil {
			lacking[g.Community] = map[string]int{}
		}
		for _, thing := range g.lacks {
			lacking[g.Community][thing]++
		}
	}
	var list card.List
	for _, community := range slices.Sorted(maps.Keys(lacking)) {
		var words []string
		for _, one := range preparations {
			if n := lacking[community][one.name]; n > 0 {
				words = append(words, one.name+"缺 "+strconv.Itoa(n)+" 份")
			}
		}
		list.Items = append(list.Items, community+"："+strings.Join(words, "，"))
	}
	return list
}
