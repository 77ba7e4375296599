package track

import "math"

// Datum is the coordinate system in which a position was recorded.
type Datum string

// The coordinate systems in use: WGS-84 of satellites, and GCJ-02 (火星坐标) of
// Chinese map services, some hundred metres beside it.
const (
	WGS84 Datum = "WGS84"
	GCJ02 Datum = "GCJ02"
)

// WGS84 converts a place recorded in this system to WGS-84. Only GCJ-02 needs
// converting; the empty Datum counts as WGS-84.
func (d Datum) WGS84(p Point) Point {
	if d == GCJ02 {
		return FromGCJ02(p)
	}
	return p
}

// The ellipsoid of the published GCJ-02 formula (Krasovsky 1940).
const (
	gcjAxis         = 6378245.0
	gcjEccentricity = 0.00669342162296594323
)

// FromGCJ02 converts a GCJ-02 place to WGS-84. There is no closed inverse;
// three rounds of correction leave less than a millimetre.
func FromGCJ02(p Point) Point {
	w := p
	for range 3 {
		g := ToGCJ02(w)
		w.Lon += p.Lon - g.Lon
		w.Lat += p.Lat - g.Lat
	}
	return w
}

// ToGCJ02 converts a WGS-84 place in mainland China to GCJ-02.
func ToGCJ02(p Point) Point {
	x, y := p.Lon-105, p.Lat-35
	lat, sin := p.Lat*math.Pi/180, math.Sin(p.Lat*math.Pi/180)
	curve := 1 - gcjEccentricity*sin*sin
	north := gcjAxis * (1 - gcjEccentricity) / (curve * math.Sqrt(curve)) * math.Pi / 180
	east := gcjAxis / math.Sqrt(curve) * math.Cos(lat) * math.Pi / 180
	return Point{Lon: p.Lon + shiftEast(x, y)/east, Lat: p.Lat + shiftNorth(x, y)/north}
}

func shiftNorth(x, y float64) float64 {
	d := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x))
	d += wave(x, 20, 6, 20, 2)
	d += wave(y, 20, 1, 40, 1.0/3)
	return d + wave(y, 160, 1.0/12, 320, 1.0/30)
}

func shiftEast(x, y float64) float64 {
	d := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x))
	d += wave(x, 20, 6, 20, 2)
	d += wave(x, 20, 1, 40, 1.0/3)
	return d + wave(x, 150, 1.0/12, 300, 1.0/30)
}

// wave is a pair of the formula's sines, in metres; frequencies in half turns.
func wave(v, height1, frequency1, height2, frequency2 float64) float64 {
	return (height1*math.Sin(frequency1*v*math.Pi) + height2*math.Sin(frequency2*v*math.Pi)) * 2 / 3
}
