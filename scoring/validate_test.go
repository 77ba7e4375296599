package scoring_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/scoring"
)

// Facts that a program has put together may hold what no document can.
func TestValidateRefusesWhatDocumentsCannotHold(t *testing.T) {
	cases := []struct {
		name    string
		change  func(*scoring.Facts)
		field   string
		problem string
	}{
		{"no month", func(f *scoring.Facts) { f.Month = 0 }, "month", "is missing"},
		{"a group that is none", func(f *scoring.Facts) { through(f, "10-08", "tea") }, "through.tea", "is no group of facts"},
		{"a group complete to no day", func(f *scoring.Facts) { through(f, "10-08", scoring.GroupKm); f.Through[scoring.GroupKm] = 0 },
			"through.km", "is missing"},
		{"a category that is none", func(f *scoring.Facts) { f.Days[3].Reports = map[scoring.Category]int{"茶": 1, scoring.Livelihood: 1} },
			"days[3].reports.茶", "is none of the nine categories"},
		{"fewer than no reports", func(f *scoring.Facts) { reported(f, "09-29", -1) }, "days[1].reports.城市管理", "must not be negative"},
		{"more than a billion", func(f *scoring.Facts) { f.Households.Total = 1_000_000_001 }, "households.total", "is out of range"},
		{"a figure with a thousand places", func(f *scoring.Facts) { f.Days[0].Km = decimal.New(1, -1000) }, "days[0].km", "is out of range"},
		{"a figure with a thousand zeros", func(f *scoring.Facts) { f.Days[0].ChiefHours = decimal.New(1, 1000) }, "days[0].chief_hours", "is out of range"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := flawless()
			c.change(f)
			var wrong *scoring.FieldError
			if err := f.Validate(); !errors.As(err, &wrong) || wrong.Field != c.field || wrong.Problem != c.problem {
				t.Errorf("Validate: %v", err)
			}
		})
	}
	if err := flawless().Validate(); err != nil {
		t.Errorf("a flawless month: %v", err)
	}
}
