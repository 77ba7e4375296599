package card

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"
)

// Chart is a picture of figures: bars, or lines over time.
type Chart struct {
	Kind   ChartKind
	Title  string
	Points []Point
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
		"legends": element{"visible": true, "orient": "bottom"},
	}
	if c.Title != "" {
		spec["title"] = element{"visible": true, "text": oneLine(c.Title, maxTitle)}
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

func (c Chart) lines() []string {
	lines := []string{}
	if c.Title != "" {
		lines = append(lines, c.Title)
	}
	largest := decimal.NewFromInt(1)
	for _, p := range c.Points {
		largest = decimal.Max(largest, p.Value)
	}
	rows := make([][]string, len(c.Points))
	for i, p := range c.Points {
		bar := Bars{{Label: p.Name, Part: p.Value, Whole: largest, Words: p.Value.String()}}
		rows[i] = []string{bar.lines()[0], p.Series}
	}
	return append(lines, align(rows, nil)...)
}
