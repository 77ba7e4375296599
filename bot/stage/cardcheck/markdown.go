package cardcheck

import (
	"regexp"
	"strings"
)

// maxMarkdownTables is per markdown component; they count into the card's tables too.
const maxMarkdownTables = 4

var (
	mention  = regexp.MustCompile(`<at\s+ids?\s*=\s*['"]?([^'"\s>]*)['"]?[^>]*>`)
	named    = regexp.MustCompile(`<person\s+id\s*=\s*['"]?([^'"\s>]*)['"]?[^>]*>`)
	picture  = regexp.MustCompile(`!\[[^\]]*\]\(([^)\s]+)[^)]*\)`)
	tableRow = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$|^\s*\|\s*:?-+:?\s*\|\s*$`)
)

// markdown checks what a markdown text refers to, and its tables.
func markdown(c *checker, at place, v any) {
	content, ok := v.(string)
	if !ok {
		c.refuse(at, BadJSON, v, "a string is wanted")
		return
	}
	c.references(at, content)
	tables := countTables(content)
	if tables > maxMarkdownTables {
		c.refuse(at, OverLimit, tables, "card table number over limit")
	}
	c.tables += tables
}

// markdownIn is a text object whose content is markdown.
func markdownIn(k kind) kind {
	return func(c *checker, at place, v any) {
		k(c, at, v)
		if object, ok := v.(map[string]any); ok {
			c.references(at, object["content"])
		}
	}
}

// references checks the people and pictures in a markdown text.
func (c *checker) references(at place, v any) {
	content, _ := v.(string)
	for _, found := range mention.FindAllStringSubmatch(content, -1) {
		for _, id := range strings.Split(found[1], ",") {
			if id != "all" {
				person(c, at, id)
			}
		}
	}
	for _, found := range named.FindAllStringSubmatch(content, -1) {
		person(c, at, found[1])
	}
	for _, found := range picture.FindAllStringSubmatch(content, -1) {
		image(c, at, found[1])
	}
}

// countTables counts the lines |---|---| that follow a line with a bar.
func countTables(content string) int {
	n, before := 0, ""
	for line := range strings.Lines(content) {
		line = strings.TrimRight(line, "\r\n")
		if strings.Contains(before, "|") && tableRow.MatchString(line) {
			n++
		}
		before = line
	}
	return n
}
