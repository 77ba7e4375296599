package bot

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/store"
)

func TestWhoDoesNotWantToBeRemindedIsNotForTheDay(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	chief, err := records.PersonByOpenID(t.Context(), "ou_chief")
	if err != nil {
		t.Fatal(err)
	}
	value := map[string]any{"do": "mute", "kind": "overdue"}
	for range 2 { // pressing again does no harm
		got, err := a.Press(t.Context(), Press{OpenID: "ou_chief", ChatID: "oc_1", Value: value}, now)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(PressAnswer{Toast: "好的，今天不再给您发事项到期提醒", ToastKind: ToastSuccess}, got); diff != "" {
			t.Error(diff)
		}
	}
	for name, c := range map[string]struct {
		kind string
		day  string
		want map[string]bool
	}{
		"that kind on that day": {"overdue", "2026-11-23", map[string]bool{chief.Mobile: true}},
		"not on the next day":   {"overdue", "2026-11-24", map[string]bool{}},
		"not another kind":      {"evening", "2026-11-23", map[string]bool{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := records.Muted(t.Context(), c.kind, day(c.day))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAKindOfReminderThatThereIsNotCannotBeMuted(t *testing.T) {
	got, err := assistantOn(t, hamletStore(t)).Press(t.Context(),
		Press{OpenID: "ou_chief", ChatID: "oc_1", Value: map[string]any{"do": "mute", "kind": "wages"}}, now)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(outdated(), got); diff != "" {
		t.Error(diff)
	}
}

func TestWhoTypesThatTheyWantNoRemindersChoosesWhich(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	chief, err := records.PersonByOpenID(t.Context(), "ou_chief")
	if err != nil {
		t.Fatal(err)
	}
	answered, err := a.Answer(t.Context(), chief, false, "今天别提醒我", now)
	if err != nil {
		t.Fatal(err)
	}
	goldenCard(t, "mute", answered)
	got, err := a.Press(t.Context(), Press{OpenID: "ou_chief", ChatID: "oc_1", Value: map[string]any{"do": "mute", "kind": "all"}}, now)
	if diff := cmp.Diff(PressAnswer{Toast: "好的，今天不再给您发提醒", ToastKind: ToastSuccess}, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, kind := range []string{"morning", "overdue", "evening", "week", "month", "period"} {
		muted, err := records.Muted(t.Context(), kind, day("2026-11-23"))
		if err != nil || !muted[chief.Mobile] {
			t.Errorf("%s is not muted; %v", kind, err)
		}
	}
}

func TestTheReminderItselfSaysThatItsKindIsMuted(t *testing.T) {
	records := hamletStore(t)
	a := assistantOn(t, records)
	value := map[string]any{"do": "mute", "kind": "evening", "when": "2026-11-23"}
	sentReminder(t, records, "ou_chief", card.Card{Title: "今天还差一点", Tone: card.Warning, Summary: "今天的工作提醒"}.Add(
		card.List{Items: []string{"走访 3/4，还差 1 条"}},
		card.Buttons{{Text: "看还差什么", Main: true, Value: map[string]any{"do": "ask"}}, {Text: "今天别提醒我", Value: value}}))
	toast := PressAnswer{Toast: "好的，今天不再给您发傍晚的提醒", ToastKind: ToastSuccess}
	for name, c := range map[string]struct {
		press Press
		own   bool
	}{
		"to who got it":                          {Press{OpenID: "ou_chief", MessageID: "om_evening", Value: value}, true},
		"not to somebody else who presses":       {Press{OpenID: "ou_member", MessageID: "om_evening", Value: value}, false},
		"not on a copy of it":                    {Press{OpenID: "ou_chief", MessageID: "om_copy", Value: value}, false},
		"not on what is no day":                  {Press{OpenID: "ou_chief", MessageID: "om_evening", Value: map[string]any{"do": "mute", "kind": "evening", "when": "明天"}}, false},
		"not on a button of before it said when": {Press{OpenID: "ou_chief", MessageID: "om_evening", Value: map[string]any{"do": "mute", "kind": "evening"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := a.Press(t.Context(), c.press, now)
			if err != nil {
				t.Fatal(err)
			}
			shown := got.Card
			got.Card = nil
			if diff := cmp.Diff(toast, got); diff != "" {
				t.Error(diff)
			}
			if c.own != (shown != nil) {
				t.Fatalf("the card in its place is %v", shown)
			}
			if c.own {
				goldenCard(t, "muted_reminder", *shown)
			}
		})
	}
}

// sentReminder is the evening's reminder to somebody, as it was sent on 23 November.
func sentReminder(t *testing.T, records *store.Store, openID string, c card.Card) {
	t.Helper()
	who, err := records.PersonByOpenID(t.Context(), openID)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := c.JSON()
	if err != nil {
		t.Fatal(err)
	}
	d := store.Delivery{
		Key: remind.KeyTo(remind.Evening, "2026-11-23", who.Mobile), Day: day("2026-11-23"), Kind: string(remind.Evening),
		ReceiverType: store.ToPerson, Receiver: openID, Title: c.Title, Card: raw, PlannedAt: now,
	}
	err = pgx.BeginFunc(t.Context(), records.Pool(), func(tx pgx.Tx) error {
		_, err := records.PlanDelivery(t.Context(), tx, d)
		return err
	})
	if err == nil {
		err = records.FinishDelivery(t.Context(), d.Key, d.Day, store.Outcome{State: store.DeliverySent, At: now, MessageID: "om_evening"})
	}
	if err != nil {
		t.Fatal(err)
	}
}
