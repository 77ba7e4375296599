package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring/track"
)

type benchTrack struct {
	Points int `default:"1000000" help:"How many points are imported."`
}

// Help is shown by --help.
func (c *benchTrack) Help() string {
	return "First a duty day of one person, eight hours of a fix a second, made into kilometres, hours and covered cells on one " +
		"core; the yardstick is the sum of the haversine distances of the same fixes. " +
		"Then an import of points, which is measured as well as stored, beside COPY of the same file into the same table; " +
		"and the same points pushed to the API in full calls, compressed, by a few clients at once. " +
		"Aims: " + aimMeasure + "; at most " + aimImport + " of COPY and " + aimImportMemory + " of memory; at most " + aimPush + " of COPY."
}

const aimMeasure = "≥ 1000000 points/s"

// Run measures both and prints them.
func (c *benchTrack) Run(ctx context.Context, g *globals) error {
	pure, err := measurePoints()
	if err != nil {
		return err
	}
	ground, err := openBenchGround(ctx)
	if err != nil {
		return err
	}
	defer ground.close()
	if err := ground.settle(ctx, 1, benchedStreet); err != nil {
		return err
	}
	if err := ground.exec(ctx, `update grids set boundary = '`+benchBoundary+`'`); err != nil {
		return err
	}
	points := imported{
		what: "track points", sheet: "轨迹点", table: "track_points", rows: c.Points,
		header: "手机号,时间,经度,纬度", columns: "mobile, at, longitude, latitude", line: walkedPoint,
	}
	figures, err := ground.compareImport(ctx, points)
	if err != nil {
		return err
	}
	pushed, err := ground.comparePush(ctx, points)
	if err != nil {
		return err
	}
	return printFigures(g.out, slices.Concat([]figure{pure}, figures, pushed)...)
}

// A square of a bit more than a kilometre, in which everybody walks.
const (
	benchWest, benchSouth = 119.90, 31.70
	benchBoundary         = `{"type":"Polygon","coordinates":[[[119.9,31.7],[119.912,31.7],[119.912,31.711],[119.9,31.711],[119.9,31.7]]]}`
)

// walkedAt is where somebody is after so many seconds: up and down the square at
// a walk, with a trembling position.
func walkedAt(second int, luck *rand.Rand) track.Point {
	const lane = 800 // seconds
	along := float64(second%lane) / lane
	if second/lane%2 == 1 {
		along = 1 - along
	}
	tremble := func() float64 { return (luck.Float64() - 0.5) * 2e-5 }
	return track.Point{
		Lon: benchWest + 0.001 + along*0.0105 + tremble(),
		Lat: benchSouth + 0.0005 + float64(second/lane)*0.00028 + tremble(),
	}
}

// walkedPoint is a line of 轨迹点: everybody's points come together, ten seconds apart.
func walkedPoint(i int) string {
	person, nth := i%benchedStreet, i/benchedStreet
	day, second := nth/2880, nth%2880*10
	at := benchMonth.First().Start().AddDate(0, 0, day).Add(8*time.Hour + time.Duration(second)*time.Second)
	p := walkedAt(second, rand.New(rand.NewPCG(1, uint64(i))))
	return fmt.Sprintf("%s,%s,%.6f,%.6f", benchMobile(person+1), at.Format(time.DateTime), p.Lon, p.Lat)
}

// measurePoints measures a duty day of fixes on one core.
func measurePoints() (figure, error) {
	boundary, err := track.ParseBoundary(benchBoundary)
	if err != nil {
		return figure{}, fmt.Errorf("bench: %w", err)
	}
	ground, policy, luck := track.NewGround(boundary), track.DefaultPolicy(), rand.New(rand.NewPCG(1, 2))
	fixes := make([]track.Fix, 8*60*60)
	for i := range fixes {
		fixes[i] = track.Fix{At: benchMonth.First().Start().Add(time.Duration(i) * time.Second), Place: walkedAt(i, luck), Accuracy: 8}
	}
	if day := ground.Measure(fixes, policy); day.Km.IsZero() || day.Cells.Len() == 0 {
		return figure{}, fmt.Errorf("bench: nothing was walked")
	}
	took := repeated(func() { ground.Measure(fixes, policy) })
	bare := repeated(func() { haversines(fixes) })
	return figure{
		"points → km, hours, cells", perSecond(len(fixes), took, "points"), perSecond(len(fixes), bare, "points"),
		times(took, bare), aimMeasure,
	}, nil
}

// repeated is how long it takes once, on the average of about a second.
func repeated(do func()) time.Duration {
	began, n := time.Now(), 0
	for ; time.Since(began) < time.Second; n++ {
		do()
	}
	return time.Since(began) / time.Duration(n)
}

// haversines is the length of the way, in metres, as anybody would compute it.
func haversines(fixes []track.Fix) (metres float64) {
	const radian = math.Pi / 180
	for i := 1; i < len(fixes); i++ {
		a, b := fixes[i-1].Place, fixes[i].Place
		x, y := math.Sin((b.Lon-a.Lon)/2*radian), math.Sin((b.Lat-a.Lat)/2*radian)
		h := y*y + math.Cos(a.Lat*radian)*math.Cos(b.Lat*radian)*x*x
		metres += 2 * 6371008.8 * math.Asin(math.Sqrt(h))
	}
	return metres
}
