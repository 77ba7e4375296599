package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestTheSameTrackPointsAgainChangeNothing(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	bounded(square(1000)).take(t, s, store.ImportOptions{})
	points := walk("甲", "2026-10-08 09:00", 0, 500, 10)
	points.take(t, s, store.ImportOptions{})
	before := version(t, s)
	for _, again := range []records{points, bounded(square(1000)), twoGrids.only(sheet.People)} {
		again.take(t, s, store.ImportOptions{})
	}
	smaller := bounded(oblong(500, 1000))
	smaller.take(t, s, store.ImportOptions{DryRun: true})
	if after := version(t, s); after != before {
		t.Errorf("the version grew from %d to %d", before, after)
	}
	if metres := number(t, s, "select 1000 * km from track_days where grid_id = 'G1'"); metres != 1000 {
		t.Errorf("after a dry run %d m are inside", metres)
	}
	smaller.take(t, s, store.ImportOptions{})
	if after := version(t, s); after == before {
		t.Error("the version did not grow with the boundary's change")
	}
}

func (r records) only(name sheet.Name) records { return records{name: r[name]} }

func TestABoundaryThatChangesWaitsForPointsBeingMeasured(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	bounded(square(1000)).take(t, s, store.ImportOptions{})
	holder, err := s.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Rollback(t.Context()) }()
	// The points are measured, and then have to wait before they are there.
	if _, err := holder.Exec(t.Context(), `select from records_version for update`); err != nil {
		t.Fatal(err)
	}
	points := inBackground(t, s, walk("甲", "2026-10-08 09:00", 0, 500, 10).sheets())
	untilWaiting(t, s, 1, points)
	smaller := inBackground(t, s, bounded(oblong(500, 1000)).sheets())
	untilWaiting(t, s, 2, smaller)
	if err := holder.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(<-points, <-smaller); err != nil {
		t.Fatal(err)
	}
	if metres := number(t, s, "select 1000 * km from track_days"); metres != 500 {
		t.Errorf("%d m are inside the new boundary", metres)
	}
}

func TestPointsCountInTheMonthsOfTheirCoverageToo(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	walk("甲", "2026-11-20 09:00", 0, 500, 10).take(t, s, store.ImportOptions{}) // from here on they reach no further
	versions := func() map[string]int64 {
		all := map[string]int64{}
		for _, grid := range []string{"G1", "G2"} {
			for month := october - 2; month <= october+1; month++ {
				version, err := s.GridVersion(t.Context(), grid, month)
				if err != nil {
					t.Fatal(err)
				}
				all[grid+" "+month.String()] = version
			}
		}
		return all
	}
	before := versions()
	walk("甲", "2026-09-30 09:00", 0, 500, 10).take(t, s, store.ImportOptions{})
	var touched []string
	for name, version := range versions() {
		if version != before[name] {
			touched = append(touched, name)
		}
	}
	slices.Sort(touched)
	if diff := cmp.Diff([]string{"G1 2026-09", "G1 2026-10"}, touched); diff != "" {
		t.Error(diff)
	}
}

func TestPointsFromBeforeTheyWereMeasuredAreMeasuredWithThePeople(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	walk("甲", "2026-10-08 09:00", 0, 500, 10).take(t, s, store.ImportOptions{})
	exec(t, s, `update track_days set grid_id = '', km = 0, hours = 0`) // as the migration writes it
	before := version(t, s)
	twoGrids.only(sheet.People).take(t, s, store.ImportOptions{})
	if metres := number(t, s, `select 1000 * km from track_days where grid_id = 'G1'`); metres != 1000 {
		t.Errorf("%d m", metres)
	}
	if version(t, s) == before {
		t.Error("the version did not grow")
	}
}
