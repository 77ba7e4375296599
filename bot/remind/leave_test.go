package remind_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

func TestWhoHasMutedAKindIsLeftInPeaceForTheDay(t *testing.T) {
	for name, c := range map[string]struct {
		kind     remind.Kind
		day      calendar.Date
		reminded bool
	}{
		"that kind today":               {remind.Evening, monday, false},
		"that kind on the day before":   {remind.Evening, monday - 1, true},
		"another kind today":            {remind.Morning, monday, true},
		"that kind, though of tomorrow": {remind.Evening, monday + 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, walked(t), records(short))
			if err := w.store.Mute(t.Context(), "13800000003", string(c.kind), c.day); err != nil {
				t.Fatal(err)
			}
			want := "oc_east oc_street ou_e2_member ou_e3_chief ou_e3_member"
			if c.reminded {
				want = "oc_east oc_street ou_e2_chief ou_e2_member ou_e3_chief ou_e3_member"
			}
			if diff := cmp.Diff(want, receivers(w.due(t, clock(16, 40)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestASilencedGridIsNeitherRemindedNorNamed(t *testing.T) {
	w := busyWorld(t, append(lastWeek(3), walked(t), records(short), dated)...)
	silence := store.Silence{GridID: "E2", Until: monday + 4, Reason: "道路施工", SetAt: clock(8, 0)}
	if err := w.store.Silence(t.Context(), silence); err != nil {
		t.Fatal(err)
	}
	for kind, moment := range map[remind.Kind]time.Time{
		remind.Morning: clock(8, 20), remind.Escalation: clock(8, 50), remind.Overdue: clock(15, 5), remind.Month: clock(9, 10, 1),
		remind.Week: clock(15, 40, 3), remind.Evening: clock(16, 40), remind.Period: clock(16, 50),
	} {
		said := texts(w.at(t, moment, kind))
		if strings.Contains(said, "二号网格") || strings.Contains(said, "ou_e2") {
			t.Errorf("%s:\n%s", kind, said)
		}
	}
	if err := w.store.LiftSilence(t.Context(), "E2"); err != nil {
		t.Fatal(err)
	}
	if got := receivers(w.at(t, clock(16, 40), remind.Evening)); !strings.Contains(got, "ou_e2_chief") {
		t.Errorf("after it was lifted: %s", got)
	}
}

func TestASilenceEnds(t *testing.T) {
	w := newWorld(t, walked(t), records(short))
	if err := w.store.Silence(t.Context(), store.Silence{GridID: "E2", Until: monday - 1, Reason: "道路施工", SetAt: clock(8, 0, -5)}); err != nil {
		t.Fatal(err)
	}
	if got := receivers(w.due(t, clock(16, 40))); !strings.Contains(got, "ou_e2_chief") {
		t.Errorf("on the day after its last: %s", got)
	}
}

func TestACommunityHasItsOwnTimes(t *testing.T) {
	own := func(times ...time.Duration) remind.Schedule {
		s := evenings(16*time.Hour + 40*time.Minute)
		s.Communities = map[string]remind.Rules{"东社区": {remind.Evening: {At: times}}}
		return s
	}
	const (
		east   = "oc_east ou_e2_chief ou_e2_member ou_e3_chief ou_e3_member"
		street = "oc_street ?" // and the west, whose member is not bound
	)
	for name, c := range map[string]struct {
		schedule                remind.Schedule
		at1640, at1720, planned string
	}{
		"later than the street's": {own(17*time.Hour + 20*time.Minute), street, street + " " + east, "11-23 waiting 6, 11-23 failed 1"},
		"switched off":            {own(), street, street, "11-23 waiting 1, 11-23 failed 1"},
		"at the street's time":    {own(16*time.Hour + 40*time.Minute), street + " " + east, street + " " + east, "11-23 waiting 6, 11-23 failed 1"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, walked(t), records(map[string]work{"E1": done, "E2": {}, "E3": {}, "W1": {}}))
			w.Schedule = c.schedule
			got := map[string]string{"16:40": receivers(w.due(t, clock(16, 40))), "17:20": receivers(w.due(t, clock(17, 20)))}
			if diff := cmp.Diff(map[string]string{"16:40": c.at1640, "17:20": c.at1720}, got); diff != "" {
				t.Error(diff)
			}
			w.tick(t, everyMinute(clock(16, 38), clock(17, 22))...)
			if diff := cmp.Diff(c.planned, w.planned(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAGridThatIsShortForDaysIsToldToItsLeadOnce(t *testing.T) {
	tuesday := onDay(monday, records(short)) // E2 is short on the Monday, too
	for name, c := range map[string]struct {
		imports []sheets
		ticks   []time.Time
		want    string
	}{
		"not after two days": {lastWeek(2), []time.Time{clock(8, 40), clock(9, 0)}, ""},
		"after three days":   {lastWeek(3), []time.Time{clock(8, 40), clock(9, 0)}, "11-23 waiting 1"},
		"once, though the run goes on": {append(lastWeek(3), tuesday),
			[]time.Time{clock(8, 40), clock(9, 0), clock(9, 0, 1), clock(9, 0, 2)}, "11-23 waiting 1"},
		"not on a day off": {lastWeek(3), []time.Time{clock(8, 40, -2), clock(9, 0, -1)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, append(c.imports, walked(t))...)
			w.Schedule = remind.Schedule{Street: remind.Rules{remind.Escalation: wholeDay().Street[remind.Escalation]}}
			w.tick(t, c.ticks...)
			if diff := cmp.Diff(c.want, w.planned(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsNotDecidedMakesNoRunOfShortDays(t *testing.T) {
	w := newWorld(t, append(lastWeek(2), walked(t), records(short))...)
	w.Schedule = wholeDay()
	// On Tuesday morning the Monday is not complete yet: two short days are decided.
	if due := w.at(t, clock(8, 50, 1), remind.Escalation); len(due) > 0 {
		t.Errorf("%s", texts(due))
	}
}
