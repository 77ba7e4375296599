package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/scoring/track"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

type trackImport struct {
	Person string      `required:"" help:"Whose tracks, by mobile number." placeholder:"MOBILE"`
	Datum  track.Datum `enum:"WGS84,GCJ02" default:"WGS84" help:"The coordinate system of the files: WGS84 (the default) or GCJ02."`
	Files  []string    `arg:"" type:"existingfile" help:"Tracks as GPX (.gpx) or GeoJSON (.geojson, .json)." placeholder:"FILE"`
}

// Run takes the points of all files as one sheet 轨迹点: by the same rules, whole
// or not at all.
func (c *trackImport) Run(ctx context.Context, g *globals) error {
	var fixes []track.Fix
	for _, path := range c.Files {
		some, err := readTrack(path, c.Datum)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		fixes = append(fixes, some...)
	}
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	if _, err := house.personOf(ctx, c.Person); err != nil {
		return err
	}
	points := onePerMoment(fixes)
	if n := len(fixes) - len(points); n > 0 {
		fmt.Fprintf(g.out, "  提示：有 %d 个点和别的点时间相同，只留下较准的一个\n", n)
	}
	book := sheet.OfObjects(sheet.TrackPoints, baseNames(c.Files), trackRows(c.Person, points))
	report, err := house.store.Import(ctx, book, store.ImportOptions{Now: g.now(), By: whoami()})
	printReport(g.out, report)
	if err == nil {
		err = house.store.MeasureTracks(ctx, 0)
	}
	if err != nil {
		return err
	}
	return refused(report)
}

func readTrack(path string, d track.Datum) ([]track.Fix, error) {
	var read func(io.Reader, track.Datum) ([]track.Fix, error)
	switch strings.ToLower(filepath.Ext(path)) {
	case ".gpx":
		read = track.ReadGPX
	case ".geojson", ".json":
		read = track.ReadGeoJSON
	default:
		return nil, usageError("track import: only .gpx, .geojson and .json are tracks")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return read(file, d)
}

// onePerMoment sorts fixes by time and keeps of several at one moment the most
// accurate, since a person can be in one place only. Moments are as exact as the
// database keeps them.
func onePerMoment(fixes []track.Fix) []track.Fix {
	points := slices.Clone(fixes)
	for i := range points {
		points[i].At = points[i].At.Truncate(time.Microsecond)
	}
	slices.SortStableFunc(points, func(a, b track.Fix) int {
		return cmp.Or(a.At.Compare(b.At), compareAccuracy(a.Accuracy, b.Accuracy))
	})
	return slices.CompactFunc(points, func(a, b track.Fix) bool { return a.At.Equal(b.At) })
}

// compareAccuracy puts the better first, and last what is not given (0).
func compareAccuracy(a, b float64) int {
	if (a == 0) != (b == 0) {
		return -cmp.Compare(a, b)
	}
	return cmp.Compare(a, b)
}

func trackRows(mobile string, points []track.Fix) []sheet.Object {
	rows := make([]sheet.Object, len(points))
	for i, p := range points {
		rows[i] = sheet.Object{
			"手机号": mobile, "时间": p.At.Format(time.RFC3339Nano),
			"经度": decimalText(p.Place.Lon), "纬度": decimalText(p.Place.Lat),
		}
		if p.Accuracy > 0 {
			rows[i]["精度"] = decimalText(p.Accuracy)
		}
	}
	return rows
}

func decimalText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func baseNames(paths []string) string {
	names := make([]string, len(paths))
	for i, path := range paths {
		names[i] = filepath.Base(path)
	}
	return strings.Join(names, "、")
}
