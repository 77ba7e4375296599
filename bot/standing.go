package bot

import (
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Standings are how all grids stand in a month: what rankings and overviews are
// made of, small enough to be kept for a whole street.
type Standings struct {
	// Recorded is false where nothing at all was recorded in the month, in any
	// grid: then there is nothing to score, whatever the results say.
	Recorded bool       `json:"recorded"`
	Grids    []Standing `json:"grids"` // ordered by grid id
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

func (s *Standings) add(f *scoring.Facts, r *scoring.Result) {
	s.Recorded = s.Recorded || recorded(f)
	standing := Standing{
		Grid: r.GridID, Score: r.Score, Floor: r.Floor,
		Undetermined: undetermined(r), Complete: r.Complete,
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
	s.Grids = append(s.Grids, standing)
}

// recorded reports whether anything was noted of the grid in its month.
func recorded(f *scoring.Facts) bool {
	for i := range f.Days {
		d := &f.Days[i]
		if f.Month.Contains(d.Date) && (d.Visits() > 0 || d.Reported() > 0 || !d.Km.IsZero() || !d.ChiefHours.IsZero() || !d.MemberHours.IsZero()) {
			return true
		}
	}
	return f.Meetings != (scoring.Meetings{}) || f.Households.Collected > 0 ||
		f.Findings != (scoring.Findings{}) || f.Disposal.Due() > 0 || f.Adopted > 0
}

// of returns how a grid stands; false for one that is not in the month.
func (s *Standings) of(grid string) (Standing, bool) {
	for _, standing := range s.Grids {
		if standing.Grid == grid {
			return standing, true
		}
	}
	return Standing{}, false
}

// determined reports whether the month's totals mean something: something was
// recorded, and no section is without data.
func (s *Standings) determined() bool {
	for _, standing := range s.Grids {
		if standing.Undetermined {
			return false
		}
	}
	return s.Recorded && len(s.Grids) > 0
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

// rankedIn places all grids of a month; nil where their totals mean nothing yet.
func rankedIn(s *Standings, street *street) []scoring.Ranked {
	if !s.determined() {
		return nil
	}
	scores := make([]scoring.Score, len(s.Grids))
	for i, standing := range s.Grids {
		scores[i] = scoring.Score{GridID: standing.Grid, Community: street.byID[standing.Grid].Community, Total: standing.Score}
	}
	return scoring.Rank(scores)
}
