package bot

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/cache"
	"github.com/nanxiashu/gridbot/store/cache/redistest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// counted counts how often facts are collected.
type counted struct {
	*store.Store
	facts int
}

func (c *counted) Facts(ctx context.Context, q store.FactsQuery) ([]*scoring.Facts, error) {
	c.facts++
	return c.Store.Facts(ctx, q)
}

func (c *counted) GridFacts(ctx context.Context, grid string, month calendar.Month, at time.Time) (*scoring.Facts, error) {
	c.facts++
	return c.Store.GridFacts(ctx, grid, month, at)
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
		before := records.facts
		if diff := cmp.Diff(want, answers(t, a, who)); diff != "" {
			t.Errorf("%s (-without +with):\n%s", state, diff)
		}
		if computed := records.facts > before; computed != computes {
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

func TestAKeptResultIsTheSameAsAFreshOne(t *testing.T) {
	records := &counted{Store: hamletStore(t)}
	shared, month := openCache(t), calendar.MonthOf(now)
	of := func(s *Scores) *scoring.Result {
		result, err := s.Of(t.Context(), "G1", month, now)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	first := newScores(records, shared, scoring.Default())
	fresh := of(first)
	if of(first) != fresh {
		t.Error("the process that has computed it does so again")
	}
	records.facts = 0
	kept := of(newScores(records, shared, scoring.Default()))
	if records.facts != 0 {
		t.Fatal("the result did not come from the cache")
	}
	if diff := cmp.Diff(document(t, fresh), document(t, kept)); diff != "" {
		t.Error(diff)
	}
	for i := range fresh.Standards {
		if kept.Standards[i].Span != fresh.Standards[i].Span {
			t.Fatalf("the span of %s is lost", fresh.Standards[i].Clause)
		}
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
			one, err := s.Of(t.Context(), grid, month, now)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(document(t, one), document(t, all[i])); diff != "" {
				t.Errorf("%s in %s: %s", grid, month, diff)
			}
		}
	}
}

func TestNothingIsKeptLongerThanItIsTrue(t *testing.T) {
	shared := openCache(t)
	report := sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,标题,处置时限\nS9,G1,13800000001,2026-11-23 10:00,城市管理,新的,2026-11-25 09:00"}
	late := sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数\nV9,G1,13800000001,2026-10-14 10:00,1"}
	for name, c := range map[string]struct {
		imported sheets
		later    time.Duration
		month    calendar.Month
		computes bool
	}{
		"the same minute":                     {nil, 30 * time.Second, calendar.MonthOf(now), false},
		"the next minute, for its deadlines":  {nil, time.Minute, calendar.MonthOf(now), true},
		"the same minute with another record": {report, 0, calendar.MonthOf(now), true},
		"a closed month an hour later":        {nil, time.Hour, calendar.MonthOf(now) - 1, false},
		"a closed month with another record":  {late, 0, calendar.MonthOf(now) - 1, true},
		"another month's record":              {report, 0, calendar.MonthOf(now) - 1, false},
		"a closed month the next day":         {nil, 24 * time.Hour, calendar.MonthOf(now) - 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			records := &counted{Store: hamletStore(t)}
			s := newScores(records, namespaced{shared, t.Name()}, scoring.Default())
			if _, err := s.Standings(t.Context(), c.month, now); err != nil {
				t.Fatal(err)
			}
			if c.imported != nil {
				importSheets(t, records.Store, c.imported, store.ImportOptions{Now: now})
			}
			before := records.facts
			if _, err := s.Standings(t.Context(), c.month, now.Add(c.later)); err != nil {
				t.Fatal(err)
			}
			if computed := records.facts > before; computed != c.computes {
				t.Errorf("computed %v, want %v", computed, c.computes)
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
			result, err := s.Of(t.Context(), "G1", month, now)
			if err != nil {
				t.Fatal(err)
			}
			standings, err := s.Standings(t.Context(), month, now)
			if err != nil {
				t.Fatal(err)
			}
			standing, _ := standings.of("G1")
			scores = append(scores, result.Score.String(), standing.Score.String())
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

func TestALargeStreetIsNotWaitedForBecauseOfAMinute(t *testing.T) {
	kept := standingsAt{version: 7, at: now, took: time.Second}
	for name, c := range map[string]struct {
		version int64
		took    time.Duration
		now     time.Time
		want    bool
	}{
		"a minute later":               {7, time.Second, now.Add(time.Minute), true},
		"what takes a blink":           {7, time.Millisecond, now.Add(time.Minute), false},
		"another record":               {8, time.Second, now, false},
		"five minutes later":           {7, time.Second, now.Add(5 * time.Minute), false},
		"the next day":                 {7, time.Second, now.Add(24 * time.Hour), false},
		"a question of a while before": {7, time.Second, now.Add(-time.Minute), false},
	} {
		kept.took = c.took
		if got := kept.serve(c.version, c.now); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// namespaced keeps tests with databases of their own apart in one cache.
type namespaced struct {
	Cache
	name string
}

func (n namespaced) Get(ctx context.Context, key string) ([]byte, bool) {
	return n.Cache.Get(ctx, n.name+key)
}

func (n namespaced) Set(ctx context.Context, key string, value []byte, ttl time.Duration) {
	n.Cache.Set(ctx, n.name+key, value, ttl)
}
