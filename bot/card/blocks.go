package card

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Figures are the figures one came for, side by side; the first is the largest.
type Figures []Figure

// Figure is a figure and what it is.
type Figure struct {
	Value string // 96.5
	Unit  string // 分
	Label string // 本月得分
}

func (f Figures) elements(int) []element {
	columns := make([]element, 0, len(f))
	for i, figure := range f {
		wide := places(figure.Unit) > 2 || i > 0 && places(figure.Value+figure.Unit) > 6
		if len(f) > 2 && wide && figure.Unit != "" { // three abreast leave room for 9 分, not for 公里 or +0.31 分
			figure.Label, figure.Unit = figure.Label+"（"+figure.Unit+"）", ""
		}
		size, weight := "heading-2", 2
		if i == 0 {
			size, weight = "heading-0", f.lead()
		}
		value := "**" + escape(oneLine(figure.Value, maxCell)) + "** " + escape(oneLine(figure.Unit, maxCell))
		columns = append(columns, column(weight, "bottom",
			markdown(strings.TrimSpace(value), size),
			markdown(grey(escape(oneLine(figure.Label, maxCell))), "notation")))
	}
	return []element{columnSet("none", columns)}
}

// lead is the weight of the first column, the others having 2: less where one of
// them, as 299 / 300, needs the room.
func (f Figures) lead() int {
	if len(f) > 2 && slices.ContainsFunc(f[1:], func(figure Figure) bool { return places(figure.Value) > 6 }) {
		return 3
	}
	return 4
}

func (f Figures) lines() []string {
	parts := make([]string, len(f))
	for i, figure := range f {
		parts[i] = strings.TrimSpace(figure.Label + " " + figure.Value + " " + figure.Unit)
	}
	return []string{strings.Join(parts, "    ")}
}

// Text is a paragraph. Strong is a bold beginning of it.
type Text struct {
	Strong  string
	Content string
}

func (t Text) elements(int) []element {
	strong, content := oneLine(t.Strong, maxLine), escape(clean(t.Content, maxText))
	if strong == "" && content == "" {
		return nil
	}
	if strong != "" {
		content = "**" + escape(strong) + "** " + content
	}
	return []element{markdown(strings.TrimSpace(content), "normal")}
}

func (t Text) lines() []string {
	if t == (Text{}) {
		return nil
	}
	return strings.Split(strings.TrimSpace(t.Strong+"  "+t.Content), "\n")
}

// Note is a small grey line: how far the data reach, where a figure is from.
type Note string

func (n Note) elements(int) []element {
	if n == "" {
		return nil
	}
	return []element{markdown(grey(escape(clean(string(n), maxText))), "notation")}
}

func (n Note) lines() []string {
	if n == "" {
		return nil
	}
	return strings.Split(string(n), "\n")
}

// Divider is a line between two parts of a card.
type Divider struct{}

func (Divider) elements(int) []element { return []element{{"tag": "hr"}} }
func (Divider) lines() []string        { return []string{""} }

// List is a list of short lines. More counts what the answer left out of
// Items; what the platform's limits leave out is added to it.
type List struct {
	Items []string
	More  int
}

func (l List) elements(keep int) []element {
	items, more := l.Items, l.More
	if len(items) > keep {
		items, more = items[:keep], more+len(items)-keep
	}
	lines := make([]string, 0, len(items)+1)
	for _, item := range items {
		lines = append(lines, "· "+escape(oneLine(item, maxLine)))
	}
	if more > 0 {
		lines = append(lines, grey(left(more)))
	}
	if len(lines) == 0 {
		return nil
	}
	return []element{markdown(strings.Join(lines, "<br>"), "normal")}
}

func (l List) lines() []string {
	var lines []string
	for _, item := range l.Items {
		lines = append(lines, "· "+item)
	}
	if l.More > 0 {
		lines = append(lines, left(l.More))
	}
	return lines
}

// Details is a list of short lines, each with a small grey one under it.
type Details []Detail

// Detail is a line, and what stands behind it.
type Detail struct{ Line, Behind string }

func (d Details) elements(keep int) []element {
	var lines []string
	for i, detail := range d {
		if i >= keep {
			lines = append(lines, grey(left(len(d)-i)))
			break
		}
		lines = append(lines, "· "+escape(oneLine(detail.Line, maxLine)))
		if behind := oneLine(detail.Behind, maxLine); behind != "" {
			lines = append(lines, grey(escape(behind)))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return []element{markdown(strings.Join(lines, "<br>"), "normal")}
}

func (d Details) lines() []string {
	var lines []string
	for _, detail := range d {
		lines = append(lines, "· "+detail.Line)
		if detail.Behind != "" {
			lines = append(lines, "  "+detail.Behind)
		}
	}
	return lines
}

func left(n int) string { return fmt.Sprintf("还有 %d 条", n) }

// Fold is a panel that opens at a press.
type Fold struct {
	Title  string
	Open   bool // from the start
	Blocks []Block
}

func (f Fold) elements(keep int) []element {
	var inside []element
	for i, block := range f.Blocks {
		if i >= keep {
			inside = append(inside, markdown(grey(left(len(f.Blocks)-i)), "notation"))
			break
		}
		inside = append(inside, block.elements(keep)...)
	}
	return []element{{
		"tag": "collapsible_panel", "expanded": f.Open,
		"header": element{
			"title":         plain(f.Title, maxTitle),
			"icon":          element{"tag": "standard_icon", "token": "down-small-ccm_outlined", "size": "16px 16px"},
			"icon_position": "follow_text", "icon_expanded_angle": -180,
			"padding": "4px 8px 4px 8px",
		},
		"border":  element{"color": "grey", "corner_radius": "5px"},
		"padding": "8px", "vertical_spacing": "8px",
		"elements": inside,
	}}
}

func (f Fold) lines() []string {
	lines := []string{"▸ " + f.Title}
	for _, block := range f.Blocks {
		for _, line := range block.lines() {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

// Bars are labelled bars under each other.
type Bars []Bar

// Bar is a share of a whole, with its words: 巡查走访 ▇▇▇▇▇▇▇▁ 25 / 30.
type Bar struct {
	Label string
	Part  decimal.Decimal // below 0 draws an empty bar
	Whole decimal.Decimal // above 0
	Words string          // 25 / 30
}

const barCells = 10

// filled is the number of the bar's cells that are full: all of them only when
// nothing lacks, and none only when nothing is there.
func (b Bar) filled() int {
	if !b.Part.IsPositive() || !b.Whole.IsPositive() {
		return 0
	}
	if b.Part.GreaterThanOrEqual(b.Whole) {
		return barCells
	}
	cells := b.Part.Mul(decimal.NewFromInt(barCells)).Div(b.Whole).Round(0).IntPart()
	return int(min(max(cells, 1), barCells-1))
}

func (b Bar) colour() string {
	if b.filled() == barCells {
		return "green"
	}
	return "orange"
}

func (b Bars) elements(keep int) []element {
	var rows []element
	below := slices.ContainsFunc(b, func(bar Bar) bool { return places(bar.Words) > besideBar })
	for i, bar := range b {
		if i >= keep {
			return append(rows, markdown(grey(left(len(b)-i)), "notation"))
		}
		rows = append(rows, columnSet("none", bar.columns(below)))
	}
	return rows
}

// besideBar is how wide the words beside a bar may be on a phone, in half
// characters; wider ones stand below it, of all bars under each other.
const besideBar = 12

func (b Bar) columns(below bool) []element {
	full, empty := strings.Repeat("▇", b.filled()), strings.Repeat("▁", barCells-b.filled())
	label := markdown(escape(oneLine(b.Label, maxCell)), "normal")
	drawing := markdown(fmt.Sprintf("<font color='%s'>%s</font>", b.colour(), full)+grey(empty), "notation")
	words := escape(oneLine(b.Words, maxCell))
	if below {
		return []element{column(2, "top", label), column(5, "top", drawing, markdown(words, "notation"))}
	}
	return []element{column(3, "center", label), column(5, "center", drawing), column(4, "center", markdown(words, "normal"))}
}

func (b Bars) lines() []string {
	rows := make([][]string, len(b))
	for i, bar := range b {
		drawing := strings.Repeat("▇", bar.filled()) + strings.Repeat("▁", barCells-bar.filled())
		rows[i] = []string{bar.Label, drawing, bar.Words}
	}
	return align(rows, nil)
}

func column(weight int, vertical string, elements ...element) element {
	return element{"tag": "column", "width": "weighted", "weight": weight, "vertical_align": vertical, "elements": elements}
}

func columnSet(flex string, columns []element) element {
	return element{"tag": "column_set", "flex_mode": flex, "horizontal_spacing": "8px", "columns": columns}
}
