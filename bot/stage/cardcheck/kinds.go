package cardcheck

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind checks one property's value.
type kind func(c *checker, at place, v any)

// property is what a component's member must be.
type property struct {
	kind     kind
	required bool
}

type properties map[string]property

func may(k kind) property  { return property{kind: k} }
func must(k kind) property { return property{kind: k, required: true} }

// with adds to properties; the later ones win.
func (p properties) with(more ...properties) properties {
	sum := properties{}
	for _, part := range append([]properties{p}, more...) {
		for name, property := range part {
			sum[name] = property
		}
	}
	return sum
}

// test makes a kind of a yes-or-no question.
func test(wanted string, ok func(v any) bool) kind {
	return func(c *checker, at place, v any) {
		if !ok(v) {
			c.refuse(at, BadJSON, v, "%s is wanted", wanted)
		}
	}
}

func str(v any) bool { _, ok := v.(string); return ok }

var (
	anything = test("anything", func(any) bool { return true })
	text     = test("a string", str)
	filled   = test("a string that is not empty", func(v any) bool { s, ok := v.(string); return ok && s != "" })
	boolean  = test("true or false", func(v any) bool { _, ok := v.(bool); return ok })
	onlyTrue = test("true (2.0 cards are always shared)", func(v any) bool { return v == true })
	anyMap   = test("an object", func(v any) bool { _, ok := v.(map[string]any); return ok })
	link     = test("an http or https link", isLink)
	anyLink  = test("an http or https link, or nothing", func(v any) bool { return v == "" || isLink(v) })
)

func isLink(v any) bool {
	s, _ := v.(string)
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "lark://")
}

func upTo(n int, k kind) kind {
	return func(c *checker, at place, v any) {
		if s, ok := v.(string); ok && utf8.RuneCountInString(s) > n {
			c.refuse(at, BadJSON, v, "at most %d characters are allowed", n)
			return
		}
		k(c, at, v)
	}
}

func oneOf(values ...string) kind {
	return test("one of "+strings.Join(values, ", "), func(v any) bool {
		s, ok := v.(string)
		return ok && slices.Contains(values, s)
	})
}

func integer(from, to float64) kind {
	return test("a whole number from "+strconv.Itoa(int(from))+" to "+strconv.Itoa(int(to)), func(v any) bool {
		n, ok := v.(float64)
		return ok && n == math.Trunc(n) && n >= from && n <= to
	})
}

func number(from, to float64) kind {
	return test("a number in its range", func(v any) bool { n, ok := v.(float64); return ok && n >= from && n <= to })
}

// pixels is "16px" within a range, or one of the words.
func pixels(from, to int, words ...string) kind {
	return test("pixels in their range", func(v any) bool {
		s, ok := v.(string)
		return ok && (slices.Contains(words, s) || inPixels(s, from, to))
	})
}

func inPixels(s string, from, to int) bool {
	digits, _ := strings.CutSuffix(s, "px")
	n, err := strconv.Atoi(digits)
	return err == nil && n >= from && n <= to && (digits != s || n == 0)
}

// edges is one to four pixel values: "4px", "4px 0", "4px 0 4px 0".
func edges(from, to int, counts ...int) kind {
	return test("edges in pixels", func(v any) bool {
		s, _ := v.(string)
		parts := strings.Fields(s)
		return slices.Contains(counts, len(parts)) && !slices.ContainsFunc(parts, func(p string) bool { return !inPixels(p, from, to) })
	})
}

// either is satisfied by one of two kinds.
func either(a, b kind) kind {
	return func(c *checker, at place, v any) {
		trial := checker{known: c.known, components: c.components, colors: c.colors, ids: map[string]bool{}, names: map[string]bool{}}
		if a(&trial, at, v); trial.wrong != nil {
			b(c, at, v)
		}
	}
}

func listOf(k kind) kind {
	return func(c *checker, at place, v any) {
		list, ok := v.([]any)
		if !ok {
			c.refuse(at, BadJSON, v, "a list is wanted")
		}
		for i, item := range list {
			k(c, at.item(i), item)
		}
	}
}

func object(p properties) kind { return func(c *checker, at place, v any) { c.object(at, v, p) } }

var elements = listOf(func(c *checker, at place, v any) { c.element(at, v) })

// Colours: families with their shades, or a name the card defines.
var (
	families = strings.Fields("blue carmine green indigo lime grey orange purple red sunflower turquoise violet wathet yellow")
	shaded   = regexp.MustCompile(`^([a-z]+)-(50|100|200|300|350|400|500|600|700|800|900|00|650|950|1000)$`)
)

func color(c *checker, at place, v any) {
	name, _ := v.(string)
	family := name
	if m := shaded.FindStringSubmatch(name); m != nil {
		family = m[1]
		if family != "grey" && slices.Contains([]string{"00", "650", "950", "1000"}, m[2]) {
			family = ""
		}
	}
	_, own := c.colors[name]
	if !own && !slices.Contains(families, family) && !slices.Contains([]string{"white", "bg-white", "default"}, name) {
		c.refuse(at, BadJSON, v, "unknown color")
	}
}

var elementID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,19}$`)

// uniqueID is an element_id.
func uniqueID(c *checker, at place, v any) {
	id, _ := v.(string)
	if !elementID.MatchString(id) || c.ids[id] {
		c.refuse(at, BadJSON, v, "element_id must be unique, start with a letter and have at most 20 letters, digits or _")
	}
	c.ids[id] = true
}

func person(c *checker, at place, v any) {
	if id, ok := v.(string); !ok || c.known.Person != nil && !c.known.Person(id) {
		c.refuse(at, UnknownPerson, v, "invalid user id")
	}
}

func image(c *checker, at place, v any) {
	if key, ok := v.(string); !ok || c.known.Image != nil && !c.known.Image(key) {
		c.refuse(at, UnknownImage, v, "invalid image key")
	}
}
