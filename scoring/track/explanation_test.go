package track_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// eventfulDay has something of everything.
func eventfulDay() []track.Fix {
	trip := start(-600, 25).walk(-350, 25, 3*minute).stray(-350, 480).walk(-100, 25, 3*minute)
	trip.stand(minute).within(300).stray(-100, 40).within(0).walk(-10, 25, minute)
	trip.jumpTo(210, 25).silent(10*minute).fix().walk(410, 25, 2*minute)
	return append(trip.fixes, trip.fixes[0])
}

func TestExplain(t *testing.T) {
	e := ground(t, squareKm).Explain(eventfulDay(), track.DefaultPolicy())
	want := map[track.Reason]int{
		track.Used: 24, track.Outside: 4, track.Gap: 1,
		track.Duplicate: 1, track.Jump: 1, track.Inaccurate: 1, track.Drift: 3,
	}
	got := map[track.Reason]int{}
	for i, s := range e.Steps {
		got[s.Reason]++
		if i > 0 && s.At.Before(e.Steps[i-1].At) {
			t.Errorf("step %d is earlier than the one before", i)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	const words = "计入 0.69 公里、0.15 小时，走过 15 格（全网格 400 格）。" +
		"共 35 个定位点，计入 24，中断 1，网格外 4，重复 1，跳点 1，精度差 1，漂移 3。"
	if diff := cmp.Diff(words, e.String()); diff != "" {
		t.Error(diff)
	}
	if day := ground(t, squareKm).Measure(eventfulDay(), track.DefaultPolicy()); !day.Km.Equal(e.Km) || !day.Hours.Equal(e.Hours) {
		t.Errorf("measured %s km, explained %s", day.Km, e.Km)
	}
}

func TestExplainSaysThatThereIsNoBoundary(t *testing.T) {
	e := track.NewGround(nil).Explain(start(0, 0).walk(1000, 0, 12*minute).fixes, track.DefaultPolicy())
	const words = "计入 1 公里、0.2 小时；网格还没有边界，走过的都计入。共 37 个定位点，计入 37。"
	if e.Bounded() || e.String() != words {
		t.Errorf("bounded %v: %s", e.Bounded(), e)
	}
}

func TestReasonsHaveWords(t *testing.T) {
	for r, want := range map[track.Reason]string{
		track.Used: "计入 used", track.Gap: "中断 gap", track.Outside: "网格外 outside", track.Duplicate: "重复 duplicate",
		track.Jump: "跳点 jump", track.Inaccurate: "精度差 inaccurate", track.Drift: "漂移 drift", 200: "未知 unknown",
	} {
		word, err := r.MarshalText()
		if got := r.String() + " " + string(word); got != want || err != nil {
			t.Errorf("%q, want %q (%v)", got, want, err)
		}
	}
}

// drawing is a GeoJSON answer as a map would read it.
type drawing struct {
	Features []struct {
		Properties struct {
			Kind, Reason, Title, Km, Hours string
			Count, Of                      int
			CoordTimes                     []string
		}
		Geometry struct {
			Type        string
			Coordinates []json.RawMessage
		}
	}
}

func TestDrawTheDay(t *testing.T) {
	text := ground(t, squareKm).Explain(eventfulDay(), track.DefaultPolicy()).GeoJSON()
	var d drawing
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range d.Features {
		p := f.Properties
		line := []string{p.Kind, f.Geometry.Type, p.Reason + p.Title + p.Km}
		if n := len(p.CoordTimes); n != 0 && n != len(f.Geometry.Coordinates) {
			t.Errorf("%s: %d times for %d places", p.Reason, n, len(f.Geometry.Coordinates))
		}
		got = append(got, strings.Join(line, " "))
	}
	want := []string{
		"boundary MultiPolygon ", "cells MultiPolygon ", "way MultiLineString 0.69",
		"dropped MultiPoint duplicate重复", "dropped MultiPoint jump跳点", "dropped MultiPoint inaccurate精度差", "dropped MultiPoint drift漂移",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// The way enters at the edge and breaks off once: two lines. Its cells are
	// two runs of the same row.
	if cells, way := d.Features[1], d.Features[2]; len(way.Geometry.Coordinates) != 2 || len(cells.Geometry.Coordinates) != 2 ||
		cells.Properties.Count != 15 || cells.Properties.Of != 400 {
		t.Errorf("%d lines, %d rectangles, %+v", len(way.Geometry.Coordinates), len(cells.Geometry.Coordinates), cells.Properties)
	}
}

func TestDrawAnEmptyDay(t *testing.T) {
	for _, g := range []*track.Ground{track.NewGround(nil), ground(t, squareKm)} {
		text := g.Explain(nil, track.DefaultPolicy()).GeoJSON()
		if !json.Valid([]byte(text)) || strings.Contains(text, "null") {
			t.Errorf("drawn as %s", text)
		}
	}
}
