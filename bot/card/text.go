package card

import "strings"

// Text returns the card as plain text, for terminals and for people without
// cards: everything that is on it, tables set under each other.
func (c Card) Text() string {
	title := "【" + c.Title + "】"
	if c.Subtitle != "" {
		title += " " + c.Subtitle
	}
	lines := []string{title}
	for _, block := range c.Blocks {
		lines = append(lines, block.lines()...)
	}
	for i, line := range lines {
		lines[i] = strings.TrimRight(printable(line), " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// printable is clean without a limit, keeping indentation.
func printable(line string) string {
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	return indent + clean(line, len(line))
}
