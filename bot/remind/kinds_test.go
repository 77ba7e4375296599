package remind_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// wholeDay is every kind at its usual time.
func wholeDay() remind.Schedule {
	at := func(hour, minute int) remind.Rule {
		return remind.Rule{At: []time.Duration{time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute}}
	}
	rules := remind.Rules{
		remind.Morning: at(8, 20), remind.Escalation: at(8, 50), remind.Month: at(9, 10), remind.Result: at(9, 10),
		remind.Week: at(15, 40), remind.Evening: at(16, 40), remind.Period: at(16, 50),
	}
	var hours remind.Rule
	for hour := 8; hour < 20; hour++ {
		hours.At = append(hours.At, at(hour, 5).At...)
	}
	rules[remind.Overdue] = hours
	return remind.Schedule{Street: rules}
}

// busy is a street on which every kind of reminder has something to say: the
// centre has somebody, E1 and E2 have persons and a site to look after, and a
// special period begins on Thursday.
var busy = sheets{
	sheet.People: `姓名,手机号,角色,网格编号,社区,open_id,在岗
癸,13800000010,中心管理员,,,ou_admin,是`,
	sheet.Concerns: `对象编号,网格编号,姓名,类别,重点,档案
P1,E1,某甲,社区矫正人员,是,是
P2,E1,某乙,关爱对象,否,是
P3,E2,某丙,涉毒人员,否,是`,
	sheet.HazardSites:    "场所编号,网格编号,名称\nH1,E1,加油站",
	sheet.SpecialPeriods: "时段编号,名称,开始,结束\nT1,冬季安保,2026-11-26,2026-11-27",
	sheet.Readinesses:    "时段编号,网格编号,值班表,稳控方案,责任人\nT1,E1,是,是,是\nT1,E2,是,否,否",
	sheet.Collections:    "网格编号,户编号,采集时间,录入时间,完整\nE1,1,2026-11-05 10:00,2026-11-05 11:00,是",
}

// dated are items whose deadlines lie around the Monday.
var dated = sheets{sheet.Items: `事项编号,网格编号,手机号,上报时间,类别,处置时限,标题
D1,E1,13800000002,2026-11-19 10:00,城市管理,2026-11-23 18:00,路灯不亮
D2,E1,13800000002,2026-11-19 10:00,环境保护,2026-11-24 09:00,垃圾堆放
D3,E1,13800000001,2026-11-19 10:00,城市管理,2026-11-23 09:00,井盖松动
D4,E2,13800000004,2026-11-19 10:00,民生服务,2026-11-20 10:00,水管漏水
D5,E2,13800000004,2026-11-19 10:00,民生服务,2026-11-25 10:00,来得及`}

// onDay moves a Monday's records to another day.
func onDay(day calendar.Date, texts sheets) sheets {
	moved := sheets{}
	for name, text := range texts {
		text = strings.ReplaceAll(text, "2026-11-23", day.String())
		for _, id := range []string{"\nV", "\nS"} {
			text = strings.ReplaceAll(text, id, id+day.String())
		}
		moved[name] = text
	}
	return moved
}

// at lists what is due of a kind at a moment.
func (w *world) at(t testing.TB, moment time.Time, kinds ...remind.Kind) []remind.Reminder {
	t.Helper()
	due, err := w.Due(t.Context(), moment, kinds...)
	if err != nil {
		t.Fatal(err)
	}
	return due
}

// busyWorld is the busy street with more imported.
func busyWorld(t testing.TB, imports ...sheets) *world {
	t.Helper()
	w := newWorld(t, append([]sheets{busy}, imports...)...)
	w.Schedule = wholeDay()
	return w
}

// lastWeek are the working days before the Monday: all is done, but E2 is short
// on its last days, so many.
func lastWeek(short int) []sheets {
	var days []sheets
	for i := range 5 {
		day := monday - calendar.Date(7-i)
		grids := map[string]work{"E1": done, "E2": done, "E3": done, "W1": done}
		if i >= 5-short {
			grids["E2"] = work{chief: 2, member: 2, km: "1.2", reports: 1}
		}
		days = append(days, onDay(day, records(grids)))
	}
	return days
}

func TestEveryKindLooksAsAgreed(t *testing.T) {
	w := busyWorld(t, append(lastWeek(3), walked(t), records(short), dated)...)
	for kind, moment := range map[remind.Kind]time.Time{
		remind.Morning:    clock(8, 20),
		remind.Escalation: clock(8, 50),
		remind.Overdue:    clock(15, 5),
		remind.Month:      clock(9, 10, 1),
		remind.Result:     clock(9, 10, -19),
		remind.Week:       clock(15, 40, 3),
		remind.Period:     clock(16, 50),
	} {
		t.Run(string(kind), func(t *testing.T) {
			due := w.at(t, moment, kind)
			looks(t, "kind_"+string(kind), due)
			for _, r := range due {
				if r.Kind != kind {
					t.Errorf("%s is of the kind %s", r.Key, r.Kind)
				}
				if r.Receiver.Type == store.ToPerson {
					button(t, r, "mute")
				}
			}
		})
	}
}

func TestNoReminderNamesAPersonOfConcern(t *testing.T) {
	w := busyWorld(t, append(lastWeek(3), walked(t), records(short), dated)...)
	for _, moment := range []time.Time{clock(9, 10), clock(9, 10, 1), clock(15, 40, 3), clock(17, 0)} {
		said := texts(w.at(t, moment))
		for _, secret := range []string{"某甲", "某乙", "某丙", "P1", "P2", "P3", "加油站"} {
			if strings.Contains(said, secret) {
				t.Errorf("%s reads of %s", moment, secret)
			}
		}
	}
}

func TestTheDaysOfEachKind(t *testing.T) {
	w := busyWorld(t, walked(t), records(short))
	day := func(month time.Month, day int) calendar.Date { return calendar.NewDate(2026, month, day) }
	for name, c := range map[string]struct {
		kind     remind.Kind
		from, to calendar.Date
		want     string
	}{
		"the week's second last duty day":                 {remind.Week, day(11, 16), day(11, 29), "11-19 11-26"},
		"of a week with a working Sunday":                 {remind.Week, day(9, 14), day(9, 20), "09-18"},
		"of a week that begins with a holiday":            {remind.Week, day(10, 5), day(10, 11), "10-09"},
		"the month's last fifth and second duty day":      {remind.Month, day(11, 1), day(11, 30), "11-24 11-27"},
		"the third duty day":                              {remind.Result, day(11, 1), day(11, 30), "11-04"},
		"the third after the national holiday":            {remind.Result, day(10, 1), day(10, 31), "10-10"},
		"three days and one before a period, and its own": {remind.Period, day(11, 16), day(11, 30), "11-23 11-25 11-26 11-27"},
	} {
		t.Run(name, func(t *testing.T) {
			var days []string
			for d := c.from; d <= c.to; d++ {
				if len(w.at(t, d.Start().Add(17*time.Hour), c.kind))+len(w.at(t, d.Start().Add(10*time.Hour), c.kind)) > 0 {
					days = append(days, d.String()[5:])
				}
			}
			if got := strings.Join(days, " "); got != c.want {
				t.Errorf("on %s, want %s", got, c.want)
			}
		})
	}
}

func TestBeforeAPeriodOnADayOffTheDutyDayBeforeReminds(t *testing.T) {
	w := busyWorld(t, walked(t), records(short), sheets{
		sheet.SpecialPeriods: "时段编号,名称,开始,结束\nT2,国庆,2026-10-01,2026-10-08",
	})
	var days []string
	for d := calendar.NewDate(2026, time.September, 20); d <= calendar.NewDate(2026, time.October, 10); d++ {
		if len(w.at(t, d.Start().Add(17*time.Hour), remind.Period)) > 0 {
			days = append(days, d.String()[5:])
		}
	}
	if got, want := strings.Join(days, " "), "09-28 09-30 10-08"; got != want {
		t.Errorf("on %s, want %s", got, want)
	}
}

func TestOnTheFirstMorningOfAMonthTheDaysWorkIsKnown(t *testing.T) {
	w := busyWorld(t, walked(t), records(short)) // nothing of December has come
	said := texts(w.at(t, clock(8, 20, 8), remind.Morning))
	for _, want := range []string{"12月1日", "· 走访 4 条，其中网格长 2 条", "· 在网格里走 1 公里", "· 上报事项 4 条", "· 有 1 处隐患场所要看一遍"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}
