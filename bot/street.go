package bot

import (
	"context"
	"slices"
	"sync"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
)

// street is who and what there is: grids, their people, communities. It does
// not change.
type street struct {
	version     int64        // of the records, when they last changed for every grid
	grids       []store.Grid // ordered by id
	byID        map[string]store.Grid
	communities []string
	crews       map[string][]store.Person // those of a grid who are on duty, chiefs first
	byName      map[string][]store.Person
	directory   *ask.Directory

	askGrids  []ask.Grid // what the directory is made of
	askPeople []ask.Person
}

// streetKeeper keeps the street until what it is made of changes: that counts for
// every grid.
type streetKeeper struct {
	records Records
	mu      sync.Mutex
	kept    *street
}

func (k *streetKeeper) current(ctx context.Context) (*street, error) {
	version, err := k.records.Version(ctx)
	if err != nil {
		return nil, err
	}
	return k.of(ctx, version)
}

func (k *streetKeeper) of(ctx context.Context, version store.Version) (*street, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept != nil && k.kept.version >= version.Street {
		return k.kept, nil
	}
	read, err := readStreet(ctx, k.records, version.Street)
	if err != nil {
		return nil, err
	}
	read.index(k.kept)
	k.kept = read
	return read, nil
}

func readStreet(ctx context.Context, records Records, version int64) (*street, error) {
	s := &street{version: version, byID: map[string]store.Grid{}, crews: map[string][]store.Person{}, byName: map[string][]store.Person{}}
	var err error
	if s.grids, err = records.Grids(ctx); err != nil {
		return nil, err
	}
	if s.communities, err = records.Communities(ctx); err != nil {
		return nil, err
	}
	people, err := records.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range s.grids {
		s.byID[g.ID] = g
	}
	for _, p := range people {
		if p.OnDuty {
			s.settle(p)
		}
	}
	return s, nil
}

// settle enters a person with the grids he works in.
func (s *street) settle(p store.Person) {
	s.byName[p.Name] = append(s.byName[p.Name], p)
	if !works(p) || len(p.Grids) == 0 {
		s.askPeople = append(s.askPeople, ask.Person{Name: p.Name})
		return
	}
	for _, grid := range p.Grids {
		s.askPeople = append(s.askPeople, ask.Person{Name: p.Name, GridID: grid})
		at := len(s.crews[grid])
		if p.Role == store.Chief {
			at = 0
		}
		s.crews[grid] = slices.Insert(s.crews[grid], at, p)
	}
}

func works(p store.Person) bool { return p.Role == store.Chief || p.Role == store.Member }

// index makes the directory, or takes over the one before: most changes of
// records are visits and items, and making one is slow.
func (s *street) index(before *street) {
	for _, g := range s.grids {
		s.askGrids = append(s.askGrids, ask.Grid{ID: g.ID, Name: g.Name, Community: g.Community})
	}
	if before != nil && slices.Equal(s.askGrids, before.askGrids) && slices.Equal(s.askPeople, before.askPeople) &&
		slices.Equal(s.communities, before.communities) {
		s.directory = before.directory
		return
	}
	s.directory = ask.NewDirectory(s.askGrids, s.askPeople, s.communities)
}

// homes are the communities that somebody calls ours.
func (s *street) homes(p store.Person) []string {
	homes := slices.Clone(p.Communities)
	for _, id := range p.Grids {
		if g, ok := s.byID[id]; ok && !slices.Contains(homes, g.Community) {
			homes = append(homes, g.Community)
		}
	}
	return homes
}

// crew names the people of a grid, the chief first.
func (s *street) crew(grid string) []string {
	var names []string
	for _, p := range s.crews[grid] {
		names = append(names, p.Name)
	}
	return names
}

// in returns the grids of a community, or all of them ("").
func (s *street) in(community string) []store.Grid {
	if community == "" {
		return s.grids
	}
	return slices.DeleteFunc(slices.Clone(s.grids), func(g store.Grid) bool { return g.Community != community })
}

func (s *street) has(community string) bool { return slices.Contains(s.communities, community) }
