package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// previewed is the sample street with a group for each community, one grid that
// is silenced, one that is exempt, and somebody who has had enough for today.
func previewed(t *testing.T) (*Assistant, *store.Store) {
	t.Helper()
	records := sampleStreet(t)
	for chat, community := range map[string]string{"oc_yunxi": "云溪社区", "oc_wutong": "梧桐社区"} {
		if err := records.BindGroup(t.Context(), store.Group{ChatID: chat, Community: community, BoundBy: "ou_1", BoundAt: now}); err != nil {
			t.Fatal(err)
		}
	}
	if err := records.Silence(t.Context(), store.Silence{GridID: "NXS-08", Until: day("2026-11-30"), Reason: "道路施工", SetAt: now}); err != nil {
		t.Fatal(err)
	}
	importSheets(t, records, sheets{"豁免": "网格编号,开始,结束,原因\nNXS-05,2026-11-23,2026-11-23,停电"}, store.ImportOptions{Now: now})
	if err := records.Mute(t.Context(), personOf(t, records, worker).Mobile, "evening", day("2026-11-23")); err != nil {
		t.Fatal(err)
	}
	a := assistantOn(t, records)
	a.Reminders = &remind.Planner{Records: records, Results: a.Scores, Rules: a.Rules, Workdays: calendar.Mainland(), Schedule: usualDay()}
	return a, records
}

// usualDay is every kind at its usual time.
func usualDay() remind.Schedule {
	at := func(hour, minute int) remind.Rule {
		return remind.Rule{At: []time.Duration{time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute}}
	}
	hours := at(8, 5)
	for hour := 9; hour < 20; hour++ {
		hours.At = append(hours.At, at(hour, 5).At...)
	}
	return remind.Schedule{Street: remind.Rules{
		remind.Morning: at(8, 20), remind.Escalation: at(8, 50), remind.Month: at(9, 10), remind.Result: at(9, 10),
		remind.Week: at(15, 40), remind.Evening: at(16, 40), remind.Period: at(16, 50), remind.Overdue: hours,
	}}
}

// asked is what somebody is answered to a text in private, or shown on a button.
func previewOf(t *testing.T, a *Assistant, who store.Person, group bool, kind remind.Kind, page int) card.Card {
	t.Helper()
	q, err := a.asking(t.Context(), who, group, now)
	if err != nil {
		t.Fatal(err)
	}
	q.Question, q.sample, q.page, q.turner = ask.Question{Meaning: ask.Unknown, Topic: topicPreview}, kind, page, "ou_asker"
	answered, err := a.answer(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return answered
}

func TestThePreviewLooksAsAgreed(t *testing.T) {
	a, records := previewed(t)
	for name, c := range map[string]struct {
		who   string
		group bool
		kind  remind.Kind
		page  int
	}{
		"preview":                {admin, false, "", 0},
		"preview_of_a_group":     {admin, false, remind.Evening, 1},
		"preview_of_a_person":    {admin, false, remind.Evening, 2},
		"preview_of_what_is_not": {admin, false, remind.Morning, 0},
		"preview_in_a_group":     {admin, true, "", 0},
		"preview_for_a_worker":   {worker, false, remind.Evening, 0},
		"preview_for_a_leader":   {leader, false, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			goldenCard(t, name, previewOf(t, a, personOf(t, records, c.who), c.group, c.kind, c.page))
		})
	}
}

func TestAPreviewSendsAndRecordsNothing(t *testing.T) {
	a, records := previewed(t)
	for page := range 3 {
		previewOf(t, a, personOf(t, records, admin), false, remind.Overdue, page)
	}
	previewOf(t, a, personOf(t, records, admin), false, "", 0)
	deliveries, err := records.Deliveries(t.Context(), store.DeliveryFilter{})
	if err != nil || len(deliveries) != 0 {
		t.Errorf("%d deliveries, %v", len(deliveries), err)
	}
	var told int
	if err := records.Pool().QueryRow(t.Context(), `select count(*) from told`).Scan(&told); err != nil || told != 0 {
		t.Errorf("%d told, %v", told, err)
	}
}

func TestTheCentreTypesForAPreview(t *testing.T) {
	a, records := previewed(t)
	for _, text := range []string{"预览今天的提醒", "今天会发哪些提醒", "提醒预览"} {
		answered, err := a.Answer(t.Context(), personOf(t, records, admin), false, text, now)
		if err != nil || answered.Title != "今天的提醒" {
			t.Errorf("%s: %s, %v", text, answered.Title, err)
		}
	}
}

func TestAPreviewsButtonIsJudgedByWhoPresses(t *testing.T) {
	a, records := previewed(t)
	for name, openID := range map[string]string{admin: "ou_p_admin", worker: "ou_p_worker"} {
		if err := records.Bind(t.Context(), personOf(t, records, name).Mobile, openID); err != nil {
			t.Fatal(err)
		}
	}
	value := action{Do: doPreview, Kind: "evening", Turn: "ou_p_admin"}.value()
	own, err := a.Press(t.Context(), Press{OpenID: "ou_p_admin", ChatID: "oc_p2p", Value: value}, now)
	if err != nil || own.Card == nil || !strings.HasPrefix(own.Card.Title, "预览：") {
		t.Errorf("the centre's own card: %+v, %v", own, err)
	}
	others, err := a.Press(t.Context(), Press{OpenID: "ou_p_worker", ChatID: "oc_p2p", Value: value}, now)
	if err != nil || others.Private == nil || others.Private.Title != "提醒预览" {
		t.Errorf("somebody else: %+v, %v", others, err)
	}
	forged := action{Do: doPreview, Kind: "wages"}.value()
	if got, err := a.Press(t.Context(), Press{OpenID: "ou_p_admin", Value: forged}, now); err != nil || got != outdated() {
		t.Errorf("forged: %+v, %v", got, err)
	}
}

// slowReminders take until they are let go.
type slowReminders struct {
	Reminders
	letGo chan struct{}
}

func (s slowReminders) Preview(ctx context.Context, now time.Time) (remind.Preview, error) {
	<-s.letGo
	return s.Reminders.Preview(ctx, now)
}

func TestAPressDoesNotWaitForAPreviewThatTakesLong(t *testing.T) {
	a, records := previewed(t)
	if err := records.Bind(t.Context(), personOf(t, records, admin).Mobile, "ou_p_admin"); err != nil {
		t.Fatal(err)
	}
	slow := slowReminders{a.Reminders, make(chan struct{})}
	a.Reminders, a.previews.patience = slow, time.Millisecond
	press := Press{OpenID: "ou_p_admin", Value: action{Do: doPreview, Kind: "evening", Turn: "ou_p_admin"}.value()}
	got, err := a.Press(t.Context(), press, now)
	if want := (PressAnswer{Toast: "正在按现在的记录整理，过几秒再点一次就好", ToastKind: ToastInfo}); err != nil || got != want {
		t.Errorf("while it is made: %+v, %v", got, err)
	}
	close(slow.letGo)
	a.previews.patience = time.Minute
	got, err = a.Press(t.Context(), press, now)
	if err != nil || got.Card == nil || !strings.HasPrefix(got.Card.Title, "预览：") {
		t.Errorf("once it is made: %+v, %v", got, err)
	}
}

func TestAPreviewsButtonsShowItAsItWas(t *testing.T) {
	a, records := previewed(t)
	who := personOf(t, records, admin)
	title := func(pressed bool, at time.Time) string {
		t.Helper()
		q, err := a.asking(t.Context(), who, false, at)
		if err != nil {
			t.Fatal(err)
		}
		q.Question, q.sample, q.page, q.pressed = ask.Question{Meaning: ask.Unknown, Topic: topicPreview}, remind.Evening, 99, pressed
		answered, err := a.answer(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return answered.Subtitle
	}
	for _, c := range []struct {
		name    string
		pressed bool
		at      time.Time
		want    string
	}{
		{"typed", false, now, "傍晚的提醒 · 第 5 条，共 5 条"},
		{"turned over a minute later", true, now.Add(time.Minute), "傍晚的提醒 · 第 5 条，共 5 条"},
		{"turned over when it is old", true, now.Add(5 * time.Minute), "傍晚的提醒 · 第 3 条，共 3 条"},
		{"typed again", false, now.Add(6 * time.Minute), "傍晚的提醒 · 第 3 条，共 3 条"},
	} {
		if got := title(c.pressed, c.at); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if err := records.Silence(t.Context(), store.Silence{GridID: "NXS-10", Until: day("2026-11-30"), Reason: "道路施工", SetAt: now}); err != nil {
			t.Fatal(err)
		}
	}
}
