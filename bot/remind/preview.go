package remind

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// Preview is what a day's reminders look like from a moment of it: nothing of it
// is sent or recorded.
type Preview struct {
	Day       calendar.Date
	At        time.Time       // by whose records it is made
	Forecasts []Forecast      // in order of time
	Unbound   int             // people who would be told, and have no identity on the platform
	Silences  []store.Silence // that hold on the day
	Exempt    []string        // ids of the grids of which nothing is asked
}

// Forecast is a kind at its next time of the day, or at its last where all have
// passed.
type Forecast struct {
	Kind      Kind
	At        time.Time
	Community string // whose own rule it is; "" = the street's
	Past      bool
	Planned   int // messages of the kind that are on their way or done today

	// Those still to come, as they would be if nothing changed.
	Messages int
	People   int
	Groups   int        // one may get several messages
	Samples  []Reminder // the first of them, at most [MaxSamples]

	Muted []store.Person // who do not want the kind today
}

// MaxSamples is how many messages of a kind a preview holds: more than anybody
// looks through, and few enough to be kept for a while.
const MaxSamples = 200

// Preview shows the reminders of a moment's day, made of the records of the moment.
// In a year whose workdays are not known it fails with a [*calendar.NoDataError].
func (p *Planner) Preview(ctx context.Context, now time.Time) (Preview, error) {
	preview := Preview{Day: calendar.DateOf(now), At: now}
	here, unbound := *p, map[string]bool{}
	here.Results = &onePass{Results: p.Results, month: preview.Day.Month(), at: now}
	for _, o := range p.Schedule.of(preview.Day, now) {
		falls, err := p.falls(ctx, o)
		if err != nil {
			return Preview{}, err
		}
		if !falls {
			continue
		}
		forecast, err := here.forecast(ctx, o, now, unbound)
		if err != nil {
			return Preview{}, err
		}
		preview.Forecasts = append(preview.Forecasts, forecast)
	}
	preview.Unbound = len(unbound)
	if err := p.addQuiet(ctx, &preview); err != nil {
		return Preview{}, fmt.Errorf("remind: preview of %s: %w", preview.Day, err)
	}
	return preview, nil
}

// of lists an occurrence for each kind and place on a day: the next one from a
// moment on, or the last where all have passed.
func (s Schedule) of(day calendar.Date, from time.Time) []occurrence {
	var those []occurrence
	for _, kind := range Kinds {
		for _, place := range s.places(kind) {
			times := slices.Sorted(slices.Values(place.rule.At))
			if len(times) == 0 {
				continue
			}
			next, _ := slices.BinarySearch(times, from.Sub(day.Start()))
			at := day.Start().Add(times[min(next, len(times)-1)])
			those = append(those, occurrence{kind: kind, day: day, at: at, scope: place.scope, rule: place.rule})
		}
	}
	slices.SortStableFunc(those, func(a, b occurrence) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(slices.Index(Kinds, a.kind), slices.Index(Kinds, b.kind)))
	})
	return those
}

// onePass gives the month's results as they are at one moment: all kinds of a
// preview are made of the same ones, whatever their times.
type onePass struct {
	Results
	month calendar.Month
	at    time.Time
	all   []*scoring.Result
}

func (p *onePass) All(ctx context.Context, month calendar.Month, now time.Time) ([]*scoring.Result, error) {
	if month != p.month {
		return p.Results.All(ctx, month, now)
	}
	var err error
	if p.all == nil {
		p.all, err = p.Results.All(ctx, month, p.at)
	}
	return p.all, err
}

// forecast looks at one kind; unbound collects those who would be told and cannot be.
func (p *Planner) forecast(ctx context.Context, o occurrence, now time.Time, unbound map[string]bool) (Forecast, error) {
	f := Forecast{Kind: o.kind, At: o.at, Community: o.scope.only, Past: o.at.Before(now)}
	if f.Past {
		return f, nil
	}
	reminders, err := p.reminders(ctx, o, o.at)
	if err != nil {
		return f, err
	}
	f.count(reminders, unbound)
	muted, err := p.Records.Muted(ctx, string(o.kind), o.day)
	if err != nil || len(muted) == 0 {
		return f, err
	}
	people, err := p.Records.People(ctx)
	f.Muted = slices.DeleteFunc(people, func(who store.Person) bool { return !muted[who.Mobile] })
	return f, err
}

func (f *Forecast) count(reminders []Reminder, unbound map[string]bool) {
	f.Messages = len(reminders)
	f.Samples = slices.Clone(reminders[:min(len(reminders), MaxSamples)])
	groups := map[string]bool{}
	for _, r := range reminders {
		switch {
		case r.Receiver.Type == store.ToChat:
			groups[r.Receiver.ID] = true
		case r.Receiver.ID == "":
			unbound[r.Mobile] = true
			fallthrough
		default:
			f.People++
		}
	}
	f.Groups = len(groups)
}

// addQuiet adds what is planned already, and the grids that are left in peace.
func (p *Planner) addQuiet(ctx context.Context, preview *Preview) error {
	counts, err := p.Records.DeliveryCounts(ctx, preview.Day)
	if err != nil {
		return err
	}
	for i := range preview.Forecasts {
		for _, c := range counts {
			if c.Kind == string(preview.Forecasts[i].Kind) && c.State != store.DeliverySkipped {
				preview.Forecasts[i].Planned += c.N
			}
		}
	}
	if preview.Silences, err = p.Records.Silences(ctx, preview.Day); err != nil {
		return err
	}
	exempt, err := p.Records.ExemptGrids(ctx, preview.Day)
	for id := range exempt {
		preview.Exempt = append(preview.Exempt, id)
	}
	slices.Sort(preview.Exempt)
	return err
}
