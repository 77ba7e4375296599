package remind

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

const (
	// longRun is how many duty days running a grid is short before its
	// community's lead is told.
	longRun = 3
	// stale is how many days old the end of a run may be.
	stale = 7
)

// run is a row of duty days on all of which a grid was short.
type run struct {
	store.Grid
	days  []calendar.Date
	tasks []task // of which it was short
	open  bool   // nothing known of the grid ends it: it may have begun before
}

// mayBeLonger reports whether days of before the month may belong to the run, and
// not have been over for too long.
func (r run) mayBeLonger(today calendar.Date) bool {
	return r.open && (len(r.days) > 0 || today.Month().First() >= today-stale)
}

// escalation lists what the communities' leads are told of grids that have been
// short for days. Each run is told once.
func (s *scene) escalation(ctx context.Context) ([]Reminder, error) {
	runs, err := s.runs(ctx)
	if err != nil {
		return nil, err
	}
	subjects := make([]string, len(runs))
	for i, r := range runs {
		subjects[i] = r.told("").Subject
	}
	told, err := s.Records.HaveTold(ctx, subjects)
	if err != nil {
		return nil, err
	}
	var reminders []Reminder
	for _, who := range s.people {
		if who.Role != store.CommunityLead {
			continue
		}
		receiver := store.PersonKey(who.Mobile)
		var theirs []run
		for _, r := range runs {
			if slices.Contains(who.Communities, r.Community) && !told[r.told(receiver)] {
				theirs = append(theirs, r)
			}
		}
		if len(theirs) > 0 {
			reminders = append(reminders, s.escalationTo(who, theirs))
		}
	}
	return reminders, nil
}

func (r run) told(receiver string) store.Told {
	return store.Told{Subject: "grid:" + r.ID, Threshold: r.days[0].String(), Receiver: receiver}
}

// gridsToOpen is how many grids of a card have a button of their own.
const gridsToOpen = 4

func (s *scene) escalationTo(who store.Person, runs []run) Reminder {
	var list card.List
	var buttons card.Buttons
	for _, r := range runs {
		if len(buttons) < gridsToOpen {
			buttons = append(buttons, shortfallButton(s.say("button.shortfall_of", fields{"grid": r.Name}), r.ID))
		}
		list.Items = append(list.Items, s.say("escalation.grid", fields{
			"grid": r.Name, "days": len(r.days), "tasks": listed(r.tasks),
			"first": dayName(r.days[0]), "last": dayName(r.days[len(r.days)-1]),
		}))
	}
	c := card.Card{
		Title: s.say("escalation.title", nil), Subtitle: strings.Join(who.Communities, "、") + " · " + dayName(s.day),
		Summary: s.say("escalation.summary", nil),
	}.Add(card.Text{Content: s.say("escalation.lead", nil)}, list, buttons)
	reminder := s.toPerson(who, c)
	for _, r := range runs {
		reminder.tells = append(reminder.tells, r.told(store.PersonKey(who.Mobile)))
	}
	return reminder
}

// runs finds the grids on duty whose last decided days were all short.
func (s *scene) runs(ctx context.Context) ([]run, error) {
	street, err := s.street(ctx)
	if err != nil {
		return nil, err
	}
	begun := make([]run, len(street.work))
	earlier := false
	for i, g := range street.work {
		begun[i] = runOf(g.Grid, g.result.Standards, s.day)
		earlier = earlier || begun[i].mayBeLonger(s.day)
	}
	if earlier {
		if err := s.lengthen(ctx, begun, street.work); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(begun, func(r run) bool {
		return len(r.days) < longRun || r.days[len(r.days)-1] < s.day-stale
	}), nil
}

// lengthen goes on with the runs that may have begun last month. Only then is the
// street's last month asked for.
func (s *scene) lengthen(ctx context.Context, runs []run, work []gridWork) error {
	before, err := s.before(ctx)
	for i, g := range work {
		if r := before[g.ID]; r != nil && runs[i].mayBeLonger(s.day) {
			runs[i] = runOf(g.Grid, append(slices.Clone(r.Standards), g.result.Standards...), s.day)
		}
	}
	return err
}

// dayWork is what is decided of a grid's day.
type dayWork struct {
	met   int // tasks
	short []task
}

// runOf is the row of short days that ends with the last day that is decided: it
// was short of something, or of nothing at all.
func runOf(g store.Grid, standards []scoring.Standard, today calendar.Date) run {
	days := decidedDays(standards, today)
	r := run{Grid: g, open: true}
	for _, day := range slices.Backward(slices.Sorted(maps.Keys(days))) {
		work := days[day]
		undecided := len(work.short) == 0 && work.met < len(tasks)
		if undecided && len(r.days) == 0 {
			continue
		}
		if len(work.short) == 0 {
			r.open = false
			break
		}
		r.days = append(r.days, day)
		r.tasks = append(r.tasks, work.short...)
	}
	slices.Reverse(r.days)
	short := r.tasks
	r.tasks = slices.DeleteFunc(slices.Clone(tasks), func(t task) bool { return !slices.Contains(short, t) })
	return r
}

// decidedDays are the grid's duty days before today, with what is decided of them:
// a task that the grid has done is short where one of the roles is.
func decidedDays(standards []scoring.Standard, today calendar.Date) map[calendar.Date]*dayWork {
	days := map[calendar.Date]*dayWork{}
	for _, s := range standards {
		i := slices.IndexFunc(tasks, func(t task) bool { return t.clause == s.Clause })
		if i < 0 || s.Span != calendar.SpanDay {
			continue
		}
		day, err := calendar.ParseDate(s.Window)
		if err != nil || day >= today {
			continue
		}
		if days[day] == nil {
			days[day] = &dayWork{}
		}
		work := days[day]
		switch {
		case s.Open:
		case !s.Met && !slices.Contains(work.short, tasks[i]):
			work.short = append(work.short, tasks[i])
		case s.Met && s.Subject == "":
			work.met++
		}
	}
	return days
}
