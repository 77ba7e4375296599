package remind_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/card/golden"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/bot/stage/cardcheck"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// short is a Monday on which E1 and W1 are done, and E2 and E3 are short.
var short = map[string]work{
	"E1": done,
	"E2": {chief: 2, member: 1, km: "0.6", reports: 2},
	"E3": {chief: 4, member: 0, km: "1", reports: 4},
	"W1": done,
}

// without leaves a sheet out.
func without(texts sheets, name sheet.Name) sheets {
	delete(texts, name)
	return texts
}

func TestTheEveningLooksAsAgreed(t *testing.T) {
	for name, imports := range map[string][]sheets{
		"short":     {walked(t), records(short)},
		"done":      {walked(t), records(map[string]work{"E1": done, "E2": done, "E3": done, "W1": done})},
		"late_km":   {walked(t), without(records(short), sheet.Patrols)},
		"no_data":   {walked(t)},
		"two_grids": {walked(t), records(map[string]work{"E1": done, "E2": done, "E3": {2, 2, "1.5", 3}, "W1": {}})},
	} {
		t.Run(name, func(t *testing.T) {
			looks(t, name, newWorld(t, imports...).due(t, clock(16, 40)))
		})
	}
}

// texts are reminders as one reads them.
func texts(reminders []remind.Reminder) string {
	var b strings.Builder
	for _, r := range reminders {
		fmt.Fprintf(&b, "→ %s %q  %s\n%s\n", r.Receiver.Type, r.Receiver.ID, r.Key, r.Card.Text())
	}
	return b.String()
}

// looks compares reminders with the golden files of that name, as one reads them
// and as the platform gets them; it must take each.
func looks(t *testing.T, name string, reminders []remind.Reminder) {
	t.Helper()
	var cards []json.RawMessage
	for _, r := range reminders {
		cards = append(cards, taken(t, r))
	}
	golden.Text(t, name+".golden.txt", texts(reminders))
	golden.JSON(t, name+".golden.json", cards...)
}

// taken is a reminder's card, which the platform would not refuse.
func taken(t *testing.T, r remind.Reminder) json.RawMessage {
	t.Helper()
	raw, err := r.Card.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if wrong := cardcheck.Check(raw, cardcheck.Directory{}); wrong != nil {
		t.Errorf("%s is refused: %s", r.Key, wrong)
	}
	if size := card.Size(raw); size > card.MaxBytes {
		t.Errorf("%s has %d bytes", r.Key, size)
	}
	return raw
}

func TestWhoIsReminded(t *testing.T) {
	all := "oc_east oc_street ou_e2_chief ou_e2_member ou_e3_chief ou_e3_member"
	for name, c := range map[string]struct {
		then sheets // imported after the short Monday
		want string
	}{
		"the groups, and the people of grids that are short": {sheets{}, all},
		"nobody of an exempt grid": {
			sheets{sheet.Exemptions: "网格编号,开始,结束,原因\nE2,2026-11-23,2026-11-23,停电"},
			"oc_east oc_street ou_e3_chief ou_e3_member"},
		"no group whose grids are all exempt": {
			sheets{sheet.Exemptions: "网格编号,开始,结束,原因\nE1,2026-11-23,2026-11-23,停电\nE2,2026-11-23,2026-11-23,停电\nE3,2026-11-23,2026-11-23,停电"},
			"oc_street"},
		"nobody at all when the street is exempt": {
			sheets{sheet.Exemptions: "网格编号,开始,结束,原因\n全部,2026-11-23,2026-11-23,台风"}, ""},
		"somebody who is not bound, without an address": {
			sheets{sheet.Visits: "记录编号,网格编号,手机号,走访时间,图片数,作废\nVW10,W1,13800000005,2026-11-23 16:10,1,是"},
			all + " ?"},
		"those who have come back on duty": {
			sheets{sheet.People: "姓名,手机号,角色,网格编号,open_id,在岗\n壬,13800000009,网格员,E3,ou_old,是"},
			all + " ou_old"},
		"nobody who has become a leader": {
			sheets{sheet.People: "姓名,手机号,角色,社区,open_id\n己,13800000006,社区负责人,东社区,ou_e3_member"},
			"oc_east oc_street ou_e2_chief ou_e2_member ou_e3_chief"},
	} {
		t.Run(name, func(t *testing.T) {
			got := receivers(newWorld(t, walked(t), records(short), c.then).due(t, clock(16, 40)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWithoutDataOfTodayGroupsAreToldHowFarTheyReach(t *testing.T) {
	exempt := sheets{sheet.Exemptions: "网格编号,开始,结束,原因\nE1,2026-11-23,2026-11-23,停电\nE2,2026-11-23,2026-11-23,停电\nE3,2026-11-23,2026-11-23,停电"}
	thursday := sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nE1,13800000001,2026-11-19,2"}
	for name, c := range map[string]struct {
		imports []sheets
		want    string
	}{
		"every group":                           {[]sheets{walked(t)}, "oc_east oc_street"},
		"no group whose grids are all exempt":   {[]sheets{walked(t), exempt}, "oc_street"},
		"every group where none was ever asked": {[]sheets{thursday}, "oc_east oc_street"},
	} {
		t.Run(name, func(t *testing.T) {
			due := newWorld(t, c.imports...).due(t, clock(16, 40))
			if diff := cmp.Diff(c.want, receivers(due)); diff != "" {
				t.Error(diff)
			}
			for _, r := range due {
				if r.Title != "今天的数据还没到" {
					t.Errorf("%s says %s", r.Key, r.Title)
				}
			}
		})
	}
}

func TestTheWeeksKilometresAreNotTodaysCost(t *testing.T) {
	rules, err := scoring.ReadRulebook(strings.NewReader("policies:\n  distance_scope: day\n"), "rulebook.yaml")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, walked(t), records(short))
	w.Results = judged{w.store, rules} // 5 are at risk for today, and 5 for the week
	if said := texts(w.due(t, clock(16, 40))[2:3]); !strings.Contains(said, "公里 0.6/1，还差 0.4 公里，可能扣 5 分") {
		t.Error(said)
	}
}

func TestWhatIsSaidOfThePointsAtRisk(t *testing.T) {
	one := map[string]work{"E1": done, "E2": {2, 2, "0.6", 4}, "E3": done, "W1": done}
	for name, c := range map[string]struct {
		imports []sheets
		want    string
	}{
		"kilometres that have not cost anything this month": {
			[]sheets{walked(t), records(one)}, "· 公里 0.6/1，还差 0.4 公里，可能扣 5 分"},
		"kilometres that have been charged for this month cost nothing more": {
			[]sheets{records(one)}, "· 公里 0.6/1，还差 0.4 公里\n"},
		"every report that is missing": {
			[]sheets{walked(t), records(map[string]work{"E1": done, "E2": {2, 2, "1", 1}, "E3": done, "W1": done})},
			"· 上报 1/4，还差 3 条，可能扣 1.5 分"},
		"visits of a day cost nothing": {
			[]sheets{walked(t), records(map[string]work{"E1": done, "E2": {1, 0, "1", 4}, "E3": done, "W1": done})},
			"· 走访 1/4，还差 3 条，其中网格长 1/2、网格员 0/2\n"},
	} {
		t.Run(name, func(t *testing.T) {
			due := newWorld(t, c.imports...).due(t, clock(16, 40))
			if got := texts(due[2:3]); !strings.Contains(got, c.want) {
				t.Errorf("no %q in\n%s", c.want, got)
			}
		})
	}
}

func TestHowFarTheDataReach(t *testing.T) {
	declared := func(day calendar.Date) store.ImportOptions {
		return store.ImportOptions{Through: map[sheet.Name]calendar.Date{sheet.Patrols: day}}
	}
	onlyFriday := sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nE1,13800000001,2026-11-20,2"}
	for name, c := range map[string]struct {
		km      sheets
		options store.ImportOptions
		want    string
		claimed bool // a shortage of kilometres
	}{
		"a record of today from anybody": {
			sheets{sheet.Patrols: "网格编号,手机号,日期,公里数\nW1,13800000007,2026-11-23,2"}, store.ImportOptions{}, "里程数据到今天", true},
		"declared complete through today, though there is no record": {onlyFriday, declared(monday), "里程数据到今天", true},
		"up to Friday, before a weekend without duty":                {onlyFriday, store.ImportOptions{}, "里程数据到 11月20日", false},
		"declared complete through Sunday":                           {onlyFriday, declared(monday - 1), "里程数据到 11月20日", false},
		"never":                                                      {sheets{}, store.ImportOptions{}, "里程数据还没到", false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, without(records(short), sheet.Patrols))
			w.take(t, c.km, c.options)
			said := texts(w.due(t, clock(16, 40)))
			if !strings.Contains(said, "走访截至 16:10 · "+c.want+" · 事项截至 15:50") {
				t.Errorf("no %q in\n%s", c.want, said)
			}
			if claimed := strings.Contains(said, "公里 0/1"); claimed != c.claimed {
				t.Errorf("a shortage of kilometres is claimed: %v\n%s", claimed, said)
			}
		})
	}
}

func TestTheSameMomentGivesTheSameReminders(t *testing.T) {
	w := newWorld(t, walked(t), records(short))
	first := texts(w.due(t, clock(16, 40)))
	for range 3 {
		if diff := cmp.Diff(first, texts(w.due(t, clock(16, 40)))); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestWhenItIsDue(t *testing.T) {
	w := newWorld(t, walked(t), records(short))
	for name, c := range map[string]struct {
		at   time.Time
		want bool
	}{
		"not a minute before":   {clock(16, 39), false},
		"at its time":           {clock(16, 40), true},
		"three hours later":     {clock(19, 40), true},
		"not any later":         {clock(19, 41), false},
		"not on the next day":   {clock(9, 0, 1), false},
		"not on a day off":      {clock(16, 40, 5), false},
		"not on the day before": {clock(16, 40, -1), false},
		"not a second before":   {clock(16, 40).Add(-time.Second), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := len(w.due(t, c.at)) > 0; got != c.want {
				t.Errorf("due: %v", got)
			}
		})
	}
	if due, err := w.Due(t.Context(), clock(16, 40), "morning"); err != nil || len(due) > 0 {
		t.Errorf("a kind that is not asked for: %d, %v", len(due), err)
	}
}
