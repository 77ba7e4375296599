package store

import (
	"fmt"
	"time"

	"github.com/nanxiashu/gridbot/scoring/track"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// The sheets of what people do day by day.

var visits = from(&table{
	sheet: sheet.Visits, name: "visits", header: "记录编号", key: []string{"id"},
	columns:     []string{"id", "grid_id", "mobile", "visited_at", "photos", "watched", "control", "note"},
	sealed:      sealedColumns{number: "watched", note: "note"},
	references:  []reference{ofGrid("grid_id"), ofPerson, ofWatched},
	touches:     touched{touchedAt("grid_id", "visited_at")},
	partitioned: "走访时间", observed: true,
}, sheet.VisitTable, func(r sheet.Visit) []any {
	return []any{r.ID, r.GridID, r.Mobile, timeOrNull(r.At), r.Photos, orNull(r.Watched), r.Control, r.Note}
}, func(r sheet.Visit) time.Time { return r.At })

var patrols = from(&table{
	sheet: sheet.Patrols, name: "patrols", header: "网格编号", key: []string{"grid_id", "mobile", "day"},
	columns:    []string{"grid_id", "mobile", "day", "km", "hours"},
	references: []reference{ofGrid("grid_id"), ofPerson},
	observed:   true,
	touches:    touched{touchedOn("grid_id", "day"), touchedWith("day")}, // it wins over the person's points
}, sheet.PatrolTable, func(r sheet.Patrol) []any {
	return []any{r.GridID, r.Mobile, r.Day.UTC(), r.Km, r.Hours}
}, func(r sheet.Patrol) time.Time { return r.Day.Start() })

var trackPoints = from(&table{
	sheet: sheet.TrackPoints, name: "track_points", header: "手机号", key: []string{"mobile", "at"},
	columns:     []string{"mobile", "at", "longitude", "latitude", "accuracy"},
	references:  []reference{ofPerson},
	touches:     touched{touchedByPoints},
	follow:      noteDue,
	partitioned: "时间", observed: true,
}, sheet.TrackPointTable, func(r sheet.TrackPoint) []any {
	place := track.Point{Lon: r.Lon, Lat: r.Lat}
	if r.Datum == track.GCJ02 {
		place = track.FromGCJ02(place)
	}
	return []any{r.Mobile, r.At, place.Lon, place.Lat, orNull(r.Accuracy)}
}, func(r sheet.TrackPoint) time.Time { return r.At })

var items = from(&table{
	sheet: sheet.Items, name: "items", header: "事项编号", key: []string{"id"},
	columns: []string{
		"id", "grid_id", "mobile", "reported_at", "category", "kind", "title", "deadline", "from_catalogue",
		"extended_deadline", "constrained", "constrained_at", "disposed_at", "reworks", "by_grid", "status",
	},
	references: []reference{ofGrid("grid_id"), ofPerson},
	uses:       []use{{sheet.Findings, "findings", "item_id", false}},
	touches: touched{
		touchedAt("grid_id", "reported_at"),
		touchedOn("grid_id", withinMonth(fmt.Sprintf(shanghaiDay, "coalesce(extended_deadline, deadline)"))),
	},
	// An empty deadline is that of the catalogue, fixed when the item was first
	// stored: it only changes with what it was made from.
	prepare: []string{`
		update stage s set from_catalogue = true, deadline = i.deadline from items i
		where s.deadline is null and i.id = s.id and i.from_catalogue
			and (i.reported_at, i.category, i.kind) = (s.reported_at, s.category, s.kind)`, `
		update stage s set from_catalogue = true, deadline = s.reported_at + interval '1 hour' * c.time_limit
		from catalogue c
		where s.deadline is null and (c.category, c.kind) = (s.category, s.kind)`},
	checks: []check{{"处置时限", "处置时限空着，“事项清单”里也没有这个类别和小类的时限", `
		select s.row, '' from stage s where not s.withdrawn and s.deadline is null`}},
	partitioned: "上报时间", observed: true,
}, sheet.ItemTable, func(r sheet.Item) []any {
	return []any{
		r.ID, r.GridID, r.Mobile, timeOrNull(r.ReportedAt), string(r.Category), r.Kind, r.Title, timeOrNull(r.Deadline), false,
		timeOrNull(r.ExtendedTo), r.Constrained, timeOrNull(r.ConstrainedAt), timeOrNull(r.DisposedAt), r.Reworks, r.ByGrid, r.Status,
	}
}, func(r sheet.Item) time.Time { return r.ReportedAt })
