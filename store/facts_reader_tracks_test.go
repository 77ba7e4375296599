package store_test

import (
	"encoding/csv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// boundary reads a boundary as it stands in a sheet.
func boundary(cell string) *track.Boundary {
	cells, err := csv.NewReader(strings.NewReader(cell)).Read()
	if err != nil {
		panic(err)
	}
	b, err := track.ParseBoundary(cells[0])
	if err != nil {
		panic(err)
	}
	return b
}

func boundaryCell(b *track.Boundary) string {
	if b == nil {
		return ""
	}
	return `"` + strings.ReplaceAll(b.GeoJSON(), `"`, `""`) + `"`
}

// walks are what the points of the people of the reader's grid come to, by day
// and mobile number.
type walks map[calendar.Date]map[string]track.Day

func (r *reader) walks(grid sheet.Grid) walks {
	fixes := map[calendar.Date]map[string][]track.Fix{}
	for _, p := range r.points {
		day := calendar.DateOf(p.At)
		if r.gridOf(p.Mobile) != r.grid || !r.seen(p.At) {
			continue
		}
		if fixes[day] == nil {
			fixes[day] = map[string][]track.Fix{}
		}
		fixes[day][p.Mobile] = append(fixes[day][p.Mobile], track.Fix{At: p.At, Place: track.Point{Lon: p.Lon, Lat: p.Lat}})
	}
	ground, all := track.NewGround(grid.Boundary), walks{}
	for day, people := range fixes {
		all[day] = map[string]track.Day{}
		for mobile, f := range people {
			all[day][mobile] = ground.Measure(f, track.DefaultPolicy())
		}
	}
	return all
}

// gridOf is the grid of a chief or member.
func (r *reader) gridOf(mobile string) string {
	for _, p := range r.people {
		if p.Mobile == mobile && p.Role != sheet.CommunityLead {
			return p.Grids[0]
		}
	}
	return ""
}

// addWalks adds what those walked of whom there is no 里程, and the coverage.
func (r *reader) addWalks(day *scoring.Day, all walks) {
	for mobile, walk := range all[day.Date] {
		if r.has里程(mobile, day.Date) {
			continue
		}
		day.Km = day.Km.Add(walk.Km)
		if r.role(mobile) == sheet.Chief {
			day.ChiefHours = day.ChiefHours.Add(walk.Hours)
		} else {
			day.MemberHours = decimal.Max(day.MemberHours, walk.Hours)
		}
	}
	if !r.duty(day.Date) || day.Date > r.asOf {
		return
	}
	var touched track.Cells
	for d, n := day.Date, 0; n < 5; d-- {
		if !r.duty(d) {
			continue
		}
		if n++; len(all[d]) == 0 {
			return
		}
		for _, walk := range all[d] {
			var err error
			if touched, err = touched.Union(walk.Cells); err != nil {
				panic(err)
			}
		}
	}
	if share, ok := touched.Share(); ok {
		day.Coverage = &share
	}
}

func (r *reader) has里程(mobile string, day calendar.Date) bool {
	for _, p := range r.patrols {
		if p.Mobile == mobile && p.Day == day {
			return true
		}
	}
	return false
}

func (r *reader) duty(d calendar.Date) bool { return r.streetDuty(d) && !r.exempt(d, r.grid) }
