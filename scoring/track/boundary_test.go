package track_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// A square of 0.1° with a square hole of 0.02° in its middle, and a triangle
// to the east of it.
const (
	squareRing   = `[[119.8,31.6],[119.9,31.6],[119.9,31.7],[119.8,31.7],[119.8,31.6]]`
	holeRing     = `[[119.84,31.64],[119.86,31.64],[119.86,31.66],[119.84,31.66],[119.84,31.64]]`
	triangleRing = `[[119.95,31.6],[120,31.6],[120,31.7],[119.95,31.6]]`

	plain   = `{"type":"Polygon","coordinates":[` + squareRing + `]}`
	holed   = `{"type":"Polygon","coordinates":[` + squareRing + `,` + holeRing + `]}`
	islands = `{"type":"MultiPolygon","coordinates":[[` + squareRing + `,` + holeRing + `],[` + triangleRing + `]]}`
)

func TestParseBoundaryReadsWhatMeansTheSame(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"a polygon", plain, plain},
		{"a polygon with a hole", holed, holed},
		{"a multipolygon", islands, islands},
		{"a multipolygon of one part", `{"type":"MultiPolygon","coordinates":[[` + squareRing + `]]}`, plain},
		{"a feature", `{"type":"Feature","properties":{"name":"一号网格"},"geometry":` + holed + `}`, holed},
		{"a collection of one feature", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":` + holed + `}]}`, holed},
		{"an open ring", `{"type":"Polygon","coordinates":[[[119.8,31.6],[119.9,31.6],[119.9,31.7],[119.8,31.7]]]}`, plain},
		{"altitudes", `{"type":"Polygon","coordinates":[[[119.8,31.6,3],[119.9,31.6,3],[119.9,31.7,4],[119.8,31.7,4],[119.8,31.6,3]]]}`, plain},
		{"space and a byte order mark", "\ufeff \n" + plain + "\r\n", plain},
		{"WKT", "POLYGON ((119.8 31.6, 119.9 31.6, 119.9 31.7, 119.8 31.7, 119.8 31.6))", plain},
		{"WKT in small letters, without space", "polygon((119.8 31.6,119.9 31.6,119.9 31.7,119.8 31.7))", plain},
		{"WKT with altitudes", "POLYGON Z ((119.8 31.6 3, 119.9 31.6 3, 119.9 31.7 4, 119.8 31.7 4))", plain},
		{"WKT of PostGIS", "SRID=4326;POLYGON((119.8 31.6,119.9 31.6,119.9 31.7,119.8 31.7,119.8 31.6))", plain},
		{"WKT on several lines", "POLYGON (\n (119.8 31.6,\n 119.9 31.6,\n 119.9 31.7,\n 119.8 31.7)\n)", plain},
		{"WKT with a hole", "POLYGON((119.8 31.6,119.9 31.6,119.9 31.7,119.8 31.7),(119.84 31.64,119.86 31.64,119.86 31.66,119.84 31.66))", holed},
		{"WKT of two parts", "MULTIPOLYGON(((119.8 31.6,119.9 31.6,119.9 31.7,119.8 31.7),(119.84 31.64,119.86 31.64,119.86 31.66,119.84 31.66))," +
			"((119.95 31.6,120 31.6,120 31.7)))", islands},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b, err := track.ParseBoundary(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, b.GeoJSON()); diff != "" {
				t.Error("(-want +got):\n" + diff)
			}
		})
	}
}

func TestParseBoundaryRefuses(t *testing.T) {
	many := strings.Repeat("119.8 31.6,119.9 31.6,", 5001)
	cases := []struct {
		name, text string
		want       error
	}{
		{"nothing", "", track.ErrSyntax},
		{"a word", "一号网格", track.ErrSyntax},
		{"JSON cut off", plain[:40], track.ErrSyntax},
		{"something after the JSON", plain + "x", track.ErrSyntax},
		{"a polygon without coordinates", `{"type":"Polygon"}`, track.ErrSyntax},
		{"one bracket too few", `{"type":"Polygon","coordinates":` + squareRing + `}`, track.ErrSyntax},
		{"a position of one number", `{"type":"Polygon","coordinates":[[[119.8],[119.9],[119.9]]]}`, track.ErrSyntax},
		{"a feature without geometry", `{"type":"Feature"}`, track.ErrSyntax},
		{"WKT with a comma for a point", "POLYGON((119,8 31,6,119,9 31,6,119,9 31,7))", track.ErrSyntax},
		{"WKT with a bracket too few", "POLYGON(119.8 31.6,119.9 31.6,119.9 31.7)", track.ErrSyntax},
		{"WKT with a word", "POLYGON((119.8 north,119.9 31.6,119.9 31.7))", track.ErrSyntax},
		{"a point", `{"type":"Point","coordinates":[119.8,31.6]}`, track.ErrNotPolygon},
		{"a line of WKT", "LINESTRING(119.8 31.6,119.9 31.6)", track.ErrNotPolygon},
		{"no type", `{}`, track.ErrNotPolygon},
		{"a null geometry", `{"type":"Feature","geometry":null}`, track.ErrNotPolygon},
		{"a collection of none", `{"type":"FeatureCollection","features":[]}`, track.ErrNotPolygon},
		{"a collection of two", `{"type":"FeatureCollection","features":[` + plain + `,` + plain + `]}`, track.ErrNotPolygon},
		{"a polygon of no ring", `{"type":"Polygon","coordinates":[]}`, track.ErrNotPolygon},
		{"a multipolygon of no part", `{"type":"MultiPolygon","coordinates":[]}`, track.ErrNotPolygon},
		{"a part of no ring", `{"type":"MultiPolygon","coordinates":[[` + squareRing + `],[]]}`, track.ErrNotPolygon},
		{"an empty ring", `{"type":"Polygon","coordinates":[[]]}`, track.ErrRing},
		{"a line there and back", `{"type":"Polygon","coordinates":[[[119.8,31.6],[119.9,31.6],[119.8,31.6]]]}`, track.ErrRing},
		{"corners in a slanting line", "POLYGON((119.8 31.6,119.9 31.7,119.85 31.65,119.8 31.6))", track.ErrRing},
		{"a hole of two corners", `{"type":"Polygon","coordinates":[` + squareRing + `,[[119.84,31.64],[119.86,31.64]]]}`, track.ErrRing},
		{"latitude first", "POLYGON((31.6 119.8,31.6 119.9,31.7 119.9))", track.ErrSwapped},
		{"metres", "POLYGON((386000 3498000,387000 3498000,387000 3499000))", track.ErrRange},
		{"the other side of the world", "POLYGON((-71 42,-71.1 42,-71.1 42.1))", track.ErrRange},
		{"a hole elsewhere", `{"type":"Polygon","coordinates":[` + squareRing + `,[[0,0],[0,1],[1,1]]]}`, track.ErrRange},
		{"too many corners", "POLYGON((" + many + "119.9 31.7))", track.ErrVertices},
		{"too long a text", strings.Repeat(" ", 10) + "POLYGON((" + strings.Repeat("119.8 31.6,", 200_000) + "119.9 31.7))", track.ErrVertices},
		{"a whole province", "POLYGON((119 31,120 31,120 32))", track.ErrExtent},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if b, err := track.ParseBoundary(c.text); !errors.Is(err, c.want) || b != nil {
				t.Errorf("read as %v, %v; want the error %q", b, err, c.want)
			}
		})
	}
}

func TestContains(t *testing.T) {
	cases := []struct {
		name   string
		at     track.Point
		inside [3]bool // plain, holed, islands
	}{
		{"beside the hole", track.Point{Lon: 119.81, Lat: 31.65}, [3]bool{true, true, true}},
		{"in the hole", track.Point{Lon: 119.85, Lat: 31.65}, [3]bool{true, false, false}},
		{"in the triangle", track.Point{Lon: 119.99, Lat: 31.62}, [3]bool{false, false, true}},
		{"beside the triangle, in its rectangle", track.Point{Lon: 119.96, Lat: 31.69}, [3]bool{false, false, false}},
		{"between the two", track.Point{Lon: 119.92, Lat: 31.65}, [3]bool{false, false, false}},
		{"on the edge", track.Point{Lon: 119.8, Lat: 31.65}, [3]bool{true, true, true}},
		{"on a corner", track.Point{Lon: 119.9, Lat: 31.7}, [3]bool{true, true, true}},
		{"far to the west", track.Point{Lon: 100, Lat: 31.65}, [3]bool{false, false, false}},
	}
	for i, text := range []string{plain, holed, islands} {
		b, err := track.ParseBoundary(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			if got := b.Contains(c.at); got != c.inside[i] {
				t.Errorf("%s, boundary %d: inside %v, want %v", c.name, i, got, c.inside[i])
			}
		}
	}
}

func TestBBoxIsTheSmallestUprightRectangle(t *testing.T) {
	b, err := track.ParseBoundary(islands)
	if err != nil {
		t.Fatal(err)
	}
	southWest, northEast := b.BBox()
	if got, want := fmt.Sprint(southWest, northEast), "{119.8 31.6} {120 31.7}"; got != want {
		t.Errorf("BBox %s, want %s", got, want)
	}
}

// What is read as a boundary survives its own GeoJSON, and lies in its rectangle.
func FuzzParseBoundary(f *testing.F) {
	for _, s := range []string{
		plain, holed, islands, `{"type":"Feature","geometry":` + plain + `}`, `{"type":"FeatureCollection","features":[` + plain + `]}`,
		"POLYGON((119.8 31.6,119.9 31.6,119.9 31.7))", "MULTIPOLYGON Z(((119.8 31.6 1,119.9 31.6 1,119.9 31.7 1)))",
		"SRID=4326;POLYGON((119.8 31.6,119.9 31.6,119.9 31.7))", "POLYGON EMPTY", "POLYGON((", "{", `{"type":"Polygon","coordinates":[[null]]}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := track.ParseBoundary(s)
		if err != nil {
			if b != nil || !strings.HasPrefix(err.Error(), "track: boundary: ") {
				t.Errorf("%v, %v", b, err)
			}
			return
		}
		again, err := track.ParseBoundary(b.GeoJSON())
		if err != nil || again.GeoJSON() != b.GeoJSON() {
			t.Errorf("%s is read again as %v, %v", b.GeoJSON(), again, err)
		}
		southWest, northEast := b.BBox()
		if outside := (track.Point{Lon: northEast.Lon + 1, Lat: southWest.Lat}); b.Contains(outside) {
			t.Errorf("%v lies in %s", outside, b.GeoJSON())
		}
	})
}
