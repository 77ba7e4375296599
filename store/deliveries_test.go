package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

var today = calendar.DateOf(noon)

// morning is the delivery that the tests plan.
func morning(key string) store.Delivery {
	return store.Delivery{
		Key: key, Day: today, Kind: "morning", ReceiverType: store.ToPerson, Receiver: "ou_1", Title: "今天要做的事",
		Card: json.RawMessage(`{"a": 1}`), UUID: "uuid-" + key, PlannedAt: noon,
	}
}

func plan(t testing.TB, s *store.Store, d store.Delivery) (isNew bool) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx pgx.Tx) (err error) {
		isNew, err = s.PlanDelivery(ctx, tx, d)
		return err
	})
	return isNew
}

func TestADeliveryIsPlannedOnce(t *testing.T) {
	s := open(t)
	if !plan(t, s, morning("k")) {
		t.Error("the first is not new")
	}
	other := morning("k")
	other.Title = "别的"
	if plan(t, s, other) {
		t.Error("the second is new")
	}
	want := morning("k")
	want.State, want.Until = store.DeliveryWaiting, noon.Add(3*time.Hour)
	got, err := s.Delivery(t.Context(), "k", today)
	if diff := cmp.Diff(want, got, cmp.Comparer(time.Time.Equal)); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	tomorrow := morning("k")
	tomorrow.Day++
	if !plan(t, s, tomorrow) {
		t.Error("the same key on another day is not new")
	}
}

func TestOfManyWhoPlanTheSameDeliveryAtOnceOneIsNew(t *testing.T) {
	s := open(t)
	news := make([]bool, 8)
	var planners errgroup.Group
	for i := range news {
		planners.Go(func() error {
			return pgx.BeginFunc(t.Context(), s.Pool(), func(tx pgx.Tx) (err error) {
				news[i], err = s.PlanDelivery(t.Context(), tx, morning("k"))
				return err
			})
		})
	}
	if err := planners.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := trues(news); n != 1 {
		t.Errorf("%d are new", n)
	}
}

func trues(all []bool) (n int) {
	for _, yes := range all {
		if yes {
			n++
		}
	}
	return n
}

func TestADeliveryMayGoOutUntilTheMomentItSays(t *testing.T) {
	s := open(t)
	d := morning("k")
	d.Until = noon.Add(time.Hour)
	plan(t, s, d)
	if got, err := s.Delivery(t.Context(), "k", today); err != nil || !got.Until.Equal(d.Until) {
		t.Errorf("until %s, %v", got.Until, err)
	}
}

func TestAPlanThatIsRolledBackLeavesNoDelivery(t *testing.T) {
	s := open(t)
	broken := errors.New("the job could not be inserted")
	err := pgx.BeginFunc(t.Context(), s.Pool(), func(tx pgx.Tx) error {
		if _, err := s.PlanDelivery(t.Context(), tx, morning("k")); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if _, err := s.Delivery(t.Context(), "k", today); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestADeliveryForAMonthWithoutATableFindsItsPlace(t *testing.T) {
	s := open(t)
	d := morning("k")
	d.Day = calendar.NewDate(2031, time.May, 31)
	plan(t, s, d)
	if _, err := s.Delivery(t.Context(), "k", d.Day); err != nil {
		t.Error(err)
	}
}

func TestADeliveryIsTriedUntilItIsFinishedAndKeepsItsFirstOutcome(t *testing.T) {
	s := open(t)
	plan(t, s, morning("k"))
	for i := range 2 {
		if err := s.TryDelivery(t.Context(), "k", today, noon.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	for _, outcome := range []store.Outcome{
		{State: store.DeliverySent, At: noon.Add(time.Hour), MessageID: "om_1"},
		{State: store.DeliveryFailed, At: noon.Add(2 * time.Hour), Code: 230002, Reason: "不在群里"},
	} {
		if err := s.FinishDelivery(t.Context(), "k", today, outcome); err != nil {
			t.Fatal(err)
		}
	}
	finished := noon.Add(time.Hour)
	want := morning("k")
	want.State, want.Tries, want.FirstTryAt, want.FinishedAt, want.MessageID = store.DeliverySent, 2, &noon, &finished, "om_1"
	want.Until = noon.Add(3 * time.Hour)
	got, err := s.Delivery(t.Context(), "k", today)
	if got.TriedFor <= 0 || got.TriedFor > time.Minute {
		t.Errorf("tried %s ago by the database's clock, whatever ours says", got.TriedFor)
	}
	got.TriedFor = 0
	if diff := cmp.Diff(want, got, cmp.Comparer(time.Time.Equal)); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	if err := s.TryDelivery(t.Context(), "k", today, noon); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("trying what is sent: %v", err)
	}
}

func TestAFailedDeliverySaysWhy(t *testing.T) {
	s := open(t)
	plan(t, s, morning("k"))
	err := s.FinishDelivery(t.Context(), "k", today, store.Outcome{State: store.DeliveryFailed, At: noon, Code: 230002, Reason: "不在群里"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Delivery(t.Context(), "k", today)
	if err != nil || got.State != store.DeliveryFailed || got.Code != 230002 || got.Reason != "不在群里" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestDeliveriesAreChosen(t *testing.T) {
	s := open(t)
	for i, key := range []string{"c", "b", "a"} {
		d := morning(key)
		d.Day += calendar.Date(i % 2)
		if key == "a" {
			d.Kind, d.State, d.FinishedAt, d.Reason = "evening", store.DeliverySkipped, &noon, "太晚了"
		}
		plan(t, s, d)
	}
	for name, c := range map[string]struct {
		filter store.DeliveryFilter
		want   string
	}{
		"all, by day and by when they were planned": {store.DeliveryFilter{}, "acb"},
		"from a day on": {store.DeliveryFilter{First: today + 1}, "b"},
		"up to a day":   {store.DeliveryFilter{Last: today}, "ac"},
		"of a kind":     {store.DeliveryFilter{Kind: "morning"}, "cb"},
		"in a state":    {store.DeliveryFilter{State: store.DeliverySkipped}, "a"},
		"none":          {store.DeliveryFilter{First: today + 2}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			all, err := s.Deliveries(t.Context(), c.filter)
			if err != nil {
				t.Fatal(err)
			}
			keys := ""
			for _, d := range all {
				keys += d.Key
			}
			if keys != c.want {
				t.Errorf("got %q, want %q", keys, c.want)
			}
		})
	}
}

func TestDeliveriesOfADayAreCounted(t *testing.T) {
	s := open(t)
	for _, key := range []string{"a", "b", "c"} {
		plan(t, s, morning(key))
	}
	if err := s.FinishDelivery(t.Context(), "c", today, store.Outcome{State: store.DeliverySent, At: noon}); err != nil {
		t.Fatal(err)
	}
	tomorrow := morning("a")
	tomorrow.Day++
	plan(t, s, tomorrow)
	got, err := s.DeliveryCounts(t.Context(), today)
	want := []store.Count{{Kind: "morning", State: store.DeliverySent, N: 1}, {Kind: "morning", State: store.DeliveryWaiting, N: 2}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}
