package track

import (
	"encoding/json"
	"math"
	"time"

	"github.com/paulmach/orb"
)

// feature is a GeoJSON Feature of a drawing.
type feature struct {
	Type       string         `json:"type"`
	Properties map[string]any `json:"properties"`
	Geometry   shapeText      `json:"geometry"`
}

type shapeText struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// GeoJSON draws the day as a FeatureCollection in WGS-84. The property kind of
// each Feature is boundary, cells (the covered ones, with their count), way (the
// lines inside, with km and hours) or dropped: the fixes left out for one
// reason, with title, its Chinese name, and coordTimes, their times.
func (e *Explanation) GeoJSON() string {
	var features []feature
	if e.Bounded() {
		features = append(features, e.drawBoundary(), e.drawCells())
	}
	features = append(features, e.drawWay())
	for r := Duplicate; r < reasons; r++ {
		if e.Count(r) > 0 {
			features = append(features, e.drawDropped(r))
		}
	}
	text, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
	if err != nil {
		return "" // cannot happen: every coordinate is a finite number
	}
	return string(text)
}

func draw(kind, geometry string, coordinates any, properties map[string]any) feature {
	properties["kind"] = kind
	return feature{"Feature", properties, shapeText{geometry, coordinates}}
}

func (e *Explanation) drawBoundary() feature {
	return draw("boundary", "MultiPolygon", e.ground.boundary.area, map[string]any{})
}

// drawCells draws neighbouring cells of a row as one rectangle.
func (e *Explanation) drawCells() feature {
	l, rectangles := e.ground.lattice, []orb.Polygon{}
	for row := range l.rows {
		for column := 0; column < l.columns; column++ {
			first := column
			for column < l.columns && l.has(e.Cells.bits, column, row) {
				column++
			}
			if column > first {
				rectangles = append(rectangles, e.rectangle(first, column, row))
			}
		}
	}
	return draw("cells", "MultiPolygon", rectangles, map[string]any{"count": e.Cells.Len(), "of": l.count})
}

func (e *Explanation) rectangle(first, end, row int) orb.Polygon {
	corner := func(column, row int) orb.Point {
		return e.degrees(orb.Point{float64(column) * cellSize, float64(row) * cellSize})
	}
	sw, ne := corner(first, row), corner(end, row+1)
	return orb.Polygon{{sw, {ne[0], sw[1]}, ne, {sw[0], ne[1]}, sw}}
}

// drawWay joins legs to lines wherever one goes on where the other ended.
func (e *Explanation) drawWay() feature {
	lines := []orb.LineString{}
	var spans []span
	for _, l := range e.way.legs {
		if l.from == l.to {
			continue
		}
		spans = e.ground.inner(spans[:0], l.from, l.to)
		for _, s := range spans {
			from, to := e.degrees(along(l.from, l.to, s.from)), e.degrees(along(l.from, l.to, s.to))
			if n := len(lines) - 1; n >= 0 && s.from == 0 && !l.begins && lines[n][len(lines[n])-1] == from {
				lines[n] = append(lines[n], to)
			} else {
				lines = append(lines, orb.LineString{from, to})
			}
		}
	}
	return draw("way", "MultiLineString", lines, map[string]any{"km": e.Km, "hours": e.Hours, "bounded": e.Bounded()})
}

func (e *Explanation) drawDropped(r Reason) feature {
	places, times := []orb.Point{}, []string{}
	for _, s := range e.Steps {
		if s.Reason == r && s.Place.onEarth() {
			places = append(places, centimetre(orb.Point{s.Place.Lon, s.Place.Lat}))
			times = append(times, s.At.Format(time.RFC3339))
		}
	}
	return draw("dropped", "MultiPoint", places, map[string]any{"reason": r, "title": r.String(), "coordTimes": times})
}

func (e *Explanation) degrees(p orb.Point) orb.Point { return centimetre(e.way.plane.degrees(p)) }

// centimetre rounds degrees to what a map can show.
func centimetre(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*1e7) / 1e7, math.Round(p[1]*1e7) / 1e7}
}
