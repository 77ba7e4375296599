package ask

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/scoring"
)

// bookCheck collects the mistakes of a phrase book.
type bookCheck struct {
	dialect  *strings.Replacer
	lines    map[string]int // of each text so far
	problems []problem
}

type problem struct {
	line int
	text string
}

func (c *bookCheck) refuse(line int, format string, args ...any) {
	c.problems = append(c.problems, problem{line, fmt.Sprintf(format, args...)})
}

func (c *bookCheck) err() error {
	if len(c.problems) == 0 {
		return nil
	}
	slices.SortFunc(c.problems, func(a, b problem) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.text, b.text)
	})
	var lines []string
	for _, p := range c.problems {
		lines = append(lines, fmt.Sprintf("line %d: %s", p.line, p.text))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// text returns an entry as texts are written when they are read.
func (c *bookCheck) text(e entry) string {
	text := c.dialect.Replace(canonical(e.text))
	if text == "" {
		c.refuse(e.line, "%q is no word", e.text)
	}
	return text
}

func (c *bookCheck) texts(entries sayings) []string {
	var texts []string
	for _, e := range entries {
		texts = append(texts, c.text(e))
	}
	return texts
}

// once is text, for a list in which nothing may stand twice.
func (c *bookCheck) once(e entry) string {
	text := c.text(e)
	if line, twice := c.lines[text]; twice {
		c.refuse(max(line, e.line), "%q stands in line %d already", e.text, min(line, e.line))
	}
	c.lines[text] = e.line
	return text
}

func (c *bookCheck) period(key string, entries sayings) *relative {
	period, err := parseRelative(key)
	if err != nil {
		c.refuse(firstLine(entries), "%v", err)
	}
	return period
}

func (c *bookCheck) topic(topic string, entries sayings) {
	known := func(clause scoring.Clause) bool {
		return string(clause) == topic || string(clause.Section()) == topic
	}
	if topic != topicTotal && topic != "bonus" && !slices.ContainsFunc(scoring.Clauses(), known) {
		c.refuse(firstLine(entries), "%q is no clause or section", topic)
	}
}

func firstLine(entries sayings) int {
	if len(entries) == 0 {
		return 0
	}
	return entries[0].line
}

func (c *bookCheck) meaning(name string, line int) {
	if !slices.Contains(Meanings, Meaning(name)) {
		c.refuse(line, "%q is no meaning", name)
	}
}

// conditions are what rules may speak of besides the concepts of words.
var conditions = []string{"topic", "grid", "person", "community", "top", "period", "day", "followup"}

func (c *bookCheck) rules(f *bookFile) []rule {
	used := map[string]bool{"onwards": true, "same": true}
	concept := func(name string, line int) {
		if f.Words[name] == nil && !slices.Contains(conditions, name) && f.Topics[name] == nil {
			c.refuse(line, "no words are given for %q", name)
		}
		used[name] = true
	}
	var rules []rule
	for _, r := range f.Rules {
		c.meaning(r.Means.text, r.Means.line)
		made := rule{means: Meaning(r.Means.text), topic: r.Topic, top: r.Top}
		for _, e := range r.Has {
			either := strings.Split(e.text, "|")
			for _, name := range either {
				concept(name, e.line)
			}
			made.has = append(made.has, either)
		}
		for _, e := range r.Not {
			concept(e.text, e.line)
			made.not = append(made.not, e.text)
		}
		if len(made.has) == 0 {
			c.refuse(r.Means.line, "the rule holds always: has is missing")
		}
		rules = append(rules, made)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Words)) {
		if !used[name] {
			c.refuse(firstLine(f.Words[name]), "no rule speaks of %q", name)
		}
	}
	return rules
}
