package remind

import (
	"context"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// periodVisits is the task of a special period's days; no standard speaks of it.
var periodVisits = task{sheet: sheet.Visits, name: "走访", unit: "次", span: calendar.SpanDay}

// gridPersons are the stability persons of a grid.
type gridPersons struct {
	store.Grid
	persons []store.PeriodPerson
}

// called counts stability persons, and those called on too rarely today.
type called struct{ persons, short int }

func (c called) plus(more called) called {
	return called{c.persons + more.persons, c.short + more.short}
}

func (g gridPersons) called(times int) called {
	n := called{persons: len(g.persons)}
	for _, p := range g.persons {
		if p.Visits < times {
			n.short++
		}
	}
	return n
}

// visitsToday are the stability persons of those periods that run, by period and
// grid, and how far the visits reach; nobody where no visit of today has come.
func (s *scene) visitsToday(ctx context.Context, periods []store.SpecialPeriod) (map[string]map[string]gridPersons, card.Note, error) {
	if !slices.ContainsFunc(periods, func(p store.SpecialPeriod) bool { return p.Start <= s.day }) {
		return nil, "", nil
	}
	sheets, err := s.Records.Reach(ctx, s.now)
	if err != nil {
		return nil, "", err
	}
	reach := reach{s.day, sheets}
	note := card.Note(reach.words([]task{periodVisits}))
	if !reach.hasToday(sheet.Visits) {
		return nil, note, nil
	}
	persons, err := s.Records.PeriodPersons(ctx, s.now)
	return s.byPeriod(persons), note, err
}

// byPeriod leaves out the grids of which nobody is reminded.
func (s *scene) byPeriod(persons []store.PeriodPerson) map[string]map[string]gridPersons {
	grids := make(map[string]store.Grid, len(s.grids))
	for _, g := range s.grids {
		grids[g.ID] = g
	}
	by := map[string]map[string]gridPersons{}
	for _, p := range persons {
		g, ok := grids[p.GridID]
		if !ok {
			continue
		}
		if by[p.Period] == nil {
			by[p.Period] = map[string]gridPersons{}
		}
		by[p.Period][g.ID] = gridPersons{g, append(by[p.Period][g.ID].persons, p)}
	}
	return by
}

// visitsOf is what a chief is told of the day's visits: on whom in their grids
// nobody has called often enough yet.
func (s *scene) visitsOf(p special, who store.Person) []card.Block {
	var list card.List
	for _, id := range who.Grids {
		g := p.visited[id]
		for _, person := range g.persons {
			if person.Visits < s.Rules.PeriodVisits() {
				list.Items = append(list.Items, s.say("period.visits_person", fields{
					"grid": g.Name, "person": discreet(person.Name), "visits": person.Visits, "times": s.Rules.PeriodVisits(),
				}))
			}
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []card.Block{card.Text{Content: s.say("period.visits", s.visitFields(p))}, list}
}

// discreet is 王某 of 王小明: a card is kept, and shown over shoulders.
func discreet(name string) string {
	if name == "" {
		return "某人"
	}
	surname, _ := utf8.DecodeRuneInString(name)
	return string(surname) + "某"
}

func (s *scene) visitFields(p special) fields {
	f := s.fieldsOf(p)
	f["times"] = s.Rules.PeriodVisits()
	return f
}

// visitsInStreet is what the centre is told of the day's visits: of how many
// persons in which community, and nobody by name.
func (s *scene) visitsInStreet(p special) []card.Block {
	var all called
	communities := map[string]called{}
	for _, g := range p.visited {
		n := g.called(s.Rules.PeriodVisits())
		communities[g.Community] = communities[g.Community].plus(n)
		all = all.plus(n)
	}
	var list card.List
	for _, community := range slices.Sorted(maps.Keys(communities)) {
		if n := communities[community]; n.short > 0 {
			list.Items = append(list.Items, s.say("period.centre_visits_of", fields{"community": community, "short": n.short, "persons": n.persons}))
		}
	}
	f := s.visitFields(p)
	f["persons"], f["short"] = all.persons, all.short
	switch {
	case all.persons == 0:
		return nil
	case all.short == 0:
		return []card.Block{card.Text{Content: s.say("period.centre_visited", f)}}
	}
	return []card.Block{card.Text{Content: s.say("period.centre_visits", f)}, list}
}
