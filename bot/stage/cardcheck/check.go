// Package cardcheck refuses cards as the Feishu platform refuses them: it knows
// every component of card JSON 2.0 with the properties it takes, and the limits
// of a whole card. What a card may be is data, in components.go.
package cardcheck

import (
	"encoding/json"
	"fmt"
	"strings"
)

// The causes of a refusal, as they stand in "ext=ErrCode: N" of code 230099
// (im/v1/message/create, list of error codes).
const (
	OverLimit      = 11310  // too many elements or tables, too deep
	UnknownPerson  = 100290 // an at or person that is nobody
	BadChart       = 200550
	UnknownImage   = 200570 // a picture that was not uploaded
	BadJSON        = 200621 // not JSON, a property 2.0 does not know, or a wrong value
	UnsupportedTag = 200861 // a tag that 2.0 does not have
	BadRows        = 200914 // a table's cell is not of its column's type
	UnknownColumn  = 200915 // a table's row has a key that is no column
	UnnamedInForm  = 200530 // a component of a form without name
)

// Limits of one card.
const (
	maxElements = 200 // components, each plain_text counted
	maxTables   = 5
	maxDepth    = 5 // containers in containers
)

// Directory says which people and pictures exist; nil: all of them.
type Directory struct {
	Person func(id string) bool
	Image  func(key string) bool
}

// Refusal is the first thing wrong with a card.
type Refusal struct {
	Code    int    // one of the codes above
	Path    string // ROOT -> body -> elements -> [2](tag: chart)
	Message string
	Value   string // the offending value, shortened
}

// String is the refusal as the platform words it after "ext=".
func (r *Refusal) String() string {
	return fmt.Sprintf("ErrCode: %d; ErrPath: %s; ErrMsg: %s; ErrorValue: %s; ", r.Code, r.Path, r.Message, r.Value)
}

// Check returns why the platform would refuse a card, or nil.
func Check(card []byte, known Directory) *Refusal {
	c := checker{known: known, components: components, ids: map[string]bool{}, names: map[string]bool{}}
	var root any
	if err := json.Unmarshal(card, &root); err != nil {
		c.refuse(rootPlace, BadJSON, nil, "parse card json err, please check whether the card json is correct")
		return c.wrong
	}
	c.root(root)
	c.totals()
	return c.wrong
}

// checker walks one card. The first refusal stands.
type checker struct {
	known      Directory
	components map[string]component
	wrong      *Refusal

	elements, tables int
	depth            int             // containers around the present component
	form             *form           // the form around it
	ids              map[string]bool // element_ids seen
	names            map[string]bool // names of forms and their components seen
	colors           map[string]any  // config.style.color
}

// form is what must be found inside a form.
type form struct{ submits bool }

func (c *checker) refuse(at place, code int, value any, format string, args ...any) {
	if c.wrong == nil {
		c.wrong = &Refusal{code, at.String(), fmt.Sprintf(format, args...), short(value)}
	}
}

func (c *checker) root(v any) {
	card, ok := v.(map[string]any)
	if !ok {
		c.refuse(rootPlace, BadJSON, v, "the card is not an object")
		return
	}
	if card["schema"] != "2.0" {
		c.refuse(rootPlace.in("schema"), BadJSON, card["schema"], "only schema 2.0 is played here")
	}
	c.colors = styleColors(card)
	c.object(rootPlace, card, rootProperties)
}

// styleColors are the colours a card defines for itself.
func styleColors(card map[string]any) map[string]any {
	config, _ := card["config"].(map[string]any)
	style, _ := config["style"].(map[string]any)
	colors, _ := style["color"].(map[string]any)
	return colors
}

// object checks an object's members against the properties it may have.
func (c *checker) object(at place, v any, allowed properties) {
	object, ok := v.(map[string]any)
	if !ok {
		c.refuse(at, BadJSON, v, "an object is wanted")
		return
	}
	for _, name := range sorted(object) {
		p, known := allowed[name]
		if !known {
			c.refuse(at, BadJSON, object[name], "unknown property, property: %s, path: %s", name, at)
			return
		}
		p.kind(c, at.in(name), object[name])
	}
	for _, name := range sorted(allowed) {
		if _, given := object[name]; allowed[name].required && !given {
			c.refuse(at, BadJSON, nil, "property is required, property: %s, path: %s", name, at)
		}
	}
}

// element checks one component by its tag.
func (c *checker) element(at place, v any) {
	object, ok := v.(map[string]any)
	tag, _ := object["tag"].(string)
	at = at.tagged(tag)
	comp, known := c.components[tag]
	switch {
	case !ok:
		c.refuse(at, BadJSON, v, "a component is wanted")
		return
	case !known:
		c.refuse(at, UnsupportedTag, tag, "cards of schema V2 no longer support this capability; unsupported tag %s", tag)
		return
	case comp.rootOnly && !at.parent.is("body", "elements"):
		c.refuse(at, BadJSON, tag, "%s is only allowed at the root of the card's body", tag)
	}
	c.elements++
	defer c.enter(at, comp)()
	if comp.inForm {
		c.named(at, object)
	}
	c.object(at, object, comp.properties)
	if comp.also != nil {
		comp.also(c, at, object)
	}
}

// enter goes one container deeper; what it returns comes out again.
func (c *checker) enter(at place, comp component) func() {
	if !comp.container {
		return func() {}
	}
	c.depth++
	if c.depth > maxDepth {
		c.refuse(at, OverLimit, c.depth, "containers are nested more than %d deep", maxDepth)
	}
	return func() { c.depth-- }
}

// named checks the name of a component one can use: required in a form, and
// unique in the card.
func (c *checker) named(at place, object map[string]any) {
	name, _ := object["name"].(string)
	switch {
	case name == "" && c.form != nil:
		c.refuse(at, UnnamedInForm, nil, "a component in a form needs a name")
	case name != "" && c.names[name]:
		c.refuse(at, BadJSON, name, "the name is used twice in the card")
	case name != "":
		c.names[name] = true
	}
}

func (c *checker) totals() {
	if c.elements > maxElements {
		c.refuse(rootPlace, OverLimit, c.elements, "element exceeds the limit")
	}
	if c.tables > maxTables {
		c.refuse(rootPlace, OverLimit, c.tables, "card table number over limit")
	}
}

// short keeps an offending value to a length one can read.
func short(v any) string {
	if v == nil {
		return ""
	}
	text := []rune(strings.ReplaceAll(fmt.Sprint(v), "\n", " "))
	if len(text) > 60 {
		return string(text[:60]) + "…"
	}
	return string(text)
}
