package track

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// hdopMetres is the usual ranging error of a receiver: times the dilution of
// precision it is the accuracy.
const hdopMetres = 5

// ReadGPX reads the track points of a GPX file, in the order written. Every one
// needs a time. The accuracy is that of an accuracy element, in metres, or
// estimated from hdop. GPX is WGS-84 by its standard; d is for the files that
// are not. Errors are of type [*FileError], or those of r.
func ReadGPX(r io.Reader, d Datum) ([]Fix, error) {
	return readGPX(&limited{r, maxFile + 1}, d)
}

func readGPX(r io.Reader, d Datum) ([]Fix, error) {
	g := gpxReader{xml: xml.NewDecoder(r), fixCollector: fixCollector{datum: d}}
	for {
		token, err := g.xml.Token()
		if err == io.EOF && g.root {
			return g.fixes, nil
		}
		if err == nil {
			err = g.take(token)
		}
		if err != nil {
			return nil, g.locate(err)
		}
	}
}

type gpxReader struct {
	fixCollector
	xml   *xml.Decoder
	depth int
	root  bool // a gpx element has been seen

	point   *Fix // the trkpt that is open
	element string
	text    strings.Builder // of the element
}

func (g *gpxReader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return ErrDirective
	case xml.StartElement:
		return g.start(t)
	case xml.CharData:
		if g.element != "" && g.text.Len()+len(t) < 100 {
			g.text.Write(t)
		}
	case xml.EndElement:
		g.depth--
		return g.end(t.Name.Local)
	}
	return nil
}

func (g *gpxReader) start(t xml.StartElement) error {
	if g.depth++; g.depth > maxDepth {
		return ErrTooDeep
	}
	g.element = ""
	switch name := t.Name.Local; {
	case g.depth == 1 && name != "gpx":
		return ErrFile
	case g.depth == 1:
		g.root = true
	case name == "trkpt" && g.point == nil:
		return g.open(t.Attr)
	case g.point != nil && (name == "time" || name == "hdop" || name == "accuracy"):
		g.element = name
		g.text.Reset()
	}
	return nil
}

func (g *gpxReader) open(attributes []xml.Attr) error {
	g.point = &Fix{Place: Point{math.NaN(), math.NaN()}} // no place until both are read
	for _, a := range attributes {
		var err error
		switch a.Name.Local {
		case "lon":
			g.point.Place.Lon, err = strconv.ParseFloat(a.Value, 64)
		case "lat":
			g.point.Place.Lat, err = strconv.ParseFloat(a.Value, 64)
		}
		if err != nil {
			return ErrPlace
		}
	}
	return nil
}

func (g *gpxReader) end(name string) error {
	if name == "trkpt" && g.point != nil {
		f := *g.point
		g.point = nil
		return g.fix(f)
	}
	element, text := g.element, strings.TrimSpace(g.text.String())
	g.element = ""
	if element == "" || element != name {
		return nil
	}
	if element == "time" {
		at, err := parseTime(text)
		g.point.At = at
		return err
	}
	return g.accuracy(element, text)
}

func (g *gpxReader) accuracy(element, text string) error {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return ErrAccuracy
	}
	if element == "accuracy" {
		g.point.Accuracy = v
	} else if g.point.Accuracy == 0 {
		g.point.Accuracy = v * hdopMetres
	}
	return nil
}

// locate gives an error its line; what the XML reader finds becomes [ErrFile].
func (g *gpxReader) locate(err error) error {
	line, _ := g.xml.InputPos()
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		line, err = syntax.Line, ErrFile
	case err == io.EOF: // no gpx element
		err = ErrFile
	case strings.HasPrefix(err.Error(), "xml:"): // an encoding other than UTF-8
		err = ErrFile
	}
	return &FileError{Line: line, Err: err}
}
