package scoring_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
)

// readRulebook reads a rulebook that must be right.
func readRulebook(t testing.TB, text string) *scoring.Rulebook {
	t.Helper()
	rules, err := scoring.ReadRulebook(strings.NewReader(text), "street.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestDefaultPolicies(t *testing.T) {
	want := scoring.Policies{
		DailyDays: scoring.DailyWorkdays, DistanceScope: scoring.ScopeMonth,
		CoverageMin:    scoring.Share{Decimal: dec("0.90")},
		VisitStandards: []scoring.VisitStandard{scoring.StandardKeyPersons, scoring.StandardSpecialPersons, scoring.StandardHazardSites},
		PeriodMethod:   scoring.PeriodMean,
	}
	if diff := cmp.Diff(want, scoring.Default().Policies); diff != "" {
		t.Error("(-want +got):\n" + diff)
	}
}

func TestDefaultIsTheCallersOwn(t *testing.T) {
	mine := scoring.Default()
	mine.Policies.VisitStandards[0] = scoring.StandardHazardSites
	mine.Policies.ProrateWeeks = true
	if yours := scoring.Default().Policies; yours.ProrateWeeks || yours.VisitStandards[0] != scoring.StandardKeyPersons {
		t.Errorf("one caller's policies reach another: %+v", yours)
	}
}

func TestSectionsOfTheMeasure(t *testing.T) {
	rules := scoring.Default()
	for _, c := range []struct {
		section     scoring.Section
		title, full string
	}{
		{scoring.Attendance, "工作考勤和例会制度", "5.00"},
		{scoring.Patrol, "巡查走访服务记录", "30.00"},
		{scoring.Collection, "信息采集", "5.00"},
		{scoring.Reporting, "网格事项上报", "30.00"},
		{scoring.Closure, "办结率", "30.00"},
		{scoring.BonusPart, "加分情况", "0.00"},
		{"unknown", "", "0.00"},
	} {
		if c.section.Title() != c.title || rules.SectionTitle(c.section) != c.title || rules.Full(c.section).StringFixed(2) != c.full {
			t.Errorf("%s: %q, %s points", c.section, rules.SectionTitle(c.section), rules.Full(c.section).StringFixed(2))
		}
	}
}

func TestEveryClauseHasATitleAndTheMeasuresWords(t *testing.T) {
	rules := scoring.Default()
	titles := map[string]scoring.Clause{}
	for _, c := range scoring.Clauses() {
		title, words := rules.Title(c), rules.Words(c)
		if title == "" || words == "" || rules.Section(c) == "" {
			t.Errorf("%s: title %q, words %q, section %q", c, title, words, rules.Section(c))
		}
		if other, taken := titles[title]; taken {
			t.Errorf("%s and %s are both called %s", c, other, title)
		}
		titles[title] = c
	}
	if rules.Title("patrol.unknown") != "" || rules.Words("patrol.unknown") != "" {
		t.Error("an unknown clause has a title or words")
	}
}

func TestVersionChangesWithAnyFigurePolicyOrWord(t *testing.T) {
	versions := map[string]string{scoring.Default().Version(): "the Measure"}
	if !regexp.MustCompile(`^[0-9a-f]{12}$`).MatchString(scoring.Default().Version()) {
		t.Errorf("version %q", scoring.Default().Version())
	}
	for _, text := range []string{
		"policies: {total_floor: 0}",
		"policies: {visit_standards: []}",
		"sections: {patrol: {full: 31}}",
		"clauses: {attendance.late: {points: 2}}",
		"clauses: {attendance.late: {words: 迟到一次扣1分}}",
		"clauses: {bonus.volume: {every: 50}}",
	} {
		v := readRulebook(t, text).Version()
		if other, taken := versions[v]; taken {
			t.Errorf("%s and %s share the version %s", text, other, v)
		}
		versions[v] = text
	}
	if same := readRulebook(t, "policies: {coverage_min: 0.9}").Version(); versions[same] != "the Measure" {
		t.Error("the same figure, written otherwise, is another version")
	}
}
