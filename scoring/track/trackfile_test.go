package track_test

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/track"
)

const gpxHead = `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="a watch" xmlns="http://www.topografix.com/GPX/1/1">
`

const wholeGPX = gpxHead + `<metadata><time>2026-10-08T00:00:00Z</time></metadata>
<wpt lat="31.6" lon="119.9"><time>2026-10-08T00:00:00Z</time></wpt>
<trk><name>morning</name><trkseg>
<trkpt lat="31.66" lon="119.93"><ele>5</ele><time>2026-10-08T00:00:00Z</time><hdop>1.2</hdop></trkpt>
<trkpt lon="119.94" lat="31.67"><time> 2026-10-08T08:00:20.5+08:00 </time><hdop>3</hdop>
 <extensions><x:accuracy xmlns:x="urn:x">7.5</x:accuracy></extensions></trkpt>
</trkseg><trkseg>
<trkpt lat="31.68" lon="119.95"><time>2026-10-08T00:00:40</time></trkpt>
</trkseg></trk></gpx>`

var wholeFixes = []track.Fix{
	{At: eight, Place: track.Point{Lon: 119.93, Lat: 31.66}, Accuracy: 6},
	{At: eight.Add(20500 * time.Millisecond), Place: track.Point{Lon: 119.94, Lat: 31.67}, Accuracy: 7.5},
	{At: eight.Add(40 * time.Second), Place: track.Point{Lon: 119.95, Lat: 31.68}},
}

func TestReadGPX(t *testing.T) {
	fixes, err := track.ReadGPX(iotest.OneByteReader(strings.NewReader(wholeGPX)), track.WGS84)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wholeFixes, fixes); diff != "" {
		t.Error(diff)
	}
}

func TestReadGPXInGCJ02(t *testing.T) {
	fixes, err := track.ReadGPX(strings.NewReader(wholeGPX), track.GCJ02)
	if err != nil {
		t.Fatal(err)
	}
	want := track.FromGCJ02(wholeFixes[0].Place)
	if fixes[0].Place != want {
		t.Errorf("at %v, want %v", fixes[0].Place, want)
	}
}

func TestReadGPXRefuses(t *testing.T) {
	point := func(attributes, inner string) string {
		return gpxHead + "<trk><trkseg>\n<trkpt " + attributes + ">" + inner + "</trkpt></trkseg></trk></gpx>"
	}
	const at, when = `lat="31.66" lon="119.93"`, "<time>2026-10-08T00:00:00Z</time>"
	for _, tt := range []struct {
		name, text string
		line       int
		want       error
	}{
		{"nothing", "", 1, track.ErrFile},
		{"something else", "<html>\n</html>", 1, track.ErrFile},
		{"half a file", wholeGPX[:len(wholeGPX)-20], 11, track.ErrFile},
		{"crossed elements", gpxHead + "<trk>\n</gpx>", 4, track.ErrFile},
		{"another encoding", strings.Replace(wholeGPX, "UTF-8", "EBCDIC", 1), 1, track.ErrFile},
		{"an entity of its own", "<!DOCTYPE gpx [<!ENTITY a \"aaaa\">]>\n" + wholeGPX[39:], 1, track.ErrDirective},
		{"an unknown entity", gpxHead + "&a;</gpx>", 3, track.ErrFile},
		{"a bottomless file", gpxHead + strings.Repeat("<a>\n", 100), 34, track.ErrTooDeep},
		{"no latitude", point(`lon="119.93"`, when), 4, track.ErrPlace},
		{"two longitudes", point(`lon="119.93" lon="119.93"`, when), 4, track.ErrPlace},
		{"a latitude of 131", point(`lat="131" lon="139"`, when), 4, track.ErrPlace},
		{"a latitude that is no number", point(`lat="NaN" lon="119.93"`, when), 4, track.ErrPlace},
		{"swapped coordinates", point(`lon="31.66" lat="119.93"`, when), 4, track.ErrSwapped},
		{"no time", point(at, "<ele>5</ele>"), 4, track.ErrNoTime},
		{"a time of yesterday", point(at, "<time>yesterday</time>"), 4, track.ErrTime},
		{"a time of long ago", point(at, "<time>0001-01-01T00:00:00Z</time>"), 4, track.ErrTime},
		{"an accuracy below 0", point(at, when+"<hdop>-1</hdop>"), 4, track.ErrAccuracy},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fixes, err := track.ReadGPX(strings.NewReader(tt.text), track.WGS84)
			var at *track.FileError
			if !errors.As(err, &at) || at.Line != tt.line || !errors.Is(err, tt.want) || fixes != nil {
				t.Errorf("%d fixes, %v; want line %d: %v", len(fixes), err, tt.line, tt.want)
			}
		})
	}
}

func TestReadGeoJSON(t *testing.T) {
	const places = `[[119.93,31.66,5],[119.94,31.67],[119.95,31.68]]`
	const times = `["2026-10-08T00:00:00Z","2026-10-08T08:00:20.5+08:00",1791417640000]`
	without := []track.Fix{wholeFixes[0], wholeFixes[1], wholeFixes[2]}
	without[0].Accuracy, without[1].Accuracy = 0, 0
	for _, tt := range []struct {
		name, text string
		want       []track.Fix
	}{
		{"a line with coordTimes", `{"type":"Feature","properties":{"time":"x","coordTimes":` + times + `},
			"geometry":{"type":"LineString","coordinates":` + places + `}}`, without},
		{"several lines with their times", `{"type":"Feature","properties":{"coordinateProperties":{"times":[[],` + times + `]}},
			"geometry":{"type":"MultiLineString","coordinates":[[],` + places + `]}}`, without},
		{"points", "\uFEFF" + `{"type":"FeatureCollection","features":[
			{"type":"Feature","properties":{"time":"2026-10-08T00:00:00Z","accuracy":6,"name":"a"},"geometry":{"type":"Point","coordinates":[119.93,31.66]}},
			{"type":"Feature","properties":{"time":1791417620500,"accuracy":7.5},"geometry":{"type":"Point","coordinates":[119.94,31.67]}},
			{"type":"Feature","properties":{"time":"2026-10-08T00:00:40"},"geometry":{"type":"Point","coordinates":[119.95,31.68]}}]}`, wholeFixes},
		{"no features", `{"type":"FeatureCollection","features":[]}`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := track.ReadGeoJSON(strings.NewReader(tt.text), track.WGS84)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadGeoJSONRefuses(t *testing.T) {
	line := func(properties, places string) string {
		return `{"type":"Feature","properties":` + properties + `,"geometry":{"type":"LineString","coordinates":` + places + `}}`
	}
	const two, times = `[[119.93,31.66],[119.94,31.67]]`, `{"coordTimes":["2026-10-08T00:00:00Z","2026-10-08T00:01:00Z"]}`
	for _, tt := range []struct {
		name, text, want string
	}{
		{"nothing", "", "line 1: no readable track file"},
		{"half a file", "{\n\"type\":\n", "line 3: no readable track file"},
		{"a number for a type", "{\n\"type\": 7}", "line 2: no readable track file"},
		{"a bare line", `{"type":"LineString","coordinates":[]}`, "type: no readable track file"},
		{"a polygon", `{"type":"Feature","geometry":{"type":"Polygon"}}`, "geometry.type: no readable track file"},
		{"a line without times", line(`null`, two), "geometry.coordinates: a point without a time"},
		{"fewer times than places", line(`{"coordTimes":["2026-10-08T00:00:00Z"]}`, two), "geometry.coordinates: a point without a time"},
		{"a time of null", line(`{"coordTimes":["2026-10-08T00:00:00Z",null]}`, two), "geometry.coordinates[1]: a point without a time"},
		{"a time that is none", line(`{"coordTimes":["2026-10-08T00:00:00Z","later"]}`, two), "geometry.coordinates: a time that cannot be read"},
		{"a place of one number", line(times, `[[119.93,31.66],[119.94]]`), "geometry.coordinates[1]: a place that is none on Earth"},
		{"swapped coordinates", line(times, `[[31.66,119.93],[119.94,31.67]]`),
			"geometry.coordinates[0]: longitude and latitude are swapped"},
		{"several lines of different length", strings.Replace(line(`{"coordTimes":[[1],[2]]}`, "[[[119.93,31.66]]]"), "Line", "MultiLine", 1),
			"geometry.coordinates: a point without a time"},
		{"a bad feature among others", `{"type":"FeatureCollection","features":[` + line(times, two) + "," + line(times, `[[1,1],[400,1]]`) + `]}`,
			"features[1].geometry.coordinates[1]: a place that is none on Earth"},
		{"a point of poor accuracy", `{"type":"Feature","properties":{"time":1791417640000,"accuracy":-5},"geometry":{"type":"Point","coordinates":[119.93,31.66]}}`,
			"properties: an accuracy below 0 or above 100 km"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fixes, err := track.ReadGeoJSON(strings.NewReader(tt.text), track.WGS84)
			var at *track.FileError
			if !errors.As(err, &at) || err.Error() != "track: "+tt.want || fixes != nil {
				t.Errorf("%d fixes, %v; want %s", len(fixes), err, tt.want)
			}
		})
	}
}

func TestAFileWithoutEndIsRefused(t *testing.T) {
	if _, err := track.ReadGeoJSON(blanks{}, track.WGS84); !errors.Is(err, track.ErrTooLarge) {
		t.Error(err)
	}
}

func TestABrokenLineIsNotTheFilesFault(t *testing.T) {
	dead := errors.New("the line is dead")
	for _, read := range []func(io.Reader, track.Datum) ([]track.Fix, error){track.ReadGPX, track.ReadGeoJSON} {
		if _, err := read(iotest.ErrReader(dead), track.WGS84); !errors.Is(err, dead) {
			t.Error(err)
		}
	}
}

// blanks is white space without end.
type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func FuzzReadGPX(f *testing.F) {
	f.Add(wholeGPX)
	f.Add(gpxHead + "</gpx>")
	f.Fuzz(func(t *testing.T, text string) { checkRead(t, track.ReadGPX, text) })
}

func FuzzReadGeoJSON(f *testing.F) {
	f.Add(`{"type":"Feature","properties":{"coordTimes":[[1791417640000]]},"geometry":{"type":"MultiLineString","coordinates":[[[119.93,31.66]]]}}`)
	f.Add(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"time":"2026-10-08T00:00:00Z"},"geometry":{"type":"Point","coordinates":[119.93,31.66]}}]}`)
	f.Fuzz(func(t *testing.T, text string) { checkRead(t, track.ReadGeoJSON, text) })
}

// checkRead reads any text: either an error that says where, or fixes that can
// be measured.
func checkRead(t *testing.T, read func(io.Reader, track.Datum) ([]track.Fix, error), text string) {
	fixes, err := read(strings.NewReader(text), track.WGS84)
	var at *track.FileError
	if err != nil {
		if fixes != nil || !errors.As(err, &at) || at.Line == 0 && at.Path == "" {
			t.Fatalf("%d fixes, %v", len(fixes), err)
		}
		return
	}
	for _, fix := range fixes {
		if fix.At.IsZero() || !(math.Abs(fix.Place.Lon) <= 180) || !(math.Abs(fix.Place.Lat) <= 90) || !(fix.Accuracy >= 0) {
			t.Fatalf("read %+v", fix)
		}
	}
	track.NewGround(nil).Explain(fixes, track.DefaultPolicy()).GeoJSON()
}
