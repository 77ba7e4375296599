package scoring_test

import (
	"testing"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// km sets the kilometres of a day, MM-DD.
func km(f *scoring.Facts, monthDay, figure string) { on(f, monthDay).Km = dec(figure) }

// week sets the kilometres of the week of a Monday; the last figure holds for
// the days left.
func week(f *scoring.Facts, monday string, figures ...string) {
	for i := range 7 {
		dayOf(f, date(monday)+calendar.Date(i)).Km = dec(figures[min(i, len(figures)-1)])
	}
}

func TestDistanceIsChargedOnceAMonth(t *testing.T) {
	check(t, scoring.ClauseDistance, []row{
		{name: "every day 1 km and every week 8 km"},
		{name: "exactly 1 km is enough", change: func(f *scoring.Facts) { km(f, "10-13", "1.00") }},
		{name: "one duty day a metre short", change: func(f *scoring.Facts) { km(f, "10-13", "0.999") },
			want: []string{"-5.00 for 1"}},
		{name: "a day off is never short", change: func(f *scoring.Facts) { km(f, "10-11", "0") }},
		{name: "a duty day of September is never short", change: func(f *scoring.Facts) { km(f, "09-29", "0") }},
		{name: "a day that the facts leave out has no kilometres",
			change: func(f *scoring.Facts) { f.Days = f.Days[:len(f.Days)-2] }, want: []string{"-5.00 for 1"}}, // without 10-30 and 10-31
		{name: "a week of exactly 8 km is enough", change: func(f *scoring.Facts) { week(f, "10-12", "2", "1") }},
		{name: "a week a metre below 8 km", change: func(f *scoring.Facts) { week(f, "10-12", "1.999", "1") },
			want: []string{"-5.00 for 1"}},
		{name: "a week sums its days of September", change: func(f *scoring.Facts) {
			week(f, "09-28", "8", "0")
		}},
		{name: "a week that begins in September falls short in October", change: func(f *scoring.Facts) {
			week(f, "09-28", "7.9", "0")
		}, want: []string{"-5.00 for 1"}},
		{name: "the week of November's first Sunday is November's", change: func(f *scoring.Facts) {
			week(f, "10-19", "2", "1")
			for _, d := range []string{"10-26", "10-27", "10-28", "10-29", "10-30", "10-31"} {
				km(f, d, "1")
			}
		}},
		{name: "a week without a duty day has no minimum", change: func(f *scoring.Facts) {
			week(f, "09-28", "0", "0")
			f.DutyDays = f.DutyDays[3:]
		}},
		{name: "days and weeks are counted, and charged once", change: func(f *scoring.Facts) {
			week(f, "10-12", "0.5", "0.5")
			km(f, "10-30", "0")
		}, want: []string{"-5.00 for 7"}},
	})
}

func TestDistanceAddsUnusualFiguresExactly(t *testing.T) {
	check(t, scoring.ClauseDistance, []row{
		{name: "five places", change: func(f *scoring.Facts) { week(f, "10-12", "1.99999", "1.00001", "1") }},
		{name: "thirty places too little", change: func(f *scoring.Facts) {
			week(f, "10-12", "1.999999999999999999999999999999", "1")
		}, want: []string{"-5.00 for 1"}},
		{name: "a power of ten", change: func(f *scoring.Facts) { week(f, "10-12", "2e0", "1e0") }},
		{name: "tens of kilometres", change: func(f *scoring.Facts) { week(f, "10-12", "1e1", "1", "1", "1", "1", "0") }},
		{name: "once around the universe", change: func(f *scoring.Facts) { week(f, "10-12", "999999999999999999") }},
	})
}

func TestDistanceOfTodayAndThisWeekIsAtRisk(t *testing.T) {
	check(t, scoring.ClauseDistance, []row{
		{name: "today is short so far", asOf: "10-16", change: func(f *scoring.Facts) { km(f, "10-16", "0.4") },
			want: []string{"-5.00 for 1 at risk"}},
		{name: "a Saturday off is not short", asOf: "10-17", change: func(f *scoring.Facts) { km(f, "10-17", "0") }},
		{name: "this week is short so far", asOf: "10-13", want: []string{"-5.00 for 1 at risk"}}, // 4 km by Tuesday
		{name: "what comes after today is not there", asOf: "10-13", change: func(f *scoring.Facts) { km(f, "10-14", "20") },
			want: []string{"-5.00 for 1 at risk"}},
		{name: "a week is open on its Sunday", asOf: "10-18", change: func(f *scoring.Facts) { week(f, "10-12", "1.9", "1") },
			want: []string{"-5.00 for 1 at risk"}},
		{name: "and has ended on the Monday after", asOf: "10-19", change: func(f *scoring.Facts) { week(f, "10-12", "1.9", "1") },
			want: []string{"-5.00 for 1"}},
		{name: "nothing is at risk once it is incurred", asOf: "10-13", change: func(f *scoring.Facts) { km(f, "10-12", "0.4") },
			want: []string{"-5.00 for 1"}},
		{name: "a week that has its duty days still before it", asOf: "10-05", want: []string{"-5.00 for 1 at risk"}},
		{name: "November's week is not at risk in October", asOf: "10-27"},
		{name: "today is not at risk in the month after", asOf: "11-01", change: func(f *scoring.Facts) {
			f.DutyDays = append(f.DutyDays, date("11-01"))
		}},
	})
}

func TestDistanceByWeek(t *testing.T) {
	byWeek := func(p *scoring.Policies) { p.DistanceScope = scoring.ScopeWeek }
	check(t, scoring.ClauseDistance, []row{
		{name: "two short days of one week", policy: byWeek, change: func(f *scoring.Facts) {
			km(f, "10-12", "0.5")
			km(f, "10-13", "0.5")
		}, want: []string{"-5.00 for 2"}},
		{name: "a short day in a short week", policy: byWeek, change: func(f *scoring.Facts) { week(f, "10-12", "0.5", "1") },
			want: []string{"-5.00 for 2"}},
		{name: "two weeks, one of them November's", policy: byWeek, change: func(f *scoring.Facts) {
			km(f, "10-12", "0.5")
			km(f, "10-27", "0.5")
		}, want: []string{"-10.00 for 2"}},
		{name: "this week at risk beside a week incurred", policy: byWeek, asOf: "10-20", change: func(f *scoring.Facts) {
			km(f, "10-12", "0.5")
			km(f, "10-20", "0.5")
		}, want: []string{"-5.00 for 1", "-5.00 for 2 at risk"}},
		{name: "nothing more at risk in a week incurred", policy: byWeek, asOf: "10-20", change: func(f *scoring.Facts) {
			km(f, "10-19", "0.5")
			km(f, "10-20", "0.5")
		}, want: []string{"-5.00 for 1"}},
	})
}

func TestDistanceByDay(t *testing.T) {
	byDay := func(p *scoring.Policies) { p.DistanceScope = scoring.ScopeDay }
	check(t, scoring.ClauseDistance, []row{
		{name: "each short day and each short week", policy: byDay, change: func(f *scoring.Facts) {
			week(f, "10-12", "0.5", "1")
			km(f, "10-27", "0.5")
		}, want: []string{"-15.00 for 3"}},
		{name: "today and this week each at risk", policy: byDay, asOf: "10-20", change: func(f *scoring.Facts) {
			km(f, "10-19", "0.5")
			km(f, "10-20", "0.5")
		}, want: []string{"-5.00 for 1", "-10.00 for 2 at risk"}},
	})
}

func TestDistanceOfShortWeeksIsProrated(t *testing.T) {
	prorated := func(p *scoring.Policies) { p.ProrateWeeks = true }
	check(t, scoring.ClauseDistance, []row{
		{name: "three duty days ask for 4.8 km", policy: prorated, change: func(f *scoring.Facts) {
			week(f, "10-05", "0.6", "0.6", "0.6", "1", "1", "1", "0")
		}},
		{name: "and no metre less", policy: prorated, change: func(f *scoring.Facts) {
			week(f, "10-05", "0.6", "0.6", "0.599", "1", "1", "1", "0")
		}, want: []string{"-5.00 for 1"}},
		{name: "a week of six duty days asks for 8 km", policy: prorated, change: func(f *scoring.Facts) {
			f.DutyDays = append(f.DutyDays, date("10-17"))
			week(f, "10-12", "2", "1")
		}},
	})
}
