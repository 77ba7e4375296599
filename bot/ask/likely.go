package ask

import "slices"

// gridsOf lists the grids that a text may mean by a name or number, and a
// community where it says one.
func (c Context) gridsOf(n *named, community string) []int {
	if community == "" && c.spoken != "" {
		if found := c.gridsOf(n, c.spoken); len(found) > 0 {
			return found
		}
	}
	if n.number == 0 {
		return c.nearest(c.Directory.within(n.grids, community))
	}
	byName, byID, plain := c.Directory.withNumber(n.number, community)
	if len(byName) > 0 && (n.ordinal || plain || community != "") {
		return c.likelier(byName, byID)
	}
	return c.likelier(byID, byName)
}

// withNumber lists the grids whose name ends in the number, and those whose id
// does; plain, that some of those names are nothing else, and then only they count.
func (d *Directory) withNumber(n int, community string) (byName, byID []int, plain bool) {
	var plainly []int
	for i, g := range d.grids {
		if community != "" && g.Community != community {
			continue
		}
		if g.byName == n {
			byName = append(byName, i)
		}
		if g.byName == n && g.nameOnly {
			plainly = append(plainly, i)
		}
		if g.byID == n {
			byID = append(byID, i)
		}
	}
	if len(plainly) > 0 && community == "" {
		return plainly, byID, true
	}
	return byName, byID, false
}

func (d *Directory) within(grids []int, community string) []int {
	if community == "" {
		return grids
	}
	var in []int
	for _, i := range grids {
		if d.grids[i].Community == community {
			in = append(in, i)
		}
	}
	return in
}

// likelier lists the grids of the first reading; also those of the second where
// they are nearer to the asker, for then nobody can say which reading is meant.
func (c Context) likelier(first, second []int) []int {
	first, second = c.nearest(first), c.nearest(second)
	if len(first) == 0 {
		return second
	}
	if len(second) > 0 && c.nearness(second[0]) > c.nearness(first[0]) {
		return append(slices.Clone(second), first...)
	}
	return first
}

// nearest lists those of the grids that are nearest to the asker.
func (c Context) nearest(grids []int) []int {
	most, near := 0, []int(nil)
	for _, i := range grids {
		switch n := c.nearness(i); {
		case n > most:
			most, near = n, []int{i}
		case n == most:
			near = append(near, i)
		}
	}
	return near
}

// nearness is 2 of the asker's own grids, 1 of others of their community, 0 of the rest.
func (c Context) nearness(grid int) int {
	g := c.Directory.grids[grid]
	switch {
	case slices.Contains(c.Own, g.ID):
		return 2
	case slices.Contains(c.Home, g.Community):
		return 1
	}
	return 0
}
