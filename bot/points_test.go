package bot

import (
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// wednesday is 25 November, early: the week has walked 4.32 of its 8 km, and of
// the day itself there is nothing yet.
var wednesday = at("2026-11-25 04:40")

func wednesdayFacts() *scoring.Facts {
	f := &scoring.Facts{GridID: "G1", Month: day("2026-11-01").Month(), AsOf: day("2026-11-25")}
	for d := day("2026-10-26"); d <= day("2026-11-29"); d++ {
		if d-d.Monday() < 5 {
			f.DutyDays = append(f.DutyDays, d)
		}
		if d < f.AsOf && d-d.Monday() < 5 {
			f.Days = append(f.Days, scoring.Day{Date: d, Km: decimal.RequireFromString("2.16"), ChiefVisits: 4, MemberVisits: 4,
				Reports: map[scoring.Category]int{scoring.CityManagement: 4}})
		}
	}
	return f
}

// wednesdayCards are what 我的分数 and 还差什么 say of facts, where the records
// reach as far as latest.
func wednesdayCards(t *testing.T, f *scoring.Facts, scope scoring.DistanceScope, latest string) (score, shortfall string) {
	t.Helper()
	rules := scoring.Default()
	rules.Policies.DistanceScope = scope
	result, err := scoring.Evaluate(rules, f)
	if err != nil {
		t.Fatal(err)
	}
	chief := store.Person{Role: store.Chief, Grids: []string{"G1"}, OnDuty: true}
	q := asking{who: chief, right: rightOf(chief, OpenOwn, false), rules: rules, now: wednesday}
	reached := reach{wednesday, map[sheet.Name]store.Reach{}}
	for _, name := range dailySheets {
		reached.sheets[name] = store.Reach{Latest: at(latest)}
	}
	g := store.Grid{ID: "G1", Name: "一号网格"}
	return scoreCard(q, g, result, nil, "", reached).Text(), shortfallCard(q, g, result, reached, dueItems{}).Text()
}

var pointsOfLine = regexp.MustCompile(`([\d.]+) 分$`)

// sumOfLines adds the points of all lines but the head and what to do first.
func sumOfLines(text string) (sum decimal.Decimal) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := pointsOfLine.FindStringSubmatch(line); m != nil && !strings.HasPrefix(line, "做完能保住") && !strings.HasPrefix(line, "先做") {
			sum = sum.Add(decimal.RequireFromString(m[1]))
		}
	}
	return sum
}

func TestTheLinesOfTheShortfallAddUpToItsHead(t *testing.T) {
	for name, c := range map[string]struct {
		scope  scoring.DistanceScope
		latest string
		head   string
		says   []string
	}{
		"a day and its week save their points once": {scoring.ScopeMonth, "2026-11-25 04:00", "7",
			[]string{"先做  里程今天还差 1 公里，本周还差 3.68 公里，都做到才能保住 5 分", "差 3.68 · 连同今天 5 分", "差 1 · 与本周一起算", "差 4 · 2 分"}},
		"each of them its own where each is charged": {scoring.ScopeDay, "2026-11-25 04:00", "12",
			[]string{"先做  里程还差 1 公里，保住 5 分，今天之内", "差 1 · 5 分", "差 3.68 · 5 分"}},
		"what waits for today's data counts too": {scoring.ScopeMonth, "2026-11-24 18:00", "7",
			[]string{"上报应 4 条，今天的事项数据还没到 · 2 分", "里程应 1 公里，今天的里程数据还没到 · 与本周一起算", "差 3.68 · 连同今天 5 分"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, text := wednesdayCards(t, wednesdayFacts(), c.scope, c.latest)
			for _, want := range append(c.says, "做完能保住 "+c.head+" 分") {
				if !strings.Contains(text, want) {
					t.Errorf("does not say %q:\n%s", want, text)
				}
			}
			if sum := sumOfLines(text); sum.String() != c.head {
				t.Errorf("the lines come to %s, not %s:\n%s", sum, c.head, text)
			}
		})
	}
}

func TestPointsThatWaitForAPastDayAreNobodysToSave(t *testing.T) {
	f := wednesdayFacts()
	f.Through = map[scoring.Group]calendar.Date{scoring.GroupReports: day("2026-11-22")}
	for i := range f.Days {
		if f.Days[i].Date > day("2026-11-22") {
			f.Days[i].Reports = nil
		}
	}
	score, shortfall := wednesdayCards(t, f, scoring.ScopeMonth, "2026-11-25 04:00")
	if !strings.Contains(shortfall, "做完能保住 5 分") || sumOfLines(shortfall).String() != "5" {
		t.Errorf("counts what cannot be done any more:\n%s", shortfall)
	}
	if !strings.Contains(score, "等 11月23日 的数据\n  11月23日的事项数据还没到齐") || strings.Contains(score, "报送 0 条") {
		t.Errorf("shows a day without data as 0:\n%s", score)
	}
}

func TestARiskWithoutTodaysDataIsNotShownAsZero(t *testing.T) {
	for latest, want := range map[string]string{
		"2026-11-24 18:00": "每日报送 2 分，今天之内\n  今天的事项数据还没到",
		"2026-11-25 04:00": "每日报送 2 分，今天之内\n  11月25日报送 0 条，应 4 条",
	} {
		score, _ := wednesdayCards(t, wednesdayFacts(), scoring.ScopeMonth, latest)
		if !strings.Contains(score, want) {
			t.Errorf("records to %s: does not say %q:\n%s", latest, want, score)
		}
	}
}

func TestADayAndItsWeekAreDueEachInItsTime(t *testing.T) {
	score, _ := wednesdayCards(t, wednesdayFacts(), scoring.ScopeMonth, "2026-11-25 04:00")
	if want := "巡查里程 5 分，今天之内、本周日（11月29日）前都做到\n  11月25日 0 公里，11月23日那周 4.32 公里"; !strings.Contains(score, want) {
		t.Errorf("does not say %q:\n%s", want, score)
	}
}

func TestASectionStopsAtZeroAndSaysSo(t *testing.T) {
	f := wednesdayFacts()
	f.Findings = scoring.Findings{NotProactive: 16, Falsified: 2}
	score, shortfall := wednesdayCards(t, f, scoring.ScopeMonth, "2026-11-25 04:00")
	for _, want := range []string{
		"事项上报：本部分最多扣 30 分，各项合计 32 分，扣到 0 分为止；弄虚作假的 10 分另扣",
		"事项上报：本部分最多扣 30 分，这里的 2 分不会再扣", "可能再扣 5 分",
	} {
		if !strings.Contains(score, want) {
			t.Errorf("does not say %q:\n%s", want, score)
		}
	}
	if !strings.Contains(shortfall, "做完能保住 5 分") || !strings.Contains(shortfall, "先做  里程") || !strings.Contains(shortfall, "这里的 2 分不会再扣") {
		t.Errorf("promises points that are lost already:\n%s", shortfall)
	}
	if within, _ := wednesdayCards(t, wednesdayFacts(), scoring.ScopeMonth, "2026-11-25 04:00"); strings.Contains(within, "本部分最多扣") {
		t.Errorf("speaks of a bound that is not reached:\n%s", within)
	}
}

func TestAMonthThatRunsDoesNotReadAsPublished(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	who := personOf(t, records, "东一长")
	for asked, want := range map[string]string{"month:2026-11": "11月目前的分数", "month:2026-10": "10月分数出来了", "quarter:2026-Q4": "四季度目前的分数"} {
		if got := answered(t, a, who, ask.Question{Meaning: ask.MyScore, Period: period(asked)}).Summary; got != want {
			t.Errorf("%s: %q, want %q", asked, got, want)
		}
	}
}

func TestAMonthsMileageIsItsDaysTogether(t *testing.T) {
	records := hamletStore(t)
	importSheets(t, records, sheets{sheet.Patrols: "网格编号,手机号,日期,公里数,时长\nG1,13800000001,2026-10-21,2.25,1.5"}, store.ImportOptions{Now: now})
	text := answered(t, assistantOn(t, records), personOf(t, records, "东一长"),
		ask.Question{Meaning: ask.Mileage, Period: period("month:2026-10")}).Text()
	for _, want := range []string{"10月里程 7.75 公里", "网格长时长 4.5 小时", "里程  16 天、4 周没达标"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "没有这方面的标准") {
		t.Errorf("contradicts itself:\n%s", text)
	}
}

func answered(t *testing.T, a *Assistant, who store.Person, question ask.Question) card.Card {
	t.Helper()
	q, err := a.asking(t.Context(), who, false, now)
	if err != nil {
		t.Fatal(err)
	}
	q.Question, q.Sure = question, true
	c, err := a.answer(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
