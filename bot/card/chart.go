package card

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// Chart is a picture of figures: bars, or lines over time.
type Chart struct {
	Kind   ChartKind
	Title  string
	Points []Point

	// From is where the axis of the values begins, at most the smallest of them:
	// above 0 where they lie so near each other that they would else look alike.
	// A bar chart says so in its title.
	From decimal.Decimal
}

// ChartKind is how a chart is drawn.
type ChartKind string

// The kinds of charts.
const (
	BarChart  ChartKind = "bar"  // one horizontal bar a point
	LineChart ChartKind = "line" // a line a series, over the points' names
)

// Point is a value by name; points of one series share a colour.
type Point struct {
	Name   string
	Value  decimal.Decimal
	Series string
}

// Zoomed returns the chart, whose values lie between least and most, with its axis
// beginning at a round number below them: at 90 for 94 to 104. Values that lie far
// apart, or below 0, leave it as it is.
func (c Chart) Zoomed(least, most decimal.Decimal) Chart {
	half := decimal.New(5, -1)
	if least.LessThanOrEqual(most.Mul(half)) {
		return c
	}
	step := decimal.NewFromInt(1)
	for _, larger := range []int64{2, 5, 10} {
		if step.Mul(decimal.NewFromInt(4)).LessThan(most.Sub(least)) {
			step = decimal.NewFromInt(larger)
		}
	}
	c.From = least.Sub(step.Mul(half)).Div(step).Floor().Mul(step)
	return c
}

func (c Chart) elements(keep int) []element {
	if len(c.Points) == 0 {
		return nil
	}
	points := c.Points[:min(len(c.Points), max(keep, 2))]
	values := make([]element, len(points))
	for i, p := range points {
		values[i] = element{
			"name": oneLine(p.Name, maxCell), "series": oneLine(p.Series, maxCell),
			"value": json.Number(p.Value.String()),
		}
	}
	spec := element{
		"type": string(c.Kind), "data": element{"values": values}, "seriesField": "series",
		"label":   element{"visible": true},
		"legends": element{"visible": c.several(), "orient": "bottom"},
	}
	if title := c.title(); title != "" {
		spec["title"] = element{"visible": true, "text": oneLine(title, maxTitle)}
	}
	if c.From.IsPositive() {
		spec["axes"] = c.axes()
	}
	drawn := element{"tag": "chart", "chart_spec": spec}
	switch c.Kind {
	case LineChart:
		spec["xField"], spec["yField"] = "name", "value"
		drawn["aspect_ratio"] = "4:3"
	default:
		spec["direction"], spec["xField"], spec["yField"] = "horizontal", "value", "name"
		drawn["height"] = fmt.Sprintf("%dpx", min(999, 90+28*len(points)))
	}
	return []element{drawn}
}

// axes says where the axis of the values begins; VChart would have it begin at 0.
func (c Chart) axes() []element {
	values, names := "bottom", "left"
	if c.Kind == LineChart {
		values, names = names, values
	}
	return []element{{"orient": values, "type": "linear", "min": json.Number(c.From.String())}, {"orient": names, "type": "band"}}
}

// several reports whether there is more than one series to be told apart.
func (c Chart) several() bool {
	return slices.ContainsFunc(c.Points, func(p Point) bool { return p.Series != c.Points[0].Series })
}

func (c Chart) title() string {
	if c.Kind == LineChart || !c.From.IsPositive() {
		return c.Title
	}
	return c.Title + "（从 " + c.From.String() + " 起）"
}

func (c Chart) lines() []string {
	lines := []string{}
	if title := c.title(); title != "" {
		lines = append(lines, title)
	}
	largest := decimal.NewFromInt(1)
	for _, p := range c.Points {
		largest = decimal.Max(largest, p.Value.Sub(c.From))
	}
	rows := make([][]string, len(c.Points))
	for i, p := range c.Points {
		bar := Bars{{Label: p.Name, Part: p.Value.Sub(c.From), Whole: largest, Words: p.Value.String()}}
		rows[i] = []string{bar.lines()[0], p.Series}
	}
	return append(lines, align(rows, nil)...)
}
