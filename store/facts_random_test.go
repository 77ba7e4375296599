package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Random streets, the same ones each time: what the database makes of their
// records is what a reader of data.md makes of them, one after the other.
func TestFactsAreWhatAReaderOfTheRecordsFinds(t *testing.T) {
	s := open(t)
	for seed := range uint64(8) {
		w := randomWorld(rand.New(rand.NewPCG(seed, 0)))
		empty(t, s)
		w.records().take(t, s, store.ImportOptions{Now: w.cameIn.Start().Add(12 * time.Hour)})
		for range 3 {
			at := october.First().Start().Add(time.Duration(w.IntN(40*24*3600)) * time.Second)
			all := facts(t, s, store.FactsQuery{Month: october, At: at})
			for i, grid := range w.grids {
				name := fmt.Sprintf("seed %d, %s at %s", seed, grid.ID, at)
				want := (&reader{world: w, grid: grid.ID, at: at, asOf: calendar.DateOf(at)}).facts(grid)
				if diff := cmp.Diff(want, withoutEmptyDays(all[i]), cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("%s: -reader +database\n%s", name, diff)
				}
				one := facts(t, s, store.FactsQuery{Month: october, At: at, Grids: []string{grid.ID}})
				if diff := cmp.Diff(all[i], one[0]); diff != "" {
					t.Fatalf("%s: -among all +alone\n%s", name, diff)
				}
			}
		}
	}
}

// withoutEmptyDays leaves out the days on which nothing was: they are as good as absent.
func withoutEmptyDays(f *scoring.Facts) *scoring.Facts {
	copied := *f
	copied.Days = slices.DeleteFunc(slices.Clone(f.Days), func(d scoring.Day) bool {
		return cmp.Equal(d, scoring.Day{Date: d.Date}, cmpopts.EquateEmpty())
	})
	return &copied
}

// world is a street in September to November 2026, all of whose records come in
// on one day.
type world struct {
	*rand.Rand
	cameIn      calendar.Date
	grids       []sheet.Grid
	people      []sheet.Person
	concerns    []sheet.Concern
	sites       []sheet.HazardSite
	visits      []sheet.Visit
	patrols     []sheet.Patrol
	points      []sheet.TrackPoint
	items       []sheet.Item
	attendances []sheet.Attendance
	collections []sheet.Collection
	periods     []sheet.SpecialPeriod
	readinesses []sheet.Readiness
	findings    []sheet.Finding
	exemptions  []sheet.Exemption
}

func randomWorld(random *rand.Rand) *world {
	w := &world{Rand: random}
	w.cameIn = w.day() + 7
	for i := range 3 {
		g := sheet.Grid{ID: fmt.Sprintf("G%d", i+1), Households: w.IntN(500)}
		if i < 2 {
			g.Boundary = boundary(oblong(200+float64(w.IntN(200)), 200))
		}
		w.grids = append(w.grids, g)
	}
	for i := range 10 {
		w.people = append(w.people, sheet.Person{Mobile: fmt.Sprintf("139000000%02d", i),
			Role: oneOf(w, sheet.Chief, sheet.Member, sheet.Member, sheet.CommunityLead), Grids: []string{w.grid()}})
	}
	for i := range 25 {
		c := sheet.Concern{ID: fmt.Sprintf("D%d", i), GridID: w.grid(), Category: oneOf(w, sheet.ConcernCategories...), Key: w.often(), Archived: w.often()}
		c.ListedOn, c.UnlistedOn = w.span()
		w.concerns = append(w.concerns, c)
	}
	for i := range 5 {
		c := sheet.HazardSite{ID: fmt.Sprintf("C%d", i), GridID: w.grid()}
		c.ListedOn, c.UnlistedOn = w.span()
		w.sites = append(w.sites, c)
	}
	w.addDailyWork()
	w.addOutings()
	w.addTheCentresOwn()
	return w
}

func (w *world) addDailyWork() {
	for i := range 300 {
		v := sheet.Visit{ID: fmt.Sprint("V", i), GridID: w.grid(), Mobile: w.mobile(), At: w.moment(), Photos: w.IntN(3), Control: w.often()}
		if i%4 > 0 { // most by somebody who names a person or site of the own grid
			c := oneOf(w, w.concerns...)
			v.Watched, v.GridID = c.ID, oneOf(w, c.GridID, c.GridID, v.GridID)
		} else if w.often() {
			c := oneOf(w, w.sites...)
			v.Watched, v.GridID = c.ID, oneOf(w, c.GridID, c.GridID, v.GridID)
		}
		w.visits = append(w.visits, v)
	}
	for range 60 {
		p := sheet.Patrol{GridID: w.grid(), Mobile: w.mobile(), Day: w.day(), Km: decimal.New(w.Int64N(500), -2)}
		if w.often() {
			hours := decimal.New(w.Int64N(24), -1)
			p.Hours = &hours
		}
		if !slices.ContainsFunc(w.patrols, func(q sheet.Patrol) bool { return q.GridID == p.GridID && q.Mobile == p.Mobile && q.Day == p.Day }) {
			w.patrols = append(w.patrols, p)
		}
	}
	for i := range 120 {
		it := sheet.Item{ID: fmt.Sprint("S", i), GridID: w.grid(), Mobile: w.mobile(), ReportedAt: w.moment(), Category: oneOf(w, scoring.Categories...),
			Reworks: w.IntN(3), ByGrid: w.often(), Status: oneOf(w, sheet.Valid, sheet.Valid, sheet.Valid, sheet.Rejected, sheet.Falsified)}
		it.Deadline = w.after(it.ReportedAt)
		if w.IntN(4) == 0 {
			it.ExtendedTo = w.after(it.Deadline)
		}
		if it.Constrained = w.IntN(4) == 0; it.Constrained && w.often() {
			it.ConstrainedAt = w.after(it.ReportedAt)
		}
		if w.often() {
			it.DisposedAt = oneOf(w, w.after(it.ReportedAt), it.Deadline, it.Deadline.Add(time.Second), w.after(it.Deadline))
		}
		w.items = append(w.items, it)
	}
}

// addOutings lets most people walk about most days, now and then to midnight.
func (w *world) addOutings() {
	for _, p := range w.people {
		for day := october.First() - 9; day < october.First()+34; day++ {
			if w.IntN(6) == 0 {
				continue
			}
			at := day.Start().Add(time.Duration(w.IntN(24*60-6)) * time.Minute)
			x, y := 400*w.Float64()-50, 250*w.Float64()-25
			for range 8 {
				lon, lat := place(x, y)
				w.points = append(w.points, sheet.TrackPoint{Mobile: p.Mobile, At: at, Lon: lon, Lat: lat})
				at, x, y = at.Add(time.Minute), x+160*w.Float64()-80, y+160*w.Float64()-80
			}
		}
	}
}

func (w *world) addTheCentresOwn() {
	for i := range 30 {
		w.attendances = append(w.attendances, sheet.Attendance{MeetingID: fmt.Sprint("M", i), HeldOn: w.day(), Mobile: w.mobile(),
			Status: oneOf(w, "出席", "迟到", "请假", "缺席")})
		c := sheet.Collection{GridID: w.grid(), Household: fmt.Sprint("H", i), CollectedAt: w.moment(), Complete: w.often()}
		if w.often() {
			c.EnteredAt = w.after(c.CollectedAt)
		}
		w.collections = append(w.collections, c)
		w.findings = append(w.findings, sheet.Finding{ID: fmt.Sprint("R", i), GridID: w.grid(), Kind: oneOf(w, sheet.FindingKinds...), FoundOn: w.day()})
	}
	for i := range 3 {
		start := w.day()
		p := sheet.SpecialPeriod{ID: fmt.Sprint("P", i), StartsOn: start, EndsOn: start + calendar.Date(w.IntN(8))}
		w.periods = append(w.periods, p)
		for _, g := range w.grids[:2] {
			w.readinesses = append(w.readinesses, sheet.Readiness{PeriodID: p.ID, GridID: g.ID, Roster: w.often(), Plan: w.often(), Responsible: w.often()})
		}
		w.exemptions = append(w.exemptions, sheet.Exemption{GridID: oneOf(w, "", w.grid(), w.grid()), StartsOn: start, EndsOn: p.EndsOn, Reason: fmt.Sprint(i)})
	}
}

func oneOf[V any](w *world, all ...V) V { return all[w.IntN(len(all))] }

func (w *world) often() bool        { return w.IntN(3) > 0 }
func (w *world) grid() string       { return oneOf(w, w.grids...).ID }
func (w *world) mobile() string     { return oneOf(w, w.people...).Mobile }
func (w *world) day() calendar.Date { return october.First() - 6 + calendar.Date(w.IntN(40)) }

// moment lies on a day's edge as often as not.
func (w *world) moment() time.Time {
	start := w.day().Start()
	return oneOf(w, start, start.Add(-time.Second), w.after(start), w.after(start))
}

// after is a moment within a few days.
func (w *world) after(t time.Time) time.Time {
	return t.Add(time.Duration(w.IntN(5*24*3600)) * time.Second)
}

// span is since when somebody is on a list, and until when.
func (w *world) span() (from, until calendar.Date) {
	if w.often() {
		from = w.day()
	}
	if w.often() {
		until = max(w.day(), from+1)
	}
	return from, until
}

// records writes the street's sheets.
func (w *world) records() records {
	r := records{}
	w.write(func(name sheet.Name, cells ...any) {
		texts := make([]string, len(cells))
		for i, c := range cells {
			texts[i] = cellText(c)
		}
		r[name] += strings.Join(texts, ",") + "\n"
	})
	return r
}

func cellText(value any) string {
	switch v := value.(type) {
	case bool:
		return map[bool]string{true: "是", false: "否"}[v]
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.In(calendar.Shanghai).Format(time.DateTime)
	case calendar.Date:
		if v.IsZero() {
			return ""
		}
	case *decimal.Decimal:
		if v == nil {
			return ""
		}
	}
	return fmt.Sprint(value)
}

func (w *world) write(add func(name sheet.Name, cells ...any)) {
	for _, g := range w.grids {
		add(sheet.Grids, g.ID, "网格", "社区", g.Households, boundaryCell(g.Boundary))
	}
	for _, p := range w.people {
		add(sheet.People, "某人", p.Mobile, p.Role, p.Grids[0], "社区")
	}
	for _, c := range w.concerns {
		add(sheet.Concerns, c.ID, c.GridID, "某人", c.Category, c.Key, c.Archived, c.ListedOn, c.UnlistedOn)
	}
	for _, c := range w.sites {
		add(sheet.HazardSites, c.ID, c.GridID, "仓库", c.ListedOn, c.UnlistedOn)
	}
	for _, v := range w.visits {
		add(sheet.Visits, v.ID, v.GridID, v.Mobile, v.At, v.Photos, v.Watched, v.Control)
	}
	for _, p := range w.patrols {
		add(sheet.Patrols, p.GridID, p.Mobile, p.Day, p.Km, p.Hours)
	}
	for _, p := range w.points {
		add(sheet.TrackPoints, p.Mobile, p.At, p.Lon, p.Lat)
	}
	for _, i := range w.items {
		add(sheet.Items, i.ID, i.GridID, i.Mobile, i.ReportedAt, i.Category, i.Deadline, i.DisposedAt, i.ExtendedTo,
			i.Constrained, i.ConstrainedAt, i.Reworks, i.ByGrid, i.Status)
	}
	for _, a := range w.attendances {
		add(sheet.Attendances, a.MeetingID, "例会", a.HeldOn, a.Mobile, a.Status)
	}
	for _, c := range w.collections {
		add(sheet.Collections, c.GridID, c.Household, c.CollectedAt, c.EnteredAt, c.Complete)
	}
	for _, p := range w.periods {
		add(sheet.SpecialPeriods, p.ID, p.ID, p.StartsOn, p.EndsOn)
	}
	for _, r := range w.readinesses {
		add(sheet.Readinesses, r.PeriodID, r.GridID, r.Roster, r.Plan, r.Responsible)
	}
	for _, f := range w.findings {
		add(sheet.Findings, f.ID, f.GridID, f.Kind, f.FoundOn)
	}
	for _, e := range w.exemptions {
		if e.GridID == "" {
			e.GridID = "全部"
		}
		add(sheet.Exemptions, e.GridID, e.StartsOn, e.EndsOn, e.Reason)
	}
}
