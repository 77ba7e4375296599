package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
)

func TestPersonsWithoutArchiveCostTwoEach(t *testing.T) {
	three := func(f *scoring.Facts) { f.Control.WithoutArchive = 3 }
	check(t, scoring.ClauseArchive, []row{
		{name: "everyone has one"},
		{name: "nobody under control", change: func(f *scoring.Facts) { f.Control = scoring.Control{} }},
		{name: "three without", change: three, want: []string{"-6.00 for 3"}},
		{name: "at risk until the month closes", asOf: "10-31", change: three, want: []string{"-6.00 for 3 at risk"}},
		{name: "more without than are listed", change: func(f *scoring.Facts) { f.Control = scoring.Control{WithoutArchive: 2} },
			want: []string{"-4.00 for 2"}},
	})
}

func TestPersonsWithoutControlRecordCostOneEach(t *testing.T) {
	two := func(f *scoring.Facts) { f.Control.WithoutRecord = 2 }
	check(t, scoring.ClauseControlRecord, []row{
		{name: "everyone has one"},
		{name: "two without", change: two, want: []string{"-2.00 for 2"}},
		{name: "at risk until the month closes", asOf: "10-31", change: two, want: []string{"-2.00 for 2 at risk"}},
	})
}

func TestPersonsMissingFromTheListCostTwoEach(t *testing.T) {
	check(t, scoring.ClauseUnlisted, []row{
		{name: "nobody missing"},
		{name: "two, found in an open month", asOf: "10-08", change: func(f *scoring.Facts) { f.Control.Unlisted = 2 },
			want: []string{"-4.00 for 2"}},
	})
}

func TestLostControlCostsThreeEach(t *testing.T) {
	check(t, scoring.ClauseLostControl, []row{
		{name: "nobody lost"},
		{name: "two, found in an open month", asOf: "10-08", change: func(f *scoring.Facts) { f.Findings.LostControl = 2 },
			want: []string{"-6.00 for 2"}},
	})
}
