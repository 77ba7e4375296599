package scoring_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

func asJSON(t rapid.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("Marshal: %v", err)
	}
	return string(text)
}

func TestTheBreakdownAddsUpAsPrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := anyRules.Draw(t, "rules")
		rules.Policies.TotalFloor = scoring.Floor{}
		r := evaluate(t, rules, anyFacts.Draw(t, "facts"))
		score, floor := decimal.Zero, decimal.Zero
		for _, s := range r.Sections {
			incurred, atRisk, beyond := decimal.Zero, decimal.Zero, decimal.Zero
			for _, d := range r.Deductions {
				switch printed := dec(d.Points.StringFixed(2)); {
				case d.Clause.Section() != s.ID:
				case d.Clause == scoring.ClauseFalsified:
					beyond = beyond.Add(printed)
				case d.State == scoring.AtRisk:
					atRisk = atRisk.Add(printed)
				default:
					incurred = incurred.Add(printed)
				}
			}
			left := s.Full.Sub(decimal.Min(s.Full.Decimal, incurred)).Sub(beyond)
			least := s.Full.Sub(decimal.Min(s.Full.Decimal, incurred.Add(atRisk))).Sub(beyond)
			if !s.Score.Equal(left) || !s.Floor.Equal(least) {
				t.Fatalf("%s: score %s, floor %s; the deductions leave %s and %s", s.ID, s.Score, s.Floor, left, least)
			}
			score, floor = score.Add(dec(s.Score.StringFixed(2))), floor.Add(dec(s.Floor.StringFixed(2)))
		}
		for _, b := range r.Bonuses {
			score, floor = score.Add(dec(b.Points.StringFixed(2))), floor.Add(dec(b.Points.StringFixed(2)))
		}
		if !r.Score.Equal(score) || !r.Floor.Equal(floor) {
			t.Fatalf("score %s, floor %s; the sections add up to %s and %s", r.Score, r.Floor, score, floor)
		}
	})
}

func TestTheFloorIsNeverAboveTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := evaluate(t, anyRules.Draw(t, "rules"), anyFacts.Draw(t, "facts"))
		if r.Floor.GreaterThan(r.Score.Decimal) {
			t.Fatalf("floor %s above score %s", r.Floor, r.Score)
		}
		for _, s := range r.Sections {
			if s.Floor.GreaterThan(s.Score.Decimal) {
				t.Fatalf("%s: floor %s above score %s", s.ID, s.Floor, s.Score)
			}
		}
	})
}

func TestNothingIsAtRiskInAMonthClosedAndComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts.Draw(t, "facts")
		f.AsOf = f.Month.Last() + 1 + max(0, f.AsOf-f.Month.Last())
		f.Through = nil
		r := evaluate(t, anyRules.Draw(t, "rules"), f)
		if !r.Closed || !r.Complete || !r.Floor.Equal(r.Score.Decimal) {
			t.Fatalf("closed %v, complete %v, score %s, floor %s", r.Closed, r.Complete, r.Score, r.Floor)
		}
		for _, d := range r.Deductions {
			if d.State != scoring.Incurred {
				t.Fatalf("%s is %s", d.Clause, d.State)
			}
		}
		for _, s := range r.Standards {
			if s.Open {
				t.Fatalf("%s %s is open", s.Clause, s.Window)
			}
		}
	})
}

func TestMoreWorkNeverLowersTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, f := anyRules.Draw(t, "rules"), anyFacts.Filter(func(f *scoring.Facts) bool { return len(f.Days) > 0 }).Draw(t, "facts")
		before := evaluate(t, rules, f)
		day := &f.Days[rapid.IntRange(0, len(f.Days)-1).Draw(t, "day")]
		day.ChiefVisits += smallCount(t, "more visits by the chief")
		day.MemberVisits += smallCount(t, "more visits by members")
		day.Km = day.Km.Add(decimal.New(int64(smallCount(t, "more km")), -1))
		day.MemberHours = day.MemberHours.Add(decimal.New(int64(smallCount(t, "more hours")), -1))
		day.HazardSitesVisited += smallCount(t, "more sites")
		if day.Reports == nil {
			day.Reports = map[scoring.Category]int{}
		}
		day.Reports[scoring.Environment] += smallCount(t, "more reports")
		after := evaluate(t, rules, f)
		if after.Score.LessThan(before.Score.Decimal) || after.Floor.LessThan(before.Floor.Decimal) {
			t.Fatalf("score %s to %s, floor %s to %s", before.Score, after.Score, before.Floor, after.Floor)
		}
	})
}

func TestTheOrderOfRecordsIsIrrelevant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, f := anyRules.Draw(t, "rules"), anyFacts.Draw(t, "facts")
		before := asJSON(t, evaluate(t, rules, f))
		slices.Reverse(rules.Policies.VisitStandards)
		f.Days = shuffled(t, f.Days)
		f.DutyDays = shuffled(t, f.DutyDays)
		f.ExemptDays = shuffled(t, f.ExemptDays)
		f.KeyPersons = shuffled(t, f.KeyPersons)
		if diff := cmp.Diff(before, asJSON(t, evaluate(t, rules, f))); diff != "" {
			t.Fatal(diff)
		}
	})
}

func shuffled[T any](t *rapid.T, list []T) []T {
	if len(list) == 0 {
		return list
	}
	return rapid.Permutation(list).Draw(t, "order")
}

func TestEvaluateChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, f := anyRules.Draw(t, "rules"), anyFacts.Draw(t, "facts")
		facts, version := asJSON(t, f), rules.Version()
		once, twice := evaluate(t, rules, f), evaluate(t, rules, f)
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatal("the same facts give another result:\n" + diff)
		}
		if asJSON(t, f) != facts || rules.Version() != version {
			t.Fatal("facts or rules are not what they were")
		}
	})
}

func TestWhatComesAfterTodayIsNotThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, f := anyRules.Draw(t, "rules"), anyFacts.Draw(t, "facts")
		before := asJSON(t, evaluate(t, rules, f))
		f.Days = slices.DeleteFunc(f.Days, func(d scoring.Day) bool { return d.Date > f.AsOf })
		f.KeyPersons = slices.DeleteFunc(f.KeyPersons, func(w scoring.KeyWeek) bool { return w.Week > f.AsOf })
		f.ExemptDays = slices.DeleteFunc(f.ExemptDays, func(d calendar.Date) bool { return d > f.AsOf })
		if diff := cmp.Diff(before, asJSON(t, evaluate(t, rules, f))); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestFactsSurviveTheirJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts.Draw(t, "facts")
		text := asJSON(t, f)
		again := decodeOne(t, text)
		if diff := cmp.Diff(text, asJSON(t, again)); diff != "" {
			t.Fatal(diff)
		}
		rules := scoring.Default()
		if diff := cmp.Diff(evaluate(t, rules, f), evaluate(t, rules, again)); diff != "" {
			t.Fatal(diff)
		}
	})
}
