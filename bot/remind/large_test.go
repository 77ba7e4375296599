package remind_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// crowd is a street of so many grids, as the database would tell of it: all
// short, the higher the number the shorter.
type crowd struct {
	remind.Records
	grids int
}

func (c crowd) Grids(context.Context) ([]store.Grid, error) {
	var grids []store.Grid
	for i := range c.grids {
		grids = append(grids, store.Grid{
			ID: fmt.Sprintf("G%03d", i), Community: "名字特别长的社区居民委员会",
			Name: fmt.Sprintf("第%03d号网格名字也特别长的网格", i),
		})
	}
	return grids, nil
}

func (c crowd) People(context.Context) ([]store.Person, error) {
	busy := store.Person{Mobile: "13800000001", Role: store.Chief, OpenID: "ou_busy", OnDuty: true}
	grids, _ := c.Grids(context.Background())
	for _, g := range grids[:min(12, len(grids))] {
		busy.Grids = append(busy.Grids, g.ID)
	}
	return []store.Person{busy}, nil
}

func (c crowd) Silences(context.Context, calendar.Date) ([]store.Silence, error) { return nil, nil }

func (c crowd) ExemptGrids(context.Context, calendar.Date) (map[string]bool, error) {
	return map[string]bool{}, nil
}

func (c crowd) Muted(context.Context, string, calendar.Date) (map[string]bool, error) {
	return nil, nil
}

func (c crowd) Groups(context.Context) ([]store.Group, error) {
	return []store.Group{{ChatID: "oc_street"}}, nil
}

func (c crowd) Reach(context.Context, time.Time) (map[sheet.Name]store.Reach, error) {
	reach := map[sheet.Name]store.Reach{}
	for _, name := range []sheet.Name{sheet.Visits, sheet.Patrols, sheet.Items} {
		reach[name] = store.Reach{Sheet: name, Through: monday - 1, Latest: clock(16, 10)}
	}
	return reach, nil
}

func (c crowd) All(context.Context, calendar.Month, time.Time) ([]*scoring.Result, error) {
	var results []*scoring.Result
	for i := range c.grids {
		km := decimal.NewFromInt(int64(c.grids-i)).DivRound(decimal.NewFromInt(int64(c.grids+1)), 3)
		today := func(clause scoring.Clause, subject string, required, actual decimal.Decimal) scoring.Standard {
			return scoring.Standard{
				Clause: clause, Subject: subject, Window: monday.String(), Span: calendar.SpanDay, Open: true,
				Required: required, Actual: actual, Met: actual.GreaterThanOrEqual(required),
			}
		}
		one, two, four := decimal.NewFromInt(1), decimal.NewFromInt(2), decimal.NewFromInt(4)
		results = append(results, &scoring.Result{
			GridID: fmt.Sprintf("G%03d", i), Month: monday.Month(), AsOf: monday,
			Standards: []scoring.Standard{
				today(scoring.ClauseDistance, "", one, km),
				today(scoring.ClauseVisitsDaily, "", four, four),
				today(scoring.ClauseVisitsDaily, "网格长", two, one),
				today(scoring.ClauseVisitsDaily, "网格员", two, one),
				today(scoring.ClauseReportingDaily, "", four, one),
			},
		})
	}
	return results, nil
}

func crowded(t *testing.T, grids int) []remind.Reminder {
	t.Helper()
	c := crowd{nil, grids} // nothing else is asked of the records
	p := &remind.Planner{
		Records: c, Results: c, Rules: scoring.Default(), Workdays: calendar.Mainland(),
		Schedule: evenings(16*time.Hour + 40*time.Minute),
	}
	due, err := p.Due(t.Context(), clock(16, 40))
	if err != nil {
		t.Fatal(err)
	}
	return due
}

func TestAStreetOf300GridsIsToldCompletelyAndWorstFirst(t *testing.T) {
	var got []string
	for i, r := range crowded(t, 300)[:6] {
		want := fmt.Sprintf("evening:2026-11-23:chat:oc_street:%d", i+1)
		if i == 0 {
			want = "evening:2026-11-23:chat:oc_street"
		}
		if r.Key != want {
			t.Errorf("message %d has the key %s", i+1, r.Key)
		}
		got = append(got, firstColumn(t, taken(t, r))...)
	}
	var want []string
	for i := range 300 {
		want = append(want, fmt.Sprintf("名字特别长的社区居民委员会 第%03d号网格名字也特别长的网格", 299-i))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// firstColumn is what the first cells of a card's tables say.
func firstColumn(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	var drawn struct {
		Body struct {
			Elements []struct {
				Rows []map[string]string
			}
		}
	}
	if err := json.Unmarshal(raw, &drawn); err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, e := range drawn.Body.Elements {
		for _, row := range e.Rows {
			cells = append(cells, row["c0"])
		}
	}
	return cells
}

func TestOneCardHoldsFiftyGrids(t *testing.T) {
	for grids, messages := range map[int]int{1: 1, 10: 1, 50: 1, 51: 2, 100: 2, 101: 3} {
		due := crowded(t, grids)
		groups := slices.DeleteFunc(slices.Clone(due), func(r remind.Reminder) bool { return r.Receiver.Type != store.ToChat })
		if len(groups) != messages {
			t.Errorf("%d grids: %d messages, want %d", grids, len(groups), messages)
		}
		for _, r := range due {
			if tables := bytes.Count(taken(t, r), []byte(`"tag":"table"`)); tables > card.MaxTables {
				t.Errorf("%d grids: %d tables", grids, tables)
			}
		}
	}
}

func TestSomebodyOfTwelveGridsReadsOfAll(t *testing.T) {
	due := crowded(t, 300)
	personal := string(taken(t, due[len(due)-1]))
	for i := range 12 {
		if name := fmt.Sprintf("第%03d号网格", i); !strings.Contains(personal, name) {
			t.Errorf("%s is missing", name)
		}
	}
}
