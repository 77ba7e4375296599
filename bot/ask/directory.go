package ask

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Directory is the street's grids, people and communities, indexed by all the
// ways in which they are named. It does not change, and may be used by many
// readers at once. Building one is slow (some 200 ms for 10,000 grids): keep it.
type Directory struct {
	grids   []numberedGrid
	people  map[string][]Person      // by name
	byForm  map[string]*named        // by all the ways of naming
	series  map[string]map[int][]int // numbered grids by front and number: 云溪, 1
	bySound map[string][]string      // names by their folded syllables
	longest map[rune]int             // runes of the longest form or front, by its first
}

// named is what a form of words may name. A form may name several grids; then
// the text has to say more.
type named struct {
	cost      int
	grids     []int // in Directory.grids
	number    int   // a grid's number: 3号网格
	ordinal   bool  // it is said as names say it: 第三网格
	person    string
	community string
}

// NewDirectory indexes the street. Communities of grids need not be listed again.
func NewDirectory(grids []Grid, people []Person, communities []string) *Directory {
	d := &Directory{
		people: map[string][]Person{}, byForm: map[string]*named{},
		series: map[string]map[int][]int{}, bySound: map[string][]string{},
		longest: map[rune]int{},
	}
	communities = slices.Clone(communities)
	for _, g := range grids {
		communities = append(communities, g.Community)
		d.grids = append(d.grids, numbered(g))
	}
	slices.Sort(communities)
	d.addPeople(people)
	d.addCommunities(slices.Compact(communities))
	d.addGrids()
	for form := range d.byForm {
		d.measure(form)
	}
	for front := range d.series {
		d.measure(front)
	}
	return d
}

func (d *Directory) measure(form string) {
	first, _ := utf8.DecodeRuneInString(form)
	d.longest[first] = max(d.longest[first], utf8.RuneCountInString(form))
}

func (d *Directory) addPeople(people []Person) {
	for _, p := range people {
		name := canonical(p.Name)
		if utf8.RuneCountInString(name) < 2 {
			continue
		}
		if d.people[p.Name] == nil {
			d.heard(name)
		}
		d.people[p.Name] = append(d.people[p.Name], p)
		d.byForm[name] = &named{cost: costName, person: p.Name}
	}
}

func (d *Directory) addCommunities(communities []string) {
	parts := map[string][]string{}
	for _, community := range communities {
		name := canonical(community)
		stem := communityStem(name)
		d.heard(stem)
		for _, form := range []string{name, stem + "社区", stem + "村", stem + "居委会", stem + "村委会"} {
			d.put(form, named{cost: costName, community: community})
		}
		d.put(stem, named{cost: costStem, community: community})
		for _, part := range edges(stem) {
			parts[part] = append(parts[part], community)
		}
	}
	for part, of := range parts {
		if len(of) == 1 {
			d.put(part, named{cost: costPart, community: of[0]})
			d.put(part+"社区", named{cost: costStem, community: of[0]})
		}
	}
}

func (d *Directory) addGrids() {
	parts := map[string][]int{}
	for i, g := range d.grids {
		for _, form := range idForms(canonical(g.ID)) {
			d.putGrid(form, i, costName)
		}
		for _, form := range []string{canonical(g.Name), g.stem, g.stem + "网格"} {
			d.putGrid(form, i, costName)
		}
		for _, front := range g.fronts() {
			if d.series[front] == nil {
				d.series[front] = map[int][]int{}
			}
			d.series[front][g.byName] = append(d.series[front][g.byName], i)
		}
		for _, part := range edges(g.stem) {
			parts[part] = append(parts[part], i)
		}
	}
	for part, of := range parts {
		if _, taken := d.byForm[part]; !taken && len(of) == 1 {
			d.putGrid(part, of[0], costPart)
		}
	}
}

// put adds a form unless it names something already.
func (d *Directory) put(form string, n named) {
	if _, taken := d.byForm[form]; !taken && utf8.RuneCountInString(form) > 1 {
		d.byForm[form] = &n
	}
}

// putGrid adds a grid to those a form names. What names a person or community
// names no grid.
func (d *Directory) putGrid(form string, grid, cost int) {
	d.put(form, named{cost: cost})
	n := d.byForm[form]
	if n != nil && n.person == "" && n.community == "" && !slices.Contains(n.grids, grid) {
		n.grids = append(n.grids, grid)
	}
}

var communityKinds = []string{"社区居民委员会", "社区居委会", "村民委员会", "居民委员会", "行政村", "居委会", "村委会", "社区", "村"}

// communityStem is a community's name without its kind: 云溪 of 云溪社区.
func communityStem(name string) string {
	for _, kind := range communityKinds {
		if stem, ok := strings.CutSuffix(name, kind); ok {
			return stem
		}
	}
	return name
}

// edges lists the beginnings and ends of a name, of two characters and more.
func edges(name string) []string {
	runes := []rune(name)
	var parts []string
	for n := 2; n < len(runes); n++ {
		parts = append(parts, string(runes[:n]))
		if end := string(runes[len(runes)-n:]); end != string(runes[:n]) {
			parts = append(parts, end)
		}
	}
	return parts
}

// idForms lists how an id such as nxs-03 is typed.
func idForms(id string) []string {
	forms := []string{id}
	digits := len(id) - len(strings.TrimRight(id, "0123456789"))
	front := strings.TrimRight(id[:len(id)-digits], "-/. ")
	if digits == 0 || front == "" {
		return forms
	}
	number := id[len(id)-digits:]
	short, err := strconv.Atoi(number)
	if err != nil {
		return forms
	}
	for _, n := range []string{number, strconv.Itoa(short)} {
		forms = append(forms, front+n, front+"-"+n, front+" "+n, front+"."+n)
	}
	return forms
}

// namesAt offers the names that begin at text[i].
func (d *Directory) namesAt(text []rune, i int, try func(token)) {
	if d == nil || i > 0 && joinedTo(text[i-1], text[i]) {
		return
	}
	for n := min(d.longest[text[i]], len(text)-i); n > 1; n-- {
		end := i + n
		name := string(text[i:end])
		found := d.byForm[name]
		if found != nil && (found.person != "" || end == len(text) || !joinedTo(text[end-1], text[end])) {
			try(token{end: end, cost: found.cost, named: found})
		}
		if series := d.series[name]; series != nil {
			if number, end, ok := behind(text, end); ok {
				try(token{end: end, cost: costToken, named: &named{grids: series[number]}})
			}
		}
	}
}

// heard keeps a name to be found by its sound.
func (d *Directory) heard(name string) {
	key := sound([]rune(name))
	d.bySound[key] = append(d.bySound[key], name)
}

// joinedTo reports whether two characters belong to one number or Latin word,
// which no name may cut but a person's: 张三三月.
func joinedTo(a, b rune) bool {
	return isLatin(a) && isLatin(b) || isChineseNumeral(a) && isChineseNumeral(b)
}
