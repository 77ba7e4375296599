package scoring_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring"
)

func points(s string) scoring.Points { return scoring.Points{Decimal: dec(s)} }

func TestRank(t *testing.T) {
	ranked := scoring.Rank([]scoring.Score{
		{GridID: "G5", Community: "西", Total: points("88")},
		{GridID: "G3", Community: "东", Total: points("95.50")},
		{GridID: "G2", Community: "西", Total: points("95.5")},
		{GridID: "G1", Community: "东", Total: points("99")},
		{GridID: "G4", Community: "西", Total: points("88.00")},
		{GridID: "G6", Community: "东", Total: points("-3")},
	})
	var got []string
	for _, r := range ranked {
		line := fmt.Sprintf("%d %s %s%d", r.Rank, r.GridID, r.Community, r.InCommunity)
		if r.Advanced() {
			line += " 先进"
		}
		got = append(got, line)
	}
	want := []string{"1 G1 东1 先进", "2 G2 西1 先进", "2 G3 东2 先进", "4 G4 西2", "4 G5 西2", "6 G6 东3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestAllOfThoseTiedAtRankThreeAreAdvanced(t *testing.T) {
	var scores []scoring.Score
	for i, total := range []string{"99", "98", "97", "97", "97", "96"} {
		scores = append(scores, scoring.Score{GridID: fmt.Sprint("G", i), Total: points(total)})
	}
	advanced := 0
	for _, r := range scoring.Rank(scores) {
		if r.Advanced() {
			advanced++
		}
	}
	if advanced != 5 {
		t.Errorf("%d grids are 先进, want 5", advanced)
	}
}

func TestRankOfNobody(t *testing.T) {
	if ranked := scoring.Rank(nil); len(ranked) != 0 {
		t.Errorf("%+v", ranked)
	}
}

// A place is one more than the number of totals above it, in the street as in
// the community, and what went in keeps its order.
func TestRankCountsThoseAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) scoring.Score {
			return scoring.Score{
				GridID:    rapid.StringMatching(`G[0-9]{1,3}`).Draw(t, "grid"),
				Community: rapid.SampledFrom([]string{"东", "西", "南"}).Draw(t, "community"),
				Total:     points(rapid.SampledFrom([]string{"90", "90.0", "91.25", "100", "-4"}).Draw(t, "total")),
			}
		}), 0, 30, func(s scoring.Score) string { return s.GridID }).Draw(t, "scores")
		before := slices.Clone(scores)
		for _, r := range scoring.Rank(scores) {
			street, community := 1, 1
			for _, s := range scores {
				if s.Total.GreaterThan(r.Total.Decimal) {
					street++
					if s.Community == r.Community {
						community++
					}
				}
			}
			if r.Rank != street || r.InCommunity != community {
				t.Fatalf("%s is %d and %d in %s, want %d and %d", r.GridID, r.Rank, r.InCommunity, r.Community, street, community)
			}
		}
		if diff := cmp.Diff(before, scores); diff != "" {
			t.Fatal("the scores given were changed:\n" + diff)
		}
	})
}
