package bot

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
