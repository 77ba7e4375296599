package bot

import (
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// Standings are how all grids stand in a month: what rankings and overviews are
// made of, small enough to be kept for a whole street.
type Standings struct {
	// Unrecorded are the daily sheets without a row of the month from any grid, in
	// a month that is over.
	Unrecorded []sheet.Name `json:"unrecorded,omitempty"`
	Grids      []Standing   `json:"grids"` // ordered by grid id

	mu    sync.Mutex
	order *order // as the grids are ranked in the street below, once somebody asked
	in    *street
}

// Standing is how one grid stands in a month.
type Standing struct {
	Grid     string           `json:"grid"`
	Score    scoring.Points   `json:"score"`
	Floor    scoring.Points   `json:"floor"`
	Sections []scoring.Points `json:"sections"` // of the five, in the Measure's order

	// Undetermined says that data of a whole section have not come at all.
	Undetermined bool `json:"undetermined,omitempty"`
	Complete     bool `json:"complete"`

	Short []scoring.Clause `json:"short,omitempty"` // clauses that cost points
	Risks []scoring.Clause `json:"risks,omitempty"` // clauses with points at risk
	Today []Lack           `json:"today,omitempty"` // what the grid lacks of the day's standards
}

// Lack is how much is missing of a standard.
type Lack struct {
	Clause  scoring.Clause  `json:"clause"`
	Missing decimal.Decimal `json:"missing"`
}

func standingOf(r *scoring.Result) Standing {
	standing := Standing{
		Grid: r.GridID, Score: r.Score, Floor: r.Floor,
		Undetermined: Undetermined(r), Complete: r.Complete,
	}
	for _, section := range r.Sections {
		standing.Sections = append(standing.Sections, section.Score)
	}
	for _, d := range r.Deductions {
		if d.State == scoring.Incurred {
			standing.Short = append(standing.Short, d.Clause)
		} else {
			standing.Risks = append(standing.Risks, d.Clause)
		}
	}
	for _, o := range openStandards(r) {
		if o.window.Span == calendar.SpanDay && o.Subject == "" && o.window.First == r.AsOf {
			standing.Today = append(standing.Today, Lack{o.Clause, o.Missing()})
		}
	}
	return standing
}

// of returns how a grid stands; false for one that is not in the month.
func (s *Standings) of(grid string) (Standing, bool) {
	i, ok := s.search(grid)
	if !ok {
		return Standing{}, false
	}
	return s.Grids[i], true
}

func (s *Standings) search(grid string) (i int, ok bool) {
	return slices.BinarySearchFunc(s.Grids, grid, func(s Standing, id string) int { return strings.Compare(s.Grid, id) })
}

// with are the standings with others of some grids.
func (s *Standings) with(changed []Standing) *Standings {
	with := &Standings{Unrecorded: s.Unrecorded, Grids: slices.Clone(s.Grids)}
	for _, standing := range changed {
		if i, ok := with.search(standing.Grid); ok {
			with.Grids[i] = standing
		}
	}
	return with
}

// recorded reports whether there is anything to score in the month: some daily
// sheet has a row. Without one, neither a meeting nor a finding makes a score.
func (s *Standings) recorded() bool { return len(s.Unrecorded) < len(dailySheets) }

// determined reports whether the month's totals mean something: something was
// recorded, and no section is without data.
func (s *Standings) determined() bool {
	for _, standing := range s.Grids {
		if standing.Undetermined {
			return false
		}
	}
	return s.recorded() && len(s.Grids) > 0
}

// mean returns the mean of totals, rounded to 2 decimals; false of nothing.
func mean(totals []scoring.Points) (decimal.Decimal, bool) {
	if len(totals) == 0 {
		return decimal.Zero, false
	}
	var sum decimal.Decimal
	for _, total := range totals {
		sum = sum.Add(total.Decimal)
	}
	return sum.DivRound(decimal.NewFromInt(int64(len(totals))), 2), true
}

// orderIn ranks all grids of a month; none where their totals mean nothing yet.
func (s *Standings) orderIn(street *street) *order {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.in != street {
		s.order, s.in = orderOf(s.rank(street)), street
	}
	return s.order
}

func (s *Standings) rank(street *street) []scoring.Ranked {
	if !s.determined() {
		return nil
	}
	scores := make([]scoring.Score, len(s.Grids))
	for i, standing := range s.Grids {
		scores[i] = scoring.Score{GridID: standing.Grid, Community: street.byID[standing.Grid].Community, Total: standing.Score}
	}
	return scoring.Rank(scores)
}
