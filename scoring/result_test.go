package scoring_test

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// richMonth is October on the 21st, with a little of everything: incurred and
// at risk, bonuses, all kinds of windows, and two groups whose data are late.
func richMonth() *scoring.Facts {
	f := flawless()
	f.AsOf = date("10-21")
	through(f, "10-15", scoring.GroupKm, scoring.GroupHours)
	f.Meetings.Late = 2
	km(f, "10-13", "0.42")
	f.KeyPersons[3].Visited = 4
	f.SpecialPeriods = append(f.SpecialPeriods, scoring.SpecialPeriod{Name: "重阳", Start: date("10-25"), StabilityPersons: 3, Plan: true})
	reported(f, "10-20", 1)
	reported(f, "10-21", 3)
	f.Findings = scoring.Findings{Falsified: 1, Shirking: 2}
	f.Disposal = scoring.Disposal{OnTime: 30, Extended: 2, Rework: 1, OverdueOpen: 1, Open: 4, InGrid: 20}
	on(f, "10-17").MemberVisits = 240
	f.Adopted = 1
	return f
}

// The result as it is written: names, order, figures and words.
func TestResultJSON(t *testing.T) {
	got := asJSON(t, evaluate(t, scoring.Default(), richMonth()))
	if strings.Contains(got, "null") || strings.Contains(got, "\n") {
		t.Error("a null or a line end in the result")
	}
	got = strings.ReplaceAll(got, `{"`, "\n"+`{"`) + "\n" // an object a line, to be read
	const golden = "testdata/result.golden.json"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

// Nothing to list is an empty list, and text stays as it was through JSON.
func TestResultJSONOfAnEmptyMonth(t *testing.T) {
	f := &scoring.Facts{GridID: `<"网格">`, Month: october, AsOf: date("10-01")}
	through(f, "09-29", scoring.GroupVisits, scoring.GroupReports)
	text := asJSON(t, evaluate(t, scoring.Default(), f))
	want := `"deductions":[],"bonuses":[],"standards":[],"undecided":[{"group":"visits","through":"2026-09-29"},{"group":"reports","through":"2026-09-29"}]}`
	if !strings.HasSuffix(text, want) {
		t.Error(text)
	}
	var again scoring.Result
	if err := json.Unmarshal([]byte(text), &again); err != nil {
		t.Fatal(err)
	}
	if again.GridID != f.GridID || !again.Score.Equal(dec("100")) || asJSON(t, &again) != text {
		t.Errorf("read again as %s", asJSON(t, &again))
	}
}
