package track

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// trackObject is as much of a GeoJSON object as a track needs.
type trackObject struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
	Geometry    *trackObject    `json:"geometry"` // of a Feature
	Features    []trackObject   `json:"features"` // of a FeatureCollection
	Properties  json.RawMessage `json:"properties"`
}

// ReadGeoJSON reads the points of a GeoJSON track, in the order written: a
// Feature of a Point with the properties time and (in metres) accuracy, a
// Feature of a LineString or MultiLineString with the property coordTimes (or
// coordinateProperties.times), one a coordinate, or a FeatureCollection of
// those. Times are RFC 3339 or milliseconds of Unix time. d is the system the
// coordinates are in. Errors are of type [*FileError], or those of r.
func ReadGeoJSON(r io.Reader, d Datum) ([]Fix, error) {
	text, err := io.ReadAll(&limited{r, maxFile + 1})
	if errors.Is(err, ErrTooLarge) {
		return nil, &FileError{Line: 1 + bytes.Count(text, []byte("\n")), Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("track: read: %w", err)
	}
	var whole trackObject
	if err := json.Unmarshal(bytes.TrimPrefix(text, []byte("\uFEFF")), &whole); err != nil {
		return nil, &FileError{Line: lineOf(text, err), Err: ErrFile}
	}
	c := fixCollector{datum: d}
	if whole.Type != "FeatureCollection" {
		err = c.feature(&whole)
	}
	for i := 0; i < len(whole.Features) && err == nil; i++ {
		err = at(fmt.Sprintf("features[%d].", i), c.feature(&whole.Features[i]))
	}
	if err != nil {
		return nil, err
	}
	return c.fixes, nil
}

// lineOf is the line at which JSON could not be read.
func lineOf(text []byte, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := len(text)
	if errors.As(err, &syntax) {
		offset = int(syntax.Offset)
	} else if errors.As(err, &kind) {
		offset = int(kind.Offset)
	}
	return 1 + bytes.Count(text[:min(offset, len(text))], []byte("\n"))
}

// at puts a step before the path of an error.
func at(step string, err error) error {
	if inner, ok := err.(*FileError); ok {
		return &FileError{Path: step + inner.Path, Err: inner.Err}
	}
	if err != nil {
		return &FileError{Path: step, Err: err}
	}
	return nil
}

func (c *fixCollector) feature(f *trackObject) error {
	if f.Type != "Feature" || f.Geometry == nil {
		return at("type", ErrFile)
	}
	coordinates := f.Geometry.Coordinates
	switch f.Geometry.Type {
	case "Point":
		return at("properties", c.point(coordinates, f.Properties))
	case "LineString", "MultiLineString":
		times, err := lineTimes(f.Properties)
		if err != nil {
			return at("properties", err)
		}
		if f.Geometry.Type == "LineString" {
			return at("geometry.coordinates", c.line(coordinates, times))
		}
		return at("geometry.coordinates", c.lines(coordinates, times))
	}
	return at("geometry.type", ErrFile)
}

func (c *fixCollector) point(coordinates, properties json.RawMessage) error {
	var position []float64
	if json.Unmarshal(coordinates, &position) != nil {
		return ErrPlace
	}
	var given struct {
		Time     moment  `json:"time"`
		Accuracy float64 `json:"accuracy"`
	}
	if err := json.Unmarshal(properties, &given); errors.Is(err, ErrTime) {
		return ErrTime
	} else if err != nil {
		return ErrAccuracy
	}
	return c.add(position, given.Time, given.Accuracy)
}

func lineTimes(properties json.RawMessage) (json.RawMessage, error) {
	var given struct {
		CoordTimes           json.RawMessage `json:"coordTimes"`
		CoordinateProperties struct {
			Times json.RawMessage `json:"times"`
		} `json:"coordinateProperties"`
	}
	if json.Unmarshal(properties, &given) != nil {
		return nil, ErrNoTime
	}
	if len(given.CoordTimes) > 0 {
		return given.CoordTimes, nil
	}
	return given.CoordinateProperties.Times, nil
}

func (c *fixCollector) lines(coordinates, times json.RawMessage) error {
	var parts, moments []json.RawMessage
	if json.Unmarshal(coordinates, &parts) != nil {
		return ErrPlace
	}
	if json.Unmarshal(times, &moments) != nil || len(moments) != len(parts) {
		return ErrNoTime
	}
	for i := range parts {
		if err := c.line(parts[i], moments[i]); err != nil {
			return at(fmt.Sprintf("[%d]", i), err)
		}
	}
	return nil
}

func (c *fixCollector) line(coordinates, times json.RawMessage) error {
	var positions [][]float64
	if json.Unmarshal(coordinates, &positions) != nil {
		return ErrPlace
	}
	var moments []moment
	if err := json.Unmarshal(times, &moments); errors.Is(err, ErrTime) {
		return ErrTime
	} else if err != nil || len(moments) != len(positions) {
		return ErrNoTime
	}
	for i, position := range positions {
		if err := c.add(position, moments[i], 0); err != nil {
			return at(fmt.Sprintf("[%d]", i), err)
		}
	}
	return nil
}

func (c *fixCollector) add(position []float64, when moment, accuracy float64) error {
	if len(position) < 2 {
		return ErrPlace
	}
	return c.fix(Fix{time.Time(when), Point{position[0], position[1]}, accuracy})
}

// moment is a time as text or as milliseconds; null is the zero time.
type moment time.Time

func (m *moment) UnmarshalJSON(text []byte) error {
	var written string
	var milliseconds int64
	switch {
	case string(text) == "null":
		return nil
	case json.Unmarshal(text, &milliseconds) == nil:
		written = time.UnixMilli(milliseconds).UTC().Format(time.RFC3339Nano)
	case json.Unmarshal(text, &written) != nil:
		return ErrTime
	}
	when, err := parseTime(written)
	*m = moment(when)
	return err
}
