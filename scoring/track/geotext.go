package track

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/paulmach/orb"
)

// geometry is as much of a GeoJSON object as a boundary needs. It is read by
// hand because orb's own reader brings a database driver along.
type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
	Geometry    json.RawMessage `json:"geometry"` // of a Feature
	Features    []geometry      `json:"features"` // of a FeatureCollection
}

func parseGeoJSON(s string) (orb.MultiPolygon, error) {
	var g geometry
	if err := json.Unmarshal([]byte(s), &g); err != nil {
		return nil, ErrSyntax
	}
	if g.Type == "FeatureCollection" {
		if len(g.Features) != 1 {
			return nil, ErrNotPolygon
		}
		g = g.Features[0]
	}
	if g.Type == "Feature" {
		inner := g.Geometry
		g = geometry{}
		if err := json.Unmarshal(inner, &g); err != nil {
			return nil, ErrSyntax
		}
	}
	return parseCoordinates(g.Type, g.Coordinates)
}

// parseCoordinates reads the nested arrays of a Polygon or MultiPolygon.
func parseCoordinates(kind string, text []byte) (orb.MultiPolygon, error) {
	var parts [][][][]float64
	switch strings.ToUpper(kind) {
	case "POLYGON":
		parts = make([][][][]float64, 1)
		if json.Unmarshal(text, &parts[0]) != nil {
			return nil, ErrSyntax
		}
	case "MULTIPOLYGON":
		if json.Unmarshal(text, &parts) != nil {
			return nil, ErrSyntax
		}
	default:
		return nil, ErrNotPolygon
	}
	area := make(orb.MultiPolygon, len(parts))
	for i, part := range parts {
		for _, positions := range part {
			ring := make(orb.Ring, len(positions))
			for j, position := range positions {
				if len(position) < 2 {
					return nil, ErrSyntax
				}
				ring[j] = orb.Point{position[0], position[1]}
			}
			area[i] = append(area[i], ring)
		}
	}
	return area, nil
}

var (
	wktShape    = regexp.MustCompile(`(?is)^(?:SRID=\d+;)?\s*([A-Z]+)\s*(?:Z|M|ZM)?\s*(\(.*\))$`)
	wktPosition = regexp.MustCompile(`[^(),\s][^(),]*`)
	wktBrackets = strings.NewReplacer("(", "[", ")", "]")
)

// parseWKT reads POLYGON ((x y, …), …) and MULTIPOLYGON. Well-known text nests
// exactly like GeoJSON coordinates, so it is rewritten into them.
func parseWKT(s string) (orb.MultiPolygon, error) {
	shape := wktShape.FindStringSubmatch(s)
	if shape == nil {
		return nil, ErrSyntax
	}
	nested := wktPosition.ReplaceAllStringFunc(shape[2], func(position string) string {
		return "[" + strings.Join(strings.Fields(position), ",") + "]"
	})
	return parseCoordinates(shape[1], []byte(wktBrackets.Replace(nested)))
}
