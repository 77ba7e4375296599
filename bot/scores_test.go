package bot

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/redis/go-redis/v9"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/cache"
	"github.com/nanxiashu/gridbot/store/cache/redistest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// counted counts how often the facts of a whole street are collected, and notes
// of which grids they were last.
type counted struct {
	*store.Store
	streets int
	last    []string // nil = all grids
}

func (c *counted) Facts(ctx context.Context, q store.FactsQuery) ([]*scoring.Facts, error) {
	if q.Grids == nil {
		c.streets++
	}
	c.last = q.Grids
	return c.Store.Facts(ctx, q)
}

// someQuestions are one of each kind of answer that computes.
var someQuestions = []ask.Question{
	{Meaning: ask.MyScore}, {Meaning: ask.Shortfall}, {Meaning: ask.MyRank}, {Meaning: ask.Trend},
	{Meaning: ask.MyScore, Period: period("month:2026-10")}, {Meaning: ask.Mileage},
}

func answers(t *testing.T, a *Assistant, who store.Person) []string {
	t.Helper()
	var texts []string
	for _, question := range someQuestions {
		texts = append(texts, shown(t, a, who, false, question))
	}
	return texts
}

func TestTheCacheChangesNothingButTheTime(t *testing.T) {
	records := &counted{Store: hamletStore(t)}
	server := redistest.Start(t)
	shared, err := cache.Open(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer shared.Close()
	who := personOf(t, records, "东一长")
	want := answers(t, assistantOn(t, records), who)
	check := func(state string, computes bool) { // by a replica that has just started
		t.Helper()
		a := assistantOn(t, records, func(d *Deps) { d.Cache = shared })
		before := records.streets
		if diff := cmp.Diff(want, answers(t, a, who)); diff != "" {
			t.Errorf("%s (-without +with):\n%s", state, diff)
		}
		if computed := records.streets > before; computed != computes {
			t.Errorf("%s: computed %v, want %v", state, computed, computes)
		}
	}
	check("an empty cache", true)
	check("a full cache", false)
	flush(t, server.URL)
	check("a cache that was emptied", true)
	server.Stop()
	check("a cache that is gone", true)
}

// openCache is an empty cache on a Redis of its own.
func openCache(t *testing.T) *cache.Cache {
	t.Helper()
	c, err := cache.Open(redistest.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func flush(t *testing.T, url string) {
	t.Helper()
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	if err := client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
}

// document is a result as its JSON, where no list and an empty one are the same.
func document(t *testing.T, r *scoring.Result) map[string]any {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	for key, value := range doc {
		if list, ok := value.([]any); value == nil || ok && len(list) == 0 {
			delete(doc, key)
		}
	}
	return doc
}

func TestAllIsWhatOfIsForEachGrid(t *testing.T) {
	s := newScores(hamletStore(t), nil, scoring.Default())
	for _, month := range []calendar.Month{calendar.MonthOf(now), calendar.MonthOf(now) - 1} {
		all, err := s.All(t.Context(), month, now)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) != 3 {
			t.Fatalf("%d results", len(all))
		}
		for i, grid := range hamletGrids {
			one := resultOf(t, s, grid, month, now)
			if diff := cmp.Diff(document(t, one), document(t, all[i])); diff != "" {
				t.Errorf("%s in %s: %s", grid, month, diff)
			}
			for n := range one.Standards { // its JSON leaves this out
				if one.Standards[n].Span != all[i].Standards[n].Span {
					t.Fatalf("the span of %s is another", one.Standards[n].Clause)
				}
			}
			if again := resultOf(t, s, grid, month, now); again != one {
				t.Error("what was computed is computed again")
			}
		}
	}
}

func resultOf(t *testing.T, s *Scores, grid string, month calendar.Month, at time.Time) *scoring.Result {
	t.Helper()
	view, err := s.View(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	result, err := view.Of(t.Context(), grid, month)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func standingsOf(t *testing.T, s *Scores, month calendar.Month, at time.Time) *Standings {
	t.Helper()
	view, err := s.View(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	standings, err := view.Standings(t.Context(), month)
	if err != nil {
		t.Fatal(err)
	}
	return standings
}

func TestNothingIsKeptLongerThanItIsTrue(t *testing.T) {
	const items = "事项编号,网格编号,手机号,上报时间,类别,标题,处置时限\n"
	report := sheets{sheet.Items: items + "S9,G1,13800000001,2026-11-23 10:00,城市管理,新的,2026-11-25 09:00"}
	ends := sheets{sheet.Items: items + "S9,G2,13800000003,2026-11-23 10:00,城市管理,新的," + now.Add(time.Minute).Format("2006-01-02 15:04")}
	late := sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数\nV9,G1,13800000001,2026-10-14 10:00,1"}
	nothing, all := []string{}, []string(nil)
	month := calendar.MonthOf(now)
	for name, c := range map[string]struct {
		before, after sheets
		later         time.Duration
		month         calendar.Month
		computes      []string // the grids
	}{
		"the same minute": {nil, nil, 30 * time.Second, month, nothing},
		"the next minute": {nil, nil, time.Minute, month, nothing},
		"the minute in which the time of an item ends": {ends, nil, time.Minute, month, []string{"G2"}},
		"the same minute with another record":          {nil, report, 0, month, []string{"G1"}},
		"another record and an item's end":             {ends, sheets{sheet.Items: strings.Replace(report[sheet.Items], "S9", "S8", 1)}, time.Minute, month, []string{"G1", "G2"}},
		"what counts for every grid":                   {nil, sheets{sheet.Exemptions: "网格编号,开始,结束,原因\n全部,2026-11-20,2026-11-20,停电"}, 0, month, all},
		"the next day":                                 {nil, nil, 24 * time.Hour, month, all},
		"a closed month an hour later":                 {nil, nil, time.Hour, month - 1, nothing},
		"a closed month with another record":           {nil, late, 0, month - 1, all},
		"another month's record":                       {nil, report, 0, month - 1, nothing},
		"a closed month the next day":                  {nil, nil, 24 * time.Hour, month - 1, all},
	} {
		t.Run(name, func(t *testing.T) {
			records := &counted{Store: hamletStore(t)}
			if c.before != nil {
				importSheets(t, records.Store, c.before, store.ImportOptions{Now: now})
			}
			s := newScores(records, nil, scoring.Default())
			standingsOf(t, s, c.month, now)
			if c.after != nil {
				importSheets(t, records.Store, c.after, store.ImportOptions{Now: now})
			}
			records.last = nothing
			got := standingsOf(t, s, c.month, now.Add(c.later))
			if diff := cmp.Diff(c.computes, records.last); diff != "" {
				t.Errorf("computed (-want +got):\n%s", diff)
			}
			fresh := standingsOf(t, newScores(records, nil, scoring.Default()), c.month, now.Add(c.later))
			if diff := cmp.Diff(fresh, got, cmpopts.IgnoreUnexported(Standings{})); diff != "" {
				t.Errorf("-anew +kept:\n%s", diff)
			}
		})
	}
}

func TestEveryReplicaSeesWhatWasImported(t *testing.T) {
	records := hamletStore(t)
	month := calendar.MonthOf(now)
	replicas := []*Scores{newScores(records, nil, scoring.Default()), newScores(records, nil, scoring.Default())}
	scores := func() (scores []string) {
		for _, s := range replicas {
			standing, _ := standingsOf(t, s, month, now).of("G1")
			scores = append(scores, resultOf(t, s, "G1", month, now).Score.String(), standing.Score.String())
		}
		return scores
	}
	before := scores()
	importSheets(t, records, sheets{sheet.Findings: "认定编号,网格编号,类型,日期\nR9,G1,弄虚作假,2026-11-20"}, store.ImportOptions{Now: now})
	after := scores()
	if before[0] == after[0] || len(slices.Compact(after)) != 1 {
		t.Errorf("before %v, after %v", before, after)
	}
}
