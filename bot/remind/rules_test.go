package remind_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/store"
)

// ruled is the evening by a rule of the street and one of the east.
func ruled(street, east remind.Rule) remind.Schedule {
	street.At = []time.Duration{16*time.Hour + 40*time.Minute}
	east.At = street.At
	return remind.Schedule{
		Street:      remind.Rules{remind.Evening: street},
		Communities: map[string]remind.Rules{"东社区": {remind.Evening: east}},
	}
}

func TestARuleSaysWhoIsTold(t *testing.T) {
	to := func(who ...remind.Audience) remind.Rule { return remind.Rule{To: who} }
	const chiefs, members = "ou_e2_chief ou_e3_chief", "ou_e2_member ou_e3_member"
	for name, c := range map[string]struct {
		street, east remind.Rule
		want         string
	}{
		"everybody, unless it says so":  {to(), to(), "oc_street oc_east ou_e2_chief ou_e2_member ou_e3_chief ou_e3_member"},
		"groups alone":                  {to(remind.Groups), to(remind.Groups), "oc_street oc_east"},
		"members alone":                 {to("网格员"), to("网格员"), members},
		"in a community others than in": {to(remind.Groups), to("网格长"), "oc_street " + chiefs},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, walked(t), records(short))
			w.Schedule = ruled(c.street, c.east)
			if diff := cmp.Diff(c.want, receivers(w.due(t, clock(16, 40)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestARuleSaysHowLateAReminderIsSent(t *testing.T) {
	late := func(d time.Duration) remind.Rule { return remind.Rule{Late: d} }
	for name, c := range map[string]struct {
		street, east remind.Rule
		up           time.Time // when the process is there again
		want         string
		until        time.Time // may go out
	}{
		"three hours, unless it says so": {late(0), late(0), clock(19, 40), "11-23 waiting 6", clock(20, 0)},
		"for an hour only":               {late(time.Hour), late(time.Hour), clock(17, 40), "11-23 waiting 6", clock(18, 40)},
		"not after it":                   {late(time.Hour), late(time.Hour), clock(17, 41), "11-23 skipped 1", time.Time{}},
		"in a community for longer":      {late(time.Hour), late(2 * time.Hour), clock(18, 30), "11-23 skipped 1, 11-23 waiting 5", clock(20, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, walked(t), records(short))
			w.Schedule = ruled(c.street, c.east)
			w.tick(t, clock(16, 30), c.up)
			if diff := cmp.Diff(c.want, w.planned(t)); diff != "" {
				t.Error(diff)
			}
			waiting, err := w.store.Deliveries(t.Context(), store.DeliveryFilter{State: store.DeliveryWaiting})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range waiting {
				if !d.Until.Equal(c.until) {
					t.Errorf("%s may go out until %s, want %s", d.Key, d.Until, c.until)
				}
			}
		})
	}
}
