package scoring_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// measured lists what was measured for a clause, one window a line.
func measured(r *scoring.Result, clause scoring.Clause) (lines []string) {
	for _, s := range r.Standards {
		if s.Clause != clause {
			continue
		}
		line := fmt.Sprintf("%s %s/%s", s.Window, s.Actual, s.Required)
		if s.Subject != "" {
			line = s.Subject + " " + line
		}
		if s.Met {
			line += " met"
		}
		if s.Open {
			line += " open"
		}
		lines = append(lines, line)
	}
	return lines
}

// October looked at on Friday the 9th, its second duty day.
func TestStandardsOfWindowsOpenOrDecided(t *testing.T) {
	cases := map[scoring.Clause][]string{
		scoring.ClauseDistance: {
			"2026-10-08 2/1 met", "2026-10-09 0.4/1 open", "2026-09-28 14/8 met", "2026-10-05 8.4/8 met open",
		},
		scoring.ClauseCoverage: {"2026-10-08 0.95/0.9 met", "2026-10-09 0.95/0.9 met open"},
		scoring.ClauseHours: {
			"网格员 2026-10-08 3/1.5 met", "网格员 2026-10-09 3/1.5 met open",
			"网格长 2026-09-28 21/18 met", "网格员 2026-09-28 21/18 met",
			"网格长 2026-10-05 15/18 open", "网格员 2026-10-05 15/18 open",
		},
		scoring.ClauseVisits: {"2026-10 10/90 open"},
		scoring.ClauseVisitsDaily: {
			"2026-10-08 5/4 met", "网格长 2026-10-08 3/2 met", "网格员 2026-10-08 2/2 met",
			"2026-10-09 5/4 met open", "网格长 2026-10-09 3/2 met open", "网格员 2026-10-09 2/2 met open",
		},
		scoring.ClauseKeyPersons:     {"2026-09-28 5/5 met", "2026-10-05 4/5 open"},
		scoring.ClauseSpecialPersons: {"2026-10 12/12 met open"},
		scoring.ClauseHazardSites: {
			"2026-10-01 2/2 met", "2026-10-02 2/2 met", "2026-10-03 1/2", "2026-10-04 2/2 met", "2026-10-05 2/2 met",
			"2026-10-06 2/2 met", "2026-10-08 2/2 met", "2026-10-09 2/2 met open",
		},
		scoring.ClauseArchive:       {"2026-10 9/9 met open"},
		scoring.ClauseUnlisted:      nil,
		scoring.ClauseControlRecord: {"2026-10 8/9 open"},
		scoring.ClauseRoster:        {"国庆 2026-10-01 1/1 met", "重阳 2026-10-18 0/1 open"},
		scoring.ClausePlan:          {"国庆 2026-10-01 1/1 met", "重阳 2026-10-18 1/1 met open"},
		scoring.ClauseResponsible:   {"国庆 2026-10-01 1/1 met", "重阳 2026-10-18 0/1 open"},
		scoring.ClausePeriodVisits:  nil, // the facts do not hold them
		scoring.ClauseHouseholds:    {"2026-10 88/85.3 met open"},
		scoring.ClauseReportingTotal: {
			"2026-10 10/90 open",
		},
		scoring.ClauseReportingCategory: {
			"社会治安 2026-10 10/10 met open", "公共安全 2026-10 0/5 open", "城市管理 2026-10 0/35 open",
			"环境保护 2026-10 0/10 open", "民生服务 2026-10 0/10 open", "综合管理 2026-10 0/5 open",
			"综合执法 2026-10 0/5 open", "政务代办 2026-10 0/5 open", "文明城市 2026-10 0/5 open",
		},
		scoring.ClauseReportingDaily: {"2026-10-08 5/4 met", "2026-10-09 5/4 met open"},
		scoring.ClauseClosureRate:    nil,
	}
	f := flawless()
	f.AsOf, f.ExemptDays = date("10-09"), dates("10-07")
	km(f, "10-09", "0.4")
	f.KeyPersons[1].Visited = 4
	on(f, "10-03").HazardSitesVisited = 1
	f.Control.WithoutRecord = 1
	f.SpecialPeriods = append(f.SpecialPeriods, scoring.SpecialPeriod{Name: "重阳", Start: date("10-18"), StabilityPersons: 3, Plan: true})
	r := evaluate(t, scoring.Default(), f)
	seen := 0
	for clause, want := range cases {
		got := measured(r, clause)
		seen += len(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", clause, diff)
		}
	}
	if seen != len(r.Standards) {
		t.Errorf("%d standards, %d of them expected", len(r.Standards), seen)
	}
}

func TestStandardsSayWhichSpanTheyHave(t *testing.T) {
	for _, s := range evaluate(t, scoring.Default(), flawless()).Standards {
		span := calendar.SpanMonth
		if len(s.Window) > len("2026-10") {
			span = calendar.SpanDay
			weekly := s.Required.Equal(dec("8")) || s.Required.Equal(dec("18")) || s.Clause == scoring.ClauseKeyPersons
			if weekly {
				span = calendar.SpanWeek
			}
		}
		if s.Span != span {
			t.Errorf("%s %s asks for %s: span %s, want %s", s.Clause, s.Window, s.Required, s.Span, span)
		}
		if s.Open {
			t.Errorf("%s %s is open in a closed month", s.Clause, s.Window)
		}
	}
}

func TestMissingIsWhatLacks(t *testing.T) {
	s := scoring.Standard{Required: dec("8"), Actual: dec("6.4")}
	if got := s.Missing(); !got.Equal(dec("1.6")) {
		t.Errorf("missing %s, want 1.6", got)
	}
	s.Actual = dec("9")
	if got := s.Missing(); !got.IsZero() {
		t.Errorf("missing %s of a standard that is met", got)
	}
}
