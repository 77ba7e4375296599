package remind_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
	"github.com/nanxiashu/gridbot/store/sheet"
)

func TestMain(m *testing.M) { defer pgtest.Stop(); m.Run() }

// monday is the day of every test, 11月23日, unless it says otherwise.
var monday = calendar.NewDate(2026, time.November, 23)

// clock is a time of that Monday, or of the day so many days later.
func clock(hour, minute int, daysLater ...int) time.Time {
	day := monday
	for _, n := range daysLater {
		day += calendar.Date(n)
	}
	return day.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// sheets are the CSV texts of an import, by sheet.
type sheets map[sheet.Name]string

// street has two communities. In the east a grid has a chief and a member each;
// the chief of E3 also has W1, whose member is not bound, and Old is not on duty.
var street = sheets{
	sheet.Grids: `网格编号,网格名称,社区,总户数
E1,一号网格,东社区,300
E2,二号网格,东社区,280
E3,三号网格,东社区,260
W1,一号网格,西社区,240`,
	sheet.People: `姓名,手机号,角色,网格编号,社区,open_id,在岗
甲,13800000001,网格长,E1,,ou_e1_chief,是
乙,13800000002,网格员,E1,,ou_e1_member,是
丙,13800000003,网格长,E2,,ou_e2_chief,是
丁,13800000004,网格员,E2,,ou_e2_member,是
戊,13800000005,网格长,E3、W1,,ou_e3_chief,是
己,13800000006,网格员,E3,,ou_e3_member,是
庚,13800000007,网格员,W1,,,是
辛,13800000008,社区负责人,,东社区,ou_lead,是
壬,13800000009,网格员,E3,,ou_old,否`,
}

// work is what was recorded of a grid on the Monday.
type work struct {
	chief, member int    // visits
	km            string // "" = none recorded
	reports       int
}

var done = work{2, 2, "1.2", 4}

// workers are a grid's chief and member.
var workers = map[string][2]string{
	"E1": {"13800000001", "13800000002"}, "E2": {"13800000003", "13800000004"},
	"E3": {"13800000005", "13800000006"}, "W1": {"13800000005", "13800000007"},
}

// records are the sheets of a day's work, as recorded up to 16:10.
func records(grids map[string]work) sheets {
	visits := "记录编号,网格编号,手机号,走访时间,图片数"
	patrols := "网格编号,手机号,日期,公里数"
	items := "事项编号,网格编号,手机号,上报时间,类别,处置时限"
	for grid, w := range grids {
		for i := range w.chief + w.member {
			who := workers[grid][0]
			if i >= w.chief {
				who = workers[grid][1]
			}
			visits += fmt.Sprintf("\nV%s%d,%s,%s,2026-11-23 16:%02d,1", grid, i, grid, who, 10-i)
		}
		if w.km != "" {
			patrols += fmt.Sprintf("\n%s,%s,2026-11-23,%s", grid, workers[grid][0], w.km)
		}
		for i := range w.reports {
			items += fmt.Sprintf("\nS%s%d,%s,%s,2026-11-23 15:%02d,城市管理,2026-11-30 12:00", grid, i, grid, workers[grid][0], 50-i)
		}
	}
	return sheets{sheet.Visits: visits, sheet.Patrols: patrols, sheet.Items: items}
}

// walked is enough kilometres for every grid on the duty days up to Friday, so
// that none has been charged for them yet this month.
func walked(t testing.TB) sheets {
	t.Helper()
	days, err := calendar.Mainland().DutyDays(calendar.NewDate(2026, time.October, 26), monday-1)
	if err != nil {
		t.Fatal(err)
	}
	text := "网格编号,手机号,日期,公里数"
	for _, day := range days {
		for grid, who := range workers {
			text += fmt.Sprintf("\n%s,%s,%s,2", grid, who[0], day)
		}
	}
	return sheets{sheet.Patrols: text}
}

// evenings is a schedule of the evening alone, at a time of day.
func evenings(at time.Duration) remind.Schedule {
	return remind.Schedule{Street: remind.Rules{remind.Evening: {At: []time.Duration{at}}}}
}

// world is a street with its database and a planner whose queue only records.
type world struct {
	*remind.Planner
	store *store.Store
}

// newWorld settles the street, with a group for the east and one for the whole.
func newWorld(t testing.TB, imports ...sheets) *world {
	t.Helper()
	return worldWith(t, store.Options{Workdays: calendar.Mainland()}, imports...)
}

func worldWith(t testing.TB, options store.Options, imports ...sheets) *world {
	t.Helper()
	w := plannerOn(t, pgtest.Database(t, store.Migrate), options)
	w.take(t, street)
	for _, texts := range imports {
		w.take(t, texts)
	}
	w.bind(t, "oc_east", "东社区")
	w.bind(t, "oc_street", "")
	return w
}

// plannerOn is one process on a database.
func plannerOn(t testing.TB, databaseURL string, options store.Options) *world {
	t.Helper()
	options.Keys = sealtest.Ring()
	s, err := store.Open(t.Context(), databaseURL, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &world{store: s, Planner: &remind.Planner{
		Records: s, Results: judged{s, scoring.Default()}, Queue: ledger{s, new([]string)},
		Workdays: options.Workdays.(*calendar.Workdays), EveryDay: options.EveryDay,
		Schedule: evenings(16*time.Hour + 40*time.Minute), Rules: scoring.Default(),
	}}
}

// replica is another process on the same database.
func (w *world) replica(t testing.TB) *world {
	t.Helper()
	return plannerOn(t, w.store.Pool().Config().ConnString(), store.Options{Workdays: w.Workdays, EveryDay: w.EveryDay})
}

func (w *world) bind(t testing.TB, chat, community string) {
	t.Helper()
	group := store.Group{ChatID: chat, Community: community, BoundBy: "ou_lead", BoundAt: clock(9, 0)}
	if err := w.store.BindGroup(t.Context(), group); err != nil {
		t.Fatal(err)
	}
}

// take imports sheets as they come in on the Monday at 16:30.
func (w *world) take(t testing.TB, texts sheets, through ...store.ImportOptions) {
	t.Helper()
	if len(texts) == 0 {
		return
	}
	options := store.ImportOptions{Now: clock(16, 30)}
	for _, o := range through {
		options.Through = o.Through
	}
	dir := t.TempDir()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, string(name)+".csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book, err := sheet.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	report, err := w.store.Import(t.Context(), book, options)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Sheets {
		if r.Refused() {
			t.Fatalf("%s: %+v", r.Sheet, r.Bad.Cells)
		}
	}
}

// due lists the reminders of the moment.
func (w *world) due(t testing.TB, at time.Time) []remind.Reminder {
	t.Helper()
	due, err := w.Due(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	return due
}

// receivers lists who is reminded, in order: chats and open_ids, "?" for somebody
// who is not bound.
func receivers(reminders []remind.Reminder) string {
	var list []string
	for _, r := range reminders {
		id := r.Receiver.ID
		if id == "" {
			id = "?"
		}
		list = append(list, id)
	}
	return strings.Join(list, " ")
}

// judged are the results of what is stored.
type judged struct {
	*store.Store
	rules *scoring.Rulebook
}

func (j judged) All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error) {
	facts, err := j.Facts(ctx, store.FactsQuery{Month: month, At: now})
	if err != nil {
		return nil, err
	}
	results := make([]*scoring.Result, len(facts))
	for i, f := range facts {
		if results[i], err = scoring.Evaluate(j.rules, f); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// ledger is a queue without jobs: deliveries are recorded and nobody sends them.
type ledger struct {
	*store.Store
	revised *[]string // the cards that took the place of others: key and text
}

func (l ledger) Plan(ctx context.Context, tx pgx.Tx, d store.Delivery) (bool, error) {
	return l.PlanDelivery(ctx, tx, d)
}

func (l ledger) Revise(_ context.Context, _ pgx.Tx, key string, _ calendar.Date, card json.RawMessage) error {
	*l.revised = append(*l.revised, key+" "+string(card))
	return nil
}
