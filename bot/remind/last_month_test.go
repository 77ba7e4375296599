package remind_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// turnOfMonth are the duty days around 1 November, a Sunday: all is done, but E2
// is short on all but the first.
func turnOfMonth() []sheets {
	var days []sheets
	for i, day := range []calendar.Date{monday - 27, monday - 26, monday - 25, monday - 24, monday - 21, monday - 20} {
		grids := map[string]work{"E1": done, "E2": done, "E3": done, "W1": done}
		if i > 0 {
			grids["E2"] = work{chief: 2, member: 2, km: "1.2", reports: 1}
		}
		days = append(days, onDay(day, records(grids)))
	}
	return days
}

func TestLastMonthIsAskedForOnlyWhereARunMayHaveBegunInIt(t *testing.T) {
	for name, c := range map[string]struct {
		imports []sheets
		kind    remind.Kind
		at      time.Time
		months  string
		told    string
	}{
		"not for the first morning of a month":       {[]sheets{walked(t)}, remind.Morning, clock(8, 20, 8), "2026-12", "12月1日"},
		"not where a day of the month ends the run":  {append(lastWeek(3), walked(t)), remind.Escalation, clock(8, 50), "2026-11", "3 个工作日（11月18日至11月20日），多差在上报"},
		"where the whole month has been short":       {turnOfMonth(), remind.Escalation, clock(8, 50, -19), "2026-11 2026-10", "5 个工作日（10月28日至11月3日），多差在上报"},
		"where nothing of its first days has come":   {turnOfMonth()[:4], remind.Escalation, clock(8, 50, -20), "2026-11 2026-10", "3 个工作日（10月28日至10月30日），多差在上报"},
		"not for what was over before a week passed": {turnOfMonth()[:4], remind.Escalation, clock(8, 50, -13), "2026-11", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := busyWorld(t, c.imports...)
			var months []string
			w.Results = noted{w.Results, &months}
			said := texts(w.at(t, c.at, c.kind))
			if got := strings.Join(months, " "); got != c.months {
				t.Errorf("asked for %s, want %s", got, c.months)
			}
			if !strings.Contains(said, c.told) || c.told == "" && said != "" {
				t.Errorf("no %q in\n%s", c.told, said)
			}
		})
	}
}

// noted are results that note of which months they are asked.
type noted struct {
	remind.Results
	months *[]string
}

func (n noted) All(ctx context.Context, m calendar.Month, now time.Time) ([]*scoring.Result, error) {
	*n.months = append(*n.months, m.String())
	return n.Results.All(ctx, m, now)
}

func TestWhereLastYearsWorkdaysAreNotKnownARunBeginsWithTheMonth(t *testing.T) {
	w := busyWorld(t, turnOfMonth()...)
	w.Results = withoutYear{w.Results, monday.Month() - 1}
	if got := w.at(t, clock(8, 50, -19), remind.Escalation); len(got) > 0 {
		t.Errorf("told of two days: %s", texts(got))
	}
}

// withoutYear knows no workdays of a month.
type withoutYear struct {
	remind.Results
	month calendar.Month
}

func (r withoutYear) All(ctx context.Context, m calendar.Month, now time.Time) ([]*scoring.Result, error) {
	if m == r.month {
		return nil, fmt.Errorf("facts of %s: %w", m, &calendar.NoDataError{})
	}
	return r.Results.All(ctx, m, now)
}
