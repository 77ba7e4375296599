package scoring

import (
	"cmp"
	"slices"
)

// Score is a grid's total in a month, quarter or year.
type Score struct {
	GridID    string
	Community string
	Total     Points
}

// Ranked is a score with its places, from 1: in the street and in its community.
type Ranked struct {
	Score
	Rank        int
	InCommunity int
}

// lastAdvanced is the last rank that a year's 先进 goes to.
const lastAdvanced = 3

// Advanced reports whether the place is 先进 in a year: ranks 1–3, all of those
// tied at rank 3 included.
func (r Ranked) Advanced() bool { return r.Rank <= lastAdvanced }

// Rank places scores by total, highest first. Equal totals share a place and
// the next one skips (1, 2, 2, 4); within a tie the order is that of grid ids.
func Rank(scores []Score) []Ranked {
	ranked := make([]Ranked, len(scores))
	for i, s := range scores {
		ranked[i].Score = s
	}
	slices.SortStableFunc(ranked, func(a, b Ranked) int {
		return cmp.Or(b.Total.Cmp(a.Total.Decimal), cmp.Compare(a.GridID, b.GridID))
	})
	var street tie
	communities := map[string]*tie{}
	for i := range ranked {
		r := &ranked[i]
		if communities[r.Community] == nil {
			communities[r.Community] = &tie{}
		}
		r.Rank = street.place(r.Total)
		r.InCommunity = communities[r.Community].place(r.Total)
	}
	return ranked
}

// tie gives out places to totals that come highest first.
type tie struct {
	seen, rank int
	total      Points
}

func (t *tie) place(total Points) int {
	t.seen++
	if t.seen == 1 || !total.Equal(t.total.Decimal) {
		t.rank, t.total = t.seen, total
	}
	return t.rank
}
