package ask

import (
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

func TestPeriodsAreCountedFromTheDayInShanghai(t *testing.T) {
	r := newTestReader(t)
	for _, tt := range []struct{ now, text, want string }{
		{"2026-11-30T15:59:59Z", "本月得分", "month:2026-11"},
		{"2026-11-30T16:00:00Z", "本月得分", "month:2026-12"},
		{"2026-11-30T16:00:00Z", "昨天走访几条", "day:2026-11-30"},
		{"2027-01-01T00:30:00+08:00", "上个月得分", "month:2026-12"},
		{"2027-01-01T00:30:00+08:00", "上季度得分", "quarter:2026-Q4"},
		{"2027-01-01T00:30:00+08:00", "去年得分", "year:2026"},
		{"2027-01-01T00:30:00+08:00", "12月得分", "month:2026-12"},
		{"2027-01-01T00:30:00+08:00", "1月得分", "month:2027-01"},
		{"2027-01-01T00:30:00+08:00", "四季度得分", "quarter:2026-Q4"},
		{"2027-01-01T00:30:00+08:00", "本周走访几条", "week:2026-12-28"},
		{"2026-03-31T12:00:00+08:00", "上个月得分", "month:2026-02"},
		{"2026-03-31T12:00:00+08:00", "30号走访几条", "day:2026-03-30"},
		{"2026-03-01T12:00:00+08:00", "30号走访几条", "day:2026-01-30"},
		{"2026-03-01T12:00:00+08:00", "昨天走访几条", "day:2026-02-28"},
		{"2026-11-22T12:00:00+08:00", "本周走访几条", "week:2026-11-16"},
		{"2026-11-22T12:00:00+08:00", "周日走访几条", "day:2026-11-22"},
		{"2026-11-23T12:00:00+08:00", "上个工作日走访几条", "day:2026-11-20"},
		{"2026-10-09T12:00:00+08:00", "上个工作日走访几条", "day:2026-10-08"},
		{"2026-10-08T12:00:00+08:00", "上个工作日走访几条", "day:2026-09-30"},
		{"2019-10-08T12:00:00+08:00", "上个工作日走访几条", ""},
		{"2026-11-24T12:00:00+08:00", "11月25日走访几条", "day:2025-11-25"},
		{"2026-11-24T12:00:00+08:00", "2024年2月29日走访几条", "day:2024-02-29"},
		{"2026-11-24T12:00:00+08:00", "2025年2月29日走访几条", ""},
		{"2026-11-24T12:00:00+08:00", "2026-11-00走访几条", ""},
		{"2026-11-24T12:00:00+08:00", "20261131走访几条", ""},
		{"2026-11-24T12:00:00+08:00", "明天走访几条", ""},
		{"2026-11-24T12:00:00+08:00", "本周五走访几条", ""},
		{"2026-11-24T12:00:00+08:00", "2026年四季度得分", "quarter:2026-Q4"},
		{"2026-11-24T12:00:00+08:00", "今天11月24日走访几条", "day:2026-11-24"},
	} {
		t.Run(tt.now+" "+tt.text, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, tt.now)
			if err != nil {
				t.Fatal(err)
			}
			q := r.Read(tt.text, Context{Now: now, Workdays: calendar.Mainland()})
			if q.Period.String() != tt.want || q.Sure != (tt.want != "") {
				t.Errorf("%s, sure %v; want %q", q.Period, q.Sure, tt.want)
			}
		})
	}
}

func TestWithoutTheStreetsDutyDaysMondayToFridayAreWorked(t *testing.T) {
	monday := time.Date(2026, 10, 5, 9, 0, 0, 0, calendar.Shanghai) // of the National Day week
	q := newTestReader(t).Read("上个工作日走访几条", Context{Now: monday})
	if got := q.Period.String(); got != "day:2026-10-02" {
		t.Errorf("got %s", got)
	}
}

func TestAPeriodIsSpokenSoThatItIsReadAgain(t *testing.T) {
	r := newTestReader(t)
	today := calendar.DateOf(tuesday)
	for _, span := range []calendar.Span{calendar.SpanDay, calendar.SpanMonth, calendar.SpanQuarter, calendar.SpanYear} {
		for p, n := calendar.PeriodOf(span, today), 0; n < 40 && p.First.Month().Year() > 2000; p, n = p.Previous(), n+1 {
			text := spoken(p, today) + "走访几条"
			if q := r.Read(text, onTuesday()); q.Period != p || !q.Sure {
				t.Errorf("%s is read as %s, want %s", text, q.Period, p)
			}
		}
	}
}

func TestATimeFromWhichOnIsAPeriodOnlyWhereItHasNotEnded(t *testing.T) {
	r, c := newTestReader(t), onTuesday()
	for text, want := range map[string]string{
		"今年至今走访几条": "year:2026", "月初到现在走访几条": "month:2026-11", "周一到现在走访几条": "week:2026-11-23",
		"9月至今走访几条": "", "15号到现在走访几条": "", "那天走访几条": "",
	} {
		got := r.Read(text, c)
		if got.Period.String() != want || got.Sure != (want != "") {
			t.Errorf("%s is read as %s, want the period %q", text, asJSON(got), want)
		}
	}
}
