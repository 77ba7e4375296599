package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nanxiashu/gridbot/config"
)

// clocks are times of day as one reads them.
func clocks(times []time.Duration) string {
	words := make([]string, len(times))
	for i, t := range times {
		words[i] = time.Time{}.Add(t).Format("15:04")
	}
	return strings.Join(words, " ")
}

func TestWhenRemindersGoOut(t *testing.T) {
	const hours = "08:05 09:05 10:05 11:05 12:05 13:05 14:05 15:05 16:05 17:05 18:05 19:05"
	for name, c := range map[string]struct{ text, kind, street, east string }{
		"the morning as it is":               {"", "morning", "08:20", ""},
		"every hour from eight":              {"", "overdue", hours, ""},
		"another time":                       {"morning: {at: '08:40'}", "morning", "08:40", ""},
		"switched off":                       {"week: {off: true}", "week", "", ""},
		"fewer hours":                        {"overdue: {from: '09:15', to: '11:20'}", "overdue", "09:15 10:15 11:15", ""},
		"a community's own time":             {"communities: {东社区: {evening: {at: '17:10'}}}", "evening", "16:40", "17:10"},
		"a community without it":             {"communities: {东社区: {evening: {off: true}}}", "evening", "16:40", ""},
		"a community that alone has it":      {"month: {off: true}\n  communities: {东社区: {month: {off: false}}}", "month", "", "09:10"},
		"what a community says nothing of":   {"evening: {at: '17:20'}\n  communities: {东社区: {evening: {off: false}}}", "evening", "17:20", "17:20"},
		"a community's own, shorter evening": {"communities: {东社区: {overdue: {to: '09:30'}}}", "overdue", hours, "08:05 09:05"},
	} {
		t.Run(name, func(t *testing.T) {
			text := ""
			if c.text != "" {
				text = "reminders:\n  " + c.text + "\n"
			}
			cfg, err := config.Load(file(t, text))
			if err != nil {
				t.Fatal(err)
			}
			got := clocks(cfg.Reminders.Kinds[c.kind].Times())
			if diff := cmp.Diff(c.street, got); diff != "" {
				t.Error("the street:", diff)
			}
			if own, differs := cfg.Reminders.Communities["东社区"][c.kind]; differs {
				if diff := cmp.Diff(c.east, clocks(own.Times())); diff != "" {
					t.Error("the east:", diff)
				}
			} else if c.east != "" {
				t.Error("the east has no time of its own")
			}
		})
	}
}

func TestRemindersThatCannotBeSetAreRefusedWithFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"an unknown kind":            {"reminders:\n  noon: {at: '12:10'}\n", "gridbot.yaml: line 2: reminders.noon: unknown key; the reminders are escalation, evening"},
		"an unknown field":           {"reminders:\n  week:\n    when: '12:10'\n", "gridbot.yaml: line 3: unknown key when"},
		"a community's night":        {"reminders:\n  communities:\n    东社区:\n      week: {at: '20:00'}\n", "line 4: reminders.communities.东社区.week.at: must lie between"},
		"an hour of the night":       {"reminders:\n  overdue: {to: '20:05'}\n", "line 2: reminders.overdue.to: must lie between"},
		"hours that end too soon":    {"reminders:\n  overdue: {from: '10:05', to: '09:05'}\n", "reminders.overdue.to: must not be before from"},
		"one time for every hour":    {"reminders:\n  overdue: {at: '10:05'}\n", "reminders.overdue.at: goes out every hour"},
		"hours for what has a time":  {"reminders:\n  week: {from: '10:05'}\n", "reminders.week.from: only overdue"},
		"an update at night":         {"reminders:\n  evening: {again: ['18:10', '21:00']}\n", "line 2: reminders.evening.again: must lie between"},
		"an update of the morning":   {"reminders:\n  morning: {again: ['18:10']}\n", "reminders.morning.again: only the cards of evening"},
		"nobody whom it is for":      {"reminders:\n  week:\n    who: [网格长, 街道领导]\n", "line 3: reminders.week.who: 街道领导 does not get week; there are 网格长, 网格员"},
		"nobody at all":              {"reminders:\n  week: {who: []}\n", "line 2: reminders.week.who: nobody; use off"},
		"a community's nobody":       {"reminders:\n  communities:\n    东社区:\n      morning: {who: [群]}\n", "line 4: reminders.communities.东社区.morning.who: 群 does not get morning"},
		"a day after":                {"reminders:\n  week: {late: 24h}\n", "line 2: reminders.week.late: must lie between 0 and 6h"},
		"late before its time":       {"reminders:\n  week: {late: -1h}\n", "line 2: reminders.week.late: must lie between"},
		"what is no category":        {"reminders:\n  emergencies: [公共安全, 火灾/山火]\n", "line 2: reminders.emergencies: 火灾 is no category of items"},
		"a community's own report":   {"reminders:\n  communities:\n    东社区:\n      undelivered: {off: true}\n", "line 4: reminders.communities.东社区.undelivered: is the centre's"},
		"a spread over half the day": {"reminders:\n  spread: 12h\n", "line 2: reminders.spread: must lie between"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Load(file(t, c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want … %s …", err, c.want)
			}
		})
	}
}

func TestACommunityThatDoesNotExistIsRefusedWithFileAndLine(t *testing.T) {
	cfg, err := config.Load(file(t, "reminders:\n  communities:\n    东社区: {week: {off: true}}\n    南社区: {week: {off: true}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := cfg.RefuseCommunities([]string{"东社区", "南社区"}); err != nil {
		t.Error(err)
	}
	err = cfg.RefuseCommunities([]string{"东社区", "西社区"})
	if want := "gridbot.yaml: line 4: reminders.communities.南社区: no community of the street; there are 东社区、西社区"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want … %s", err, want)
	}
}

func TestWhenTheEveningsCardsAreBroughtUpToDate(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "18:10 19:50",
		"evening: {at: '17:10'}":      "18:10 19:50",
		"evening: {again: ['18:40']}": "18:40",
		"evening: {again: []}":        "",
		"evening: {off: true}":        "",
	} {
		if text != "" {
			text = "reminders: {" + text + "}\n"
		}
		cfg, err := config.Load(file(t, text))
		if err != nil {
			t.Fatal(err)
		}
		if got := clocks(cfg.Reminders.Kinds["evening"].Updates()); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestWhoGetsAReminderAndHowLate(t *testing.T) {
	cfg, err := config.Load(file(t, `reminders:
  evening: {who: [群], late: 1h}
  communities:
    东社区: {evening: {who: [群, 网格长]}}
    西社区: {evening: {late: 2h}}
`))
	if err != nil {
		t.Fatal(err)
	}
	type rule struct {
		Who  string
		Late time.Duration
	}
	of := func(r config.Reminder) rule { return rule{strings.Join(r.Who, " "), r.Late} }
	got := map[string]rule{
		"street": of(cfg.Reminders.Kinds["evening"]), "morning": of(cfg.Reminders.Kinds["morning"]),
		"east": of(cfg.Reminders.Communities["东社区"]["evening"]), "west": of(cfg.Reminders.Communities["西社区"]["evening"]),
	}
	want := map[string]rule{"street": {"群", time.Hour}, "morning": {}, "east": {"群 网格长", time.Hour}, "west": {"群", 2 * time.Hour}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsAnEmergency(t *testing.T) {
	for text, want := range map[string]string{
		"":                "公共安全",
		"emergencies: []": "",
		"emergencies: [公共安全, 民生服务/停水]": "公共安全 民生服务/停水",
	} {
		if text != "" {
			text = "reminders: {" + text + "}\n"
		}
		cfg, err := config.Load(file(t, text))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(cfg.Reminders.Emergencies, " "); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
