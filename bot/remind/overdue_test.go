package remind_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// item is a sheet with one item of E1, reported by its member and due at a moment.
func item(due time.Time, more ...string) sheets {
	text := "事项编号,网格编号,手机号,上报时间,类别,处置时限,处置时间,状态\n" +
		"D1,E1,13800000002,2026-11-02 10:00,城市管理," + due.In(calendar.Shanghai).Format("2006-01-02 15:04") + ",,有效"
	return sheets{sheet.Items: text + strings.Join(more, "")}
}

// hourly is a street of which only items are told.
func hourly(t testing.TB, imports ...sheets) *world {
	w := newWorld(t, imports...)
	w.Schedule = remind.Schedule{Street: remind.Rules{remind.Overdue: wholeDay().Street[remind.Overdue]}}
	return w
}

// told lists, by person, the hours at which something was planned: ou_a 23T09 23T15.
func (w *world) told(t testing.TB) string {
	t.Helper()
	deliveries, err := w.store.Deliveries(t.Context(), store.DeliveryFilter{Kind: string(remind.Overdue)})
	if err != nil {
		t.Fatal(err)
	}
	hours := map[string][]string{}
	var people []string
	for _, d := range deliveries {
		if hours[d.Receiver] == nil {
			people = append(people, d.Receiver)
		}
		hour, _, _ := strings.Cut(strings.TrimPrefix(d.Key, "overdue:2026-11-"), ":")
		hours[d.Receiver] = append(hours[d.Receiver], hour)
	}
	var lines []string
	for _, who := range people {
		lines = append(lines, who+" "+strings.Join(hours[who], " "))
	}
	slices.Sort(lines)
	return strings.Join(lines, ", ")
}

// everyQuarter lists moments from one to another.
func everyQuarter(from, to time.Time) []time.Time {
	var moments []time.Time
	for at := from; !at.After(to); at = at.Add(15 * time.Minute) {
		moments = append(moments, at)
	}
	return moments
}

func TestAnItemIsToldOnceAThreshold(t *testing.T) {
	for name, c := range map[string]struct {
		due      time.Time
		from, to time.Time
		want     string
	}{
		"a day before, four hours before and when it is overdue": {clock(17, 30), clock(8, 0), clock(19, 50),
			"ou_e1_chief 23T08 23T14 23T18, ou_e1_member 23T08 23T14 23T18"},
		"not before a day is left": {clock(9, 6, 1), clock(8, 0), clock(9, 0), ""},
		"overdue over the weekend: once on Monday, and the lead as it is a day late": {clock(12, 0, -2), clock(8, 0, -2), clock(19, 50),
			"ou_e1_chief 23T08, ou_e1_member 23T08, ou_lead 23T08"},
		"the lead once a day has passed": {clock(10, 0, -3).Add(20 * time.Hour), clock(8, 0), clock(19, 50),
			"ou_e1_chief 23T08, ou_e1_member 23T08, ou_lead 23T08"},
		"overdue at night: in the morning, the lead on the day after": {clock(21, 0), clock(19, 10), clock(19, 50, 2),
			"ou_e1_chief 24T08, ou_e1_member 24T08, ou_lead 25T08"},
		"overdue for longer than anybody wants to hear of": {clock(10, 0, -40), clock(8, 0), clock(19, 50), ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := hourly(t, records(short), item(c.due))
			w.tick(t, everyQuarter(c.from, c.to)...)
			if diff := cmp.Diff(c.want, w.told(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatWasToldIsNotToldAgainAfterARestart(t *testing.T) {
	w := hourly(t, records(short), item(clock(17, 30)))
	w.tick(t, clock(8, 0), clock(8, 10))
	again := w.replica(t)
	again.Schedule = w.Schedule
	again.tick(t, clock(9, 10), clock(9, 10), clock(10, 10))
	if added, err := again.Send(t.Context(), clock(11, 10), clock(11, 10)); err != nil || added != 0 {
		t.Errorf("%d added; %v", added, err)
	}
	if diff := cmp.Diff("ou_e1_chief 23T08, ou_e1_member 23T08", w.told(t)); diff != "" {
		t.Error(diff)
	}
}

func TestAfterHoursOfSilenceEverybodyGetsOneCard(t *testing.T) {
	w := hourly(t, records(short), item(clock(12, 0), "\nD2,E1,13800000002,2026-11-02 10:00,城市管理,2026-11-23 13:00,,有效"))
	w.tick(t, clock(9, 0), clock(13, 30))
	if diff := cmp.Diff("ou_e1_chief 23T13, ou_e1_member 23T13", w.told(t)); diff != "" {
		t.Error(diff)
	}
}

func TestWhoIsToldOfAnItem(t *testing.T) {
	const both = "ou_e1_chief ou_e1_member"
	for name, c := range map[string]struct {
		then sheets
		want string
	}{
		"who reported it and the chief": {sheets{}, both},
		"one card for a chief who reported it": {
			sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,处置时限\nD1,E1,13800000001,2026-11-02 10:00,城市管理,2026-11-23 12:00"},
			"ou_e1_chief"},
		"nobody once it is disposed of": {
			sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,处置时限,处置时间\nD1,E1,13800000002,2026-11-02 10:00,城市管理,2026-11-23 12:00,2026-11-23 09:00"}, ""},
		"nobody of a false one": {
			sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,处置时限,状态\nD1,E1,13800000002,2026-11-02 10:00,城市管理,2026-11-23 12:00,虚假"}, ""},
		"nobody where the grid is exempt": {
			sheets{sheet.Exemptions: "网格编号,开始,结束,原因\nE1,2026-11-23,2026-11-23,停电"}, ""},
		"not who is no longer on duty": {
			sheets{sheet.People: "姓名,手机号,角色,网格编号,open_id,在岗\n乙,13800000002,网格员,E1,ou_e1_member,否"}, "ou_e1_chief"},
	} {
		t.Run(name, func(t *testing.T) {
			w := hourly(t, records(short), item(clock(12, 0)), c.then)
			if diff := cmp.Diff(c.want, receivers(w.at(t, clock(10, 5)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestManyItemsAreCountedAndNotCutSilently(t *testing.T) {
	more := ""
	for i := range 40 {
		more += fmt.Sprintf("\nM%02d,E1,13800000001,2026-11-02 10:00,城市管理,2026-11-23 13:%02d,,有效", i, i)
	}
	w := hourly(t, records(short), item(clock(12, 0), more))
	due := w.at(t, clock(10, 5))
	taken(t, due[0])
	if said := texts(due[:1]); !strings.Contains(said, "还有 26 条") {
		t.Errorf("41 items are told as\n%s", said)
	}
	w.tick(t, clock(10, 0), clock(10, 10), clock(11, 4))
	if due := w.at(t, clock(11, 5)); len(due) > 0 {
		t.Errorf("told again: %s", texts(due))
	}
}

// emergency is an item of E1 of another category or kind, due at a moment.
func emergency(due time.Time, category, kind string) sheets {
	return sheets{sheet.Items: "事项编号,网格编号,手机号,上报时间,类别,小类,处置时限\n" +
		"D1,E1,13800000002,2026-11-02 10:00," + category + "," + kind + "," + due.In(calendar.Shanghai).Format("2006-01-02 15:04")}
}

func TestEmergenciesAreToldAtNightAndOnDaysOff(t *testing.T) {
	both := func(hours string) string { return "ou_e1_chief " + hours + ", ou_e1_member " + hours }
	night, weekend := clock(21, 30), clock(9, 30, -1) // Monday night, Sunday morning
	for name, c := range map[string]struct {
		item sheets
		from time.Time
		to   time.Time
		want string
	}{
		"overdue at night":                              {emergency(night, "公共安全", "燃气泄漏"), clock(19, 10), clock(7, 50, 1), both("23T20 23T22")},
		"four hours before, by day and at night":        {emergency(night, "公共安全", "燃气泄漏"), clock(17, 10), clock(7, 50, 1), both("23T18 23T22")},
		"on a day off, a day before and four hours too": {emergency(weekend, "公共安全", "燃气泄漏"), clock(8, 10, -2), clock(10, 50, -1), both("21T10 22T06 22T10")},
		"nobody is woken for what has a day left":       {emergency(clock(21, 30, 1), "公共安全", "燃气泄漏"), clock(21, 10), clock(8, 10, 1), both("24T08")},
		"a kind of its own in another category":         {emergency(night, "民生服务", "停水"), clock(19, 10), clock(7, 50, 1), both("23T20 23T22")},
		"another kind of that category waits":           {emergency(night, "民生服务", "供暖"), clock(19, 10), clock(8, 10, 1), both("24T08")},
		"another category waits for Monday":             {emergency(weekend, "城市管理", "燃气泄漏"), clock(10, 10, -2), clock(8, 15), both("23T08")},
	} {
		t.Run(name, func(t *testing.T) {
			w := hourly(t, c.item)
			w.Emergencies = []string{"公共安全", "民生服务/停水"}
			w.tick(t, everyHour(c.from, c.to)...)
			if got := w.told(t); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := w.planned(t); strings.Contains(got, "skipped") {
				t.Errorf("recorded: %s", got)
			}
		})
	}
}

func TestAfterANightOfSilenceAnEmergencyIsToldOnce(t *testing.T) {
	w := hourly(t, emergency(clock(21, 30), "公共安全", "燃气泄漏"))
	w.Emergencies = []string{"公共安全"}
	w.tick(t, append([]time.Time{clock(19, 10), clock(0, 50, 1)}, everyHour(clock(1, 10, 1), clock(8, 10, 1))...)...)
	if diff := cmp.Diff("ou_e1_chief 24T00, ou_e1_member 24T00", w.told(t)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("11-24 waiting 2", w.planned(t)); diff != "" {
		t.Error(diff)
	}
}

// everyHour lists moments from one to another.
func everyHour(from, to time.Time) []time.Time {
	var moments []time.Time
	for at := from; !at.After(to); at = at.Add(time.Hour) {
		moments = append(moments, at)
	}
	return moments
}
