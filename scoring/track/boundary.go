// Package track turns where somebody walked into what the Measure counts:
// kilometres and hours inside a grid, and the cells of the grid they covered.
//
// Everything here is geometry of a few kilometres in metres and degrees, so
// floats are used; what leaves for a score is a rounded decimal.
package track

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// What can be wrong with a boundary; test with [errors.Is].
var (
	ErrSyntax     = errors.New("neither GeoJSON nor WKT")
	ErrNotPolygon = errors.New("no polygon or multipolygon")
	ErrRing       = errors.New("a ring needs at least three different corners and an area")
	ErrRange      = errors.New("coordinates outside China (longitude 73–136, latitude 3–54)")
	ErrSwapped    = errors.New("longitude and latitude are swapped")
	ErrVertices   = fmt.Errorf("more than %d vertices", maxVertices)
	ErrExtent     = fmt.Errorf("wider or higher than %d km", maxExtent/1000)
)

const (
	maxVertices = 10_000
	maxExtent   = 50_000  // metres; a grid is a few kilometres
	maxText     = 2 << 20 // bytes of GeoJSON or WKT
	minArea     = 1e-12   // square degrees, some 100 cm²: what rounding makes of corners in a line is less
)

// Boundary is the outline of a grid in WGS-84: one or more polygons, possibly
// with holes. It is made by [ParseBoundary] and never changes.
type Boundary struct {
	area  orb.MultiPolygon
	bound orb.Bound
	plane plane
}

// Point is a place in WGS-84 degrees.
type Point struct{ Lon, Lat float64 }

// ParseBoundary reads a Polygon or MultiPolygon as GeoJSON (the geometry, a
// Feature, or a FeatureCollection of one) or as WKT. Altitudes are ignored and
// an open ring is closed. Errors wrap one of the Err values.
func ParseBoundary(s string) (*Boundary, error) {
	s = strings.TrimSpace(strings.TrimPrefix(s, "\uFEFF"))
	if len(s) > maxText {
		return nil, fmt.Errorf("track: boundary: %w", ErrVertices)
	}
	parse := parseWKT
	if strings.HasPrefix(s, "{") {
		parse = parseGeoJSON
	}
	area, err := parse(s)
	if err == nil {
		err = validate(area)
	}
	if err != nil {
		return nil, fmt.Errorf("track: boundary: %w", err)
	}
	b := &Boundary{area: area, bound: area.Bound()}
	b.plane = newPlane(b.bound)
	if size := b.plane.metres(b.bound.Max); size[0] > maxExtent || size[1] > maxExtent {
		return nil, fmt.Errorf("track: boundary: %w", ErrExtent)
	}
	return b, nil
}

func validate(area orb.MultiPolygon) error {
	if len(area) == 0 {
		return ErrNotPolygon
	}
	vertices := 0
	for _, polygon := range area {
		if len(polygon) == 0 {
			return ErrNotPolygon
		}
		for i, ring := range polygon {
			if vertices += len(ring); vertices > maxVertices {
				return ErrVertices
			}
			for _, p := range ring {
				if err := inChina(p); err != nil {
					return err
				}
			}
			if !ring.Closed() && len(ring) > 0 {
				ring = append(ring, ring[0])
				polygon[i] = ring
			}
			if len(ring) < 4 || math.Abs(planar.Area(ring)) < minArea {
				return ErrRing
			}
		}
	}
	return nil
}

func inChina(p orb.Point) error {
	isLon := func(v float64) bool { return v >= 73 && v <= 136 }
	isLat := func(v float64) bool { return v >= 3 && v <= 54 }
	switch {
	case isLon(p[0]) && isLat(p[1]):
		return nil
	case isLat(p[0]) && isLon(p[1]):
		return ErrSwapped
	}
	return ErrRange
}

// Contains reports whether the place lies inside the boundary or on its outer
// edge. The edge of a hole belongs to the hole.
func (b *Boundary) Contains(p Point) bool {
	at := orb.Point{p.Lon, p.Lat}
	return b.bound.Contains(at) && planar.MultiPolygonContains(b.area, at)
}

// BBox returns the south-west and the north-east corner of the smallest
// upright rectangle around the boundary.
func (b *Boundary) BBox() (southWest, northEast Point) {
	return Point{b.bound.Min[0], b.bound.Min[1]}, Point{b.bound.Max[0], b.bound.Max[1]}
}

// GeoJSON returns the boundary as a GeoJSON geometry: a Polygon, or a
// MultiPolygon where it has several parts.
func (b *Boundary) GeoJSON() string {
	kind, coordinates := "MultiPolygon", any(b.area)
	if len(b.area) == 1 {
		kind, coordinates = "Polygon", any(b.area[0])
	}
	text, err := json.Marshal(struct {
		Type        string `json:"type"`
		Coordinates any    `json:"coordinates"`
	}{kind, coordinates})
	if err != nil {
		return "" // cannot happen: every coordinate is a finite number
	}
	return string(text)
}

// plane is the ground around a boundary as a flat map in metres, x to the east
// and y to the north of the boundary's south-west corner.
type plane struct {
	origin orb.Point
	scale  orb.Point // metres a degree of longitude and latitude
}

func newPlane(b orb.Bound) plane {
	degree := orb.EarthRadius * math.Pi / 180
	narrowing := math.Cos(b.Center()[1] * math.Pi / 180)
	return plane{b.Min, orb.Point{degree * narrowing, degree}}
}

func (pl plane) metres(p orb.Point) orb.Point {
	return orb.Point{(p[0] - pl.origin[0]) * pl.scale[0], (p[1] - pl.origin[1]) * pl.scale[1]}
}

func (pl plane) degrees(p orb.Point) orb.Point {
	return orb.Point{p[0]/pl.scale[0] + pl.origin[0], p[1]/pl.scale[1] + pl.origin[1]}
}
