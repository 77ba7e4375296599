package store_test

import (
	"errors"
	"testing"
	"time"

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
	measureAll(t, s)
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

func measureAll(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.MeasureTracks(t.Context(), 0); err != nil {
		t.Fatal(err)
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
	walk("甲", "2026-10-08 09:00", 0, 500, 10).take(t, s, store.ImportOptions{})
	// The points are measured, and what they come to has to wait before it is there.
	if _, err := holder.Exec(t.Context(), `lock table track_days in share mode`); err != nil {
		t.Fatal(err)
	}
	points := make(chan error, 1)
	go func() { points <- s.MeasureTracks(t.Context(), 0) }()
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
	before := version(t, s)
	walk("甲", "2026-09-30 09:00", 0, 500, 10).take(t, s, store.ImportOptions{})
	var touched []string
	for month := october - 2; month <= october+1; month++ {
		changes, err := s.MonthChanges(t.Context(), month, before.Records)
		if err != nil || changes.Street > before.Records {
			t.Fatal("all of the street is touched", err)
		}
		for _, grid := range changes.Grids {
			touched = append(touched, grid+" "+month.String())
		}
	}
	if diff := cmp.Diff([]string{"G1 2026-09", "G1 2026-10"}, touched); diff != "" {
		t.Error(diff)
	}
}

func TestPointsFromBeforeTheyWereMeasuredAreMeasuredWithThePeople(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	walk("甲", "2026-10-08 09:00", 0, 500, 10).take(t, s, store.ImportOptions{})
	measureAll(t, s)
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

// However often a day's points come in, it is measured when somebody asks, and
// only the days of those who are asked about.
func TestADayIsMeasuredOnceSomebodyAsks(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	for _, minute := range []string{"09:00", "09:05", "09:10"} {
		walk("甲", "2026-10-08 "+minute, 0, 500, 5).take(t, s, store.ImportOptions{})
		walk("丙", "2026-10-08 "+minute, 0, 500, 5).take(t, s, store.ImportOptions{})
	}
	due := func() int { return number(t, s, `select count(*) from track_days_due`) }
	if n := number(t, s, `select count(*) from track_days`); n != 0 || due() != 2 {
		t.Fatalf("%d days measured, %d due", n, due())
	}
	if err := s.MeasureTracks(t.Context(), time.Hour); err != nil || due() != 2 {
		t.Errorf("measured before its time: %d due, %v", due(), err)
	}
	exec(t, s, `update people set grids = array['G2'] where mobile = $1`, mobiles.Replace("丙"))
	facts(t, s, store.FactsQuery{Month: october, At: noon, Grids: []string{"G1"}})
	if due() != 1 {
		t.Errorf("after a question about G1 %d days are due", due())
	}
	facts(t, s, store.FactsQuery{Month: october, At: noon})
	if n := number(t, s, `select count(*) from track_days`); n != 2 || due() != 0 {
		t.Errorf("after a question about all %d days are measured, %d due", n, due())
	}
}

// Who measures must not lose the points that come in meanwhile.
func TestADayThatChangesWhileItIsMeasuredStaysDue(t *testing.T) {
	s := open(t)
	twoGrids.take(t, s, store.ImportOptions{})
	walk("甲", "2026-10-08 09:00", 0, 500, 5).take(t, s, store.ImportOptions{})
	holder, err := s.Pool().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holder.Rollback(t.Context()) }()
	if _, err := holder.Exec(t.Context(), `lock table track_days in share mode`); err != nil {
		t.Fatal(err)
	}
	measured := make(chan error, 1)
	go func() { measured <- s.MeasureTracks(t.Context(), 0) }()
	untilWaiting(t, s, 1, measured)
	walk("甲", "2026-10-08 09:05", 500, 500, 5).take(t, s, store.ImportOptions{})
	if err := errors.Join(holder.Rollback(t.Context()), <-measured); err != nil {
		t.Fatal(err)
	}
	if due := number(t, s, `select count(*) from track_days_due`); due != 1 {
		t.Errorf("%d days are due", due)
	}
	measureAll(t, s)
	if metres := number(t, s, `select 1000 * km from track_days`); metres != 1000 {
		t.Errorf("%d m", metres)
	}
}
