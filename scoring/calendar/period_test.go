package calendar_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

var spans = []calendar.Span{calendar.SpanDay, calendar.SpanWeek, calendar.SpanMonth, calendar.SpanQuarter, calendar.SpanYear}

func TestPeriodsOfADay(t *testing.T) {
	cases := []struct {
		span                             calendar.Span
		text, first, last, before, after string
		months                           []string
	}{
		{calendar.SpanDay, "day:2026-11-01", "2026-11-01", "2026-11-01", "day:2026-10-31", "day:2026-11-02", []string{"2026-11"}},
		{calendar.SpanWeek, "week:2026-10-26", "2026-10-26", "2026-11-01", "week:2026-10-19", "week:2026-11-02", []string{"2026-11"}},
		{calendar.SpanMonth, "month:2026-11", "2026-11-01", "2026-11-30", "month:2026-10", "month:2026-12", []string{"2026-11"}},
		{calendar.SpanQuarter, "quarter:2026-Q4", "2026-10-01", "2026-12-31", "quarter:2026-Q3", "quarter:2027-Q1",
			[]string{"2026-10", "2026-11", "2026-12"}},
		{calendar.SpanYear, "year:2026", "2026-01-01", "2026-12-31", "year:2025", "year:2027",
			[]string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"}},
	}
	for _, c := range cases {
		p := calendar.PeriodOf(c.span, date(t, "2026-11-01"))
		got := []string{p.String(), p.First.String(), p.Last().String(), p.Previous().String(), p.Next().String()}
		if diff := cmp.Diff([]string{c.text, c.first, c.last, c.before, c.after}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.span, diff)
		}
		var months []string
		for _, m := range p.Months() {
			months = append(months, m.String())
		}
		if diff := cmp.Diff(c.months, months); diff != "" {
			t.Errorf("months of the %s (-want +got):\n%s", c.span, diff)
		}
	}
}

func TestPeriodsFollowEachOtherWithoutGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Date(rapid.Int32Range(400, 3_650_000).Draw(t, "day"))
		p := calendar.PeriodOf(rapid.SampledFrom(spans).Draw(t, "span"), d)
		switch {
		case d < p.First || d > p.Last():
			t.Fatalf("%s does not lie in %s", d, p)
		case p.Next().First != p.Last()+1 || p.Previous().Last() != p.First-1:
			t.Fatalf("%s lies between %s and %s", p, p.Previous(), p.Next())
		case p.Next().Previous() != p || calendar.PeriodOf(p.Span, p.Last()) != p:
			t.Fatalf("%s, the next is %s", p, p.Next())
		}
		if again, err := calendar.ParsePeriod(p.String()); err != nil || again != p {
			t.Fatalf("%s is read as %s, %v", p, again, err)
		}
	})
}

func TestPeriodsAreReadStrictly(t *testing.T) {
	for _, s := range []string{"", "2026-11", "day:", "day:2026-11", "day:2026-11-31", "week:2026-11-24", "week:2026-W48", "month:2026-13", "month:2026-11-01",
		"quarter:2026-Q0", "quarter:2026-Q5", "quarter:2026-Q03", "quarter:2026-Q+1", "quarter:2026-3", "quarter:26-Q3", "year:26", "year:0000", "year:2026-01-01",
		"decade:2026", "Month:2026-11", "month:2026-11 "} {
		if p, err := calendar.ParsePeriod(s); err == nil || !p.IsZero() {
			t.Errorf("%q is read as %s, %v", s, p, err)
		}
	}
	if none := (calendar.Period{}); !none.IsZero() || none.String() != "" {
		t.Errorf("no period is %q", none)
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"day:2026-11-23", "week:2026-11-23", "month:2026-11", "quarter:2026-Q3", "year:2026", "week:9999-12-27", "", "quarter:-Q", "year:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if err == nil && (p.String() != s || calendar.PeriodOf(p.Span, p.First) != p) {
			t.Errorf("%q is read as %s", s, p)
		}
	})
}
