package undelivered

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	pgtest.Stop()
	os.Exit(code)
}

var monday = calendar.NewDate(2026, time.November, 23)

func clock(day calendar.Date, hour, minute int) time.Time {
	return day.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// queue only records what is planned.
type queue struct{ *store.Store }

func (q queue) Plan(ctx context.Context, tx pgx.Tx, d store.Delivery) (bool, error) {
	return q.PlanDelivery(ctx, tx, d)
}

type centre struct {
	t     *testing.T
	store *store.Store
}

// newCentre is a street whose records reach the Friday before, with one
// administrator who is bound and one who is not.
func newCentre(t *testing.T) *centre {
	s, err := store.Open(t.Context(), pgtest.Database(t, store.Migrate), store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	c := &centre{t, s}
	c.exec(`insert into people (mobile, name, role, open_id) values
		('13800000001', '中心一', '中心管理员', 'ou_admin'), ('13800000002', '中心二', '中心管理员', null),
		('13800000003', '街道', '街道领导', 'ou_leader')`)
	for _, name := range []string{"走访", "里程", "事项"} {
		c.exec(`insert into declared_through (sheet, day) values ($1, '2026-11-20')`, name)
	}
	return c
}

func (c *centre) exec(sql string, args ...any) {
	c.t.Helper()
	if _, err := c.store.Pool().Exec(c.t.Context(), sql, args...); err != nil {
		c.t.Fatal(err)
	}
}

// process is one of the replicas.
func (c *centre) process() *Report {
	return &Report{
		Records: c.store, Queue: queue{c.store}, Workdays: calendar.Mainland(),
		At: []time.Duration{9*time.Hour + 20*time.Minute},
	}
}

func (c *centre) tick(r *Report, at time.Time) {
	c.t.Helper()
	if err := r.Tick(c.t.Context(), at); err != nil {
		c.t.Fatal(err)
	}
}

// failed is a reminder that could not be delivered at a moment.
func (c *centre) failed(receiverType, receiver string, code int, reason string, at time.Time) {
	c.t.Helper()
	day := calendar.DateOf(at)
	err := pgx.BeginFunc(c.t.Context(), c.store.Pool(), func(tx pgx.Tx) error {
		_, err := c.store.PlanDelivery(c.t.Context(), tx, store.Delivery{
			Key: fmt.Sprintf("evening:%s:%s", receiver, reason), Day: day, Kind: "evening", ReceiverType: receiverType,
			Receiver: receiver, Title: "今天还差一点", Card: []byte("{}"), PlannedAt: at,
		})
		return err
	})
	if err == nil {
		err = c.store.FinishDelivery(c.t.Context(), fmt.Sprintf("evening:%s:%s", receiver, reason), day,
			store.Outcome{State: store.DeliveryFailed, At: at, Code: code, Reason: reason})
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// reports are the cards that were planned so far.
func (c *centre) reports() (cards []string) {
	c.t.Helper()
	all, err := c.store.Deliveries(c.t.Context(), store.DeliveryFilter{Kind: Kind})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, d := range all {
		if d.Receiver != "ou_admin" {
			c.t.Errorf("a report for %s", d.Receiver)
		}
		cards = append(cards, string(d.Card))
	}
	return cards
}

func TestTheCentreIsToldOnceADayWhatCouldNotBeDelivered(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	c.failed(store.ToPerson, "ou_1", 230013, "不在应用的可用范围，或已离职", clock(monday-1, 16, 40))
	c.failed(store.ToPerson, "ou_2", 230013, "不在应用的可用范围，或已离职", clock(monday-1, 16, 40))
	c.failed(store.ToChat, "oc_1", 230002, "机器人不在群里", clock(monday, 8, 20))
	first, second := c.process(), c.process()
	c.tick(first, clock(monday, 9, 19))
	if n := len(c.reports()); n != 0 {
		t.Fatalf("%d reports before 09:20", n)
	}
	c.tick(first, clock(monday, 9, 20))
	c.tick(first, clock(monday, 9, 21))
	c.tick(second, clock(monday, 9, 22))
	cards := c.reports()
	if len(cards) != 1 {
		t.Fatalf("%d reports, want 1", len(cards))
	}
	for _, words := range []string{"不在应用的可用范围，或已离职", "2 人", "可用范围", "机器人不在群里", "1 个群", "重新拉进群", "11月22日 09:20"} {
		if !strings.Contains(cards[0], words) {
			t.Errorf("the report lacks %q: %s", words, cards[0])
		}
	}
}

func TestTheNextReportGoesOnWhereTheLastEnded(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	r := c.process()
	c.failed(store.ToChat, "oc_1", 230002, "机器人不在群里", clock(monday, 8, 20))
	c.tick(r, clock(monday, 9, 20))
	c.failed(store.ToPerson, "ou_1", 230053, "本人关闭了机器人的消息", clock(monday, 16, 40))
	for _, sheet := range []string{"走访", "里程", "事项"} {
		c.exec(`update declared_through set day = '2026-11-23' where sheet = $1`, sheet)
	}
	c.tick(r, clock(monday+1, 10, 5)) // it was down at 09:20
	c.tick(r, clock(monday+2, 9, 20)) // late data alone
	cards := c.reports()
	if len(cards) != 3 {
		t.Fatalf("%d reports, want 3", len(cards))
	}
	if strings.Contains(cards[1], "机器人不在群里") || !strings.Contains(cards[1], "本人关闭了机器人的消息") {
		t.Errorf("the second report: %s", cards[1])
	}
	if !strings.Contains(cards[2], "数据来晚了") || !strings.Contains(cards[2], "11月23日") {
		t.Errorf("the third report: %s", cards[2])
	}
}

func TestWhenThereIsNoReport(t *testing.T) {
	for name, c := range map[string]struct {
		at   time.Time
		fail bool
	}{
		"nothing failed and no data are late": {clock(monday, 9, 20), false},
		"a day off":                           {clock(monday-1, 9, 20), true},
		"at night":                            {clock(monday, 20, 0), true},
		"a year whose workdays are not known": {clock(calendar.NewDate(2090, time.March, 1), 9, 20), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			centre := newCentre(t)
			if c.fail {
				centre.failed(store.ToChat, "oc_1", 230002, "机器人不在群里", c.at.Add(-time.Hour))
			}
			centre.tick(centre.process(), c.at)
			if n := len(centre.reports()); n != 0 {
				t.Errorf("%d reports", n)
			}
		})
	}
}

func TestTheReportsTimeIsTheStreets(t *testing.T) {
	t.Parallel()
	c := newCentre(t)
	c.failed(store.ToChat, "oc_1", 230002, "机器人不在群里", clock(monday, 8, 20))
	off, late := c.process(), c.process()
	off.At, late.At = nil, []time.Duration{10*time.Hour + 40*time.Minute}
	c.tick(off, clock(monday, 12, 0))
	c.tick(late, clock(monday, 10, 39))
	if n := len(c.reports()); n != 0 {
		t.Errorf("%d reports too early", n)
	}
	c.tick(late, clock(monday, 10, 40))
	if n := len(c.reports()); n != 1 {
		t.Errorf("%d reports at its time", n)
	}
}

func TestTheReportsWordsAreTheStreets(t *testing.T) {
	t.Parallel()
	words, err := remind.ReadWords(strings.NewReader("undelivered.title: 送不到的\nundelivered.todo.230002: 找小王\n"), "words.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := newCentre(t)
	c.failed(store.ToChat, "oc_1", 230002, "机器人不在群里", clock(monday, 8, 20))
	r := c.process()
	r.Words = words
	c.tick(r, clock(monday, 9, 20))
	if cards := c.reports(); len(cards) != 1 || !strings.Contains(cards[0], "送不到的") || !strings.Contains(cards[0], "找小王") {
		t.Errorf("the report: %v", cards)
	}
}

func TestEveryReasonHasSomethingToDo(t *testing.T) {
	for name, c := range map[string]struct {
		failure store.Undelivered
		want    string
	}{
		"never bound":         {store.Undelivered{Reason: remind.ReasonUnbound}, "请本人给机器人发一条消息"},
		"too late":            {store.Undelivered{Reason: "过了该发出的时候还没能发出，不再发送"}, "不用处理"},
		"an id nobody knows":  {store.Undelivered{Code: 99992351}, "找不到这个人或群"},
		"a code of its own":   {store.Undelivered{Code: 230053}, "关闭了机器人的消息"},
		"a code nobody knows": {store.Undelivered{Code: 4711}, "gridbot doctor"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := new(Report).todo(c.failure); !strings.Contains(got, c.want) {
				t.Errorf("%q, want … %q …", got, c.want)
			}
		})
	}
}
