package ask

import "slices"

// names finds out whom the names mean: a community first, for it says which of
// several grids or people is meant.
func (s *statement) names(names []*named, c Context) {
	for _, n := range names {
		if n.community != "" {
			s.open = s.open || s.community != "" && s.community != n.community
			s.community = n.community
			s.concepts["community"] = true
		}
	}
	for _, n := range names {
		switch {
		case n.person != "":
			s.open = s.open || s.person != "" && s.person != n.person
			s.person = n.person
			s.concepts["person"] = true
			s.livesIn(c.Directory)
		case n.community == "":
			s.concepts["grid"] = true
			s.nameGrid(n, c)
		}
	}
	if s.person != "" && s.grid != "" && !c.Directory.lives(s.person, s.grid) {
		s.open = true // 王芳 is not of the grid that is named with her
	}
}

// livesIn sets the grid of the person, where only one can be meant.
func (s *statement) livesIn(d *Directory) {
	var grids []string
	for _, p := range d.people[s.person] {
		if s.community == "" || s.community == d.communityOf(p.GridID) {
			grids = append(grids, p.GridID)
		}
	}
	switch {
	case len(grids) == 0:
		s.open = true
	case len(grids) == 1 && grids[0] != "":
		s.setGrid(grids[0])
	}
}

// lives reports whether somebody of the name belongs to the grid.
func (d *Directory) lives(name, grid string) bool {
	return slices.ContainsFunc(d.people[name], func(p Person) bool { return p.GridID == grid })
}

func (s *statement) nameGrid(n *named, c Context) {
	if c.Directory == nil {
		s.open = true
		return
	}
	found := c.gridsOf(n, s.community)
	if len(found) == 1 {
		s.setGrid(c.Directory.grids[found[0]].ID)
		return
	}
	s.open = true
	for _, i := range found {
		s.grids = append(s.grids, c.Directory.grids[i].ID)
	}
}

func (s *statement) setGrid(id string) {
	s.open = s.open || s.grid != "" && s.grid != id
	s.grid = id
}

func (d *Directory) communityOf(grid string) string {
	for _, g := range d.grids {
		if g.ID == grid {
			return g.Community
		}
	}
	return ""
}
