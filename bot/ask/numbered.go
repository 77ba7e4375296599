package ask

import (
	"strconv"
	"strings"
)

// numberedGrid is a grid with the numbers under which it is known.
type numberedGrid struct {
	Grid
	stem     string // its name without 网格: 云溪第一
	front    string // without its number too: 云溪
	byName   int    // the number its name ends in, 0 for none
	byID     int    // the number its id ends in, 0 for none
	nameOnly bool   // its name is nothing but a number: 第一网格
}

// numbered finds the numbers in the grid's name and id.
func numbered(g Grid) numberedGrid {
	name := []rune(canonical(g.Name))
	n := numberedGrid{Grid: g, stem: strings.TrimSuffix(string(name), "网格")}
	id := canonical(g.ID)
	n.byID, _ = strconv.Atoi(id[len(strings.TrimRight(id, "0123456789")):])
	stem := []rune(strings.TrimSuffix(n.stem, "号"))
	for i := range stem {
		if number, end, ok := number(stem, i); ok && end == len(stem) {
			n.byName = number
			n.front = strings.TrimSuffix(string(stem[:i]), "第")
			n.nameOnly = n.front == ""
			break
		}
	}
	return n
}

// fronts lists what may stand before the number of the grid in place of its
// front: 云溪社区 of 云溪第一网格. They are none where the name is only a number,
// or has none.
func (g numberedGrid) fronts() []string {
	if g.byName == 0 || g.nameOnly {
		return nil
	}
	community := canonical(g.Community)
	if stem := communityStem(community); g.front == stem || g.front == community {
		return []string{stem, stem + "社区", stem + "村"}
	}
	return []string{g.front}
}

// behind reads the number of a grid behind its front: 第一网格, 一网格, 1号, 1.
func behind(text []rune, i int) (n, end int, ok bool) {
	end, _ = after(text, i, "第")
	if n, end, ok = number(text, end); !ok {
		return 0, i, false
	}
	end, _ = after(text, end, "号")
	end, _ = after(text, end, "网格", "格")
	return n, end, true
}

// gridFollows reports whether a grid is counted by the number before text[i],
// which is then no day and no place in a ranking.
func gridFollows(text []rune, i int) bool {
	_, ok := after(text, i, "网格", "号网格", "号格")
	return ok
}

// numberedGridsAt offers 3号网格, 第三网格, 3网格 and 网格3 where they begin at text[i].
func numberedGridsAt(text []rune, i int, try func(token)) {
	if end, ok := after(text, i, "网格"); ok {
		if n, end, ok := number(text, end); ok {
			end, _ = after(text, end, "号")
			try(token{end: end, cost: costToken, named: &named{number: n}})
		}
	}
	start, ordinal := after(text, i, "第")
	n, end, ok := number(text, start)
	if !ok {
		return
	}
	if end, ok = after(text, end, "号网格", "网格", "号格子", "号格"); ok {
		try(token{end: end, cost: costToken, named: &named{number: n, ordinal: ordinal}})
	}
}
