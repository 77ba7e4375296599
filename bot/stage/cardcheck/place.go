package cardcheck

import (
	"fmt"
	"maps"
	"slices"
)

// place is where in a card something stands: a chain up to the root.
type place struct {
	parent *place
	step   string // a member's name, or [index]
	tag    string
}

var rootPlace = place{step: "ROOT"}

func (p place) in(step string) place    { return place{parent: &p, step: step} }
func (p place) item(i int) place        { return p.in(fmt.Sprintf("[%d]", i)) }
func (p place) tagged(tag string) place { p.tag = tag; return p }

func (p place) String() string {
	text := p.step
	if p.tag != "" {
		text += "(tag: " + p.tag + ")"
	}
	if p.parent == nil {
		return text
	}
	return p.parent.String() + " -> " + text
}

// is tells whether the place is this chain of members from the root.
func (p *place) is(steps ...string) bool {
	for _, step := range slices.Backward(steps) {
		if p == nil || p.step != step {
			return false
		}
		p = p.parent
	}
	return p != nil && p.parent == nil
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
