package remind

import (
	"cmp"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Kind names a reminder.
type Kind string

// The kinds of reminders. They go out on duty days only, but items of emergencies.
const (
	Morning    Kind = "morning"    // today's work, to those who do it
	Escalation Kind = "escalation" // grids short on three duty days running, to their community's lead
	Overdue    Kind = "overdue"    // items due soon or overdue, every hour
	Month      Kind = "month"      // what the month still lacks, on its last fifth and second duty day
	Result     Kind = "result"     // that last month is not published yet, on the third duty day
	Week       Kind = "week"       // what the week still lacks, on its second last duty day
	Evening    Kind = "evening"    // what is still missing today, to groups and people
	Period     Kind = "period"     // what a special period still lacks, before it and on its days
)

// Kinds lists all kinds.
var Kinds = []Kind{Morning, Escalation, Overdue, Month, Result, Week, Evening, Period}

// Audience is some of those whom a kind is for: a role, as in 人员, or Groups.
type Audience string

// Groups are the bound groups.
const Groups Audience = "群"

// Rule says when a kind falls due in one place, and to whom it goes.
type Rule struct {
	At    []time.Duration // times of day in Shanghai; none: switched off
	Again []time.Duration // when cards that were sent are brought up to date; of Evening alone
	Late  time.Duration   // how long after its time it is still worth sending; 0 = 3 hours
	To    []Audience      // nil = all whom the kind is for
}

// Rules are a rule for each kind; a kind without one is switched off.
type Rules map[Kind]Rule

// Schedule says when the reminders of a day fall due: of the street, and of the
// communities that have rules of their own for a kind. A person belongs to the
// community of their first grid, a group to the one it is bound to.
type Schedule struct {
	Street      Rules
	Communities map[string]Rules
}

// standardLateness is how long a reminder that was missed while the service was
// down is worth sending where its rule says nothing; longest is the most it may say.
const (
	standardLateness = 3 * time.Hour
	longestLateness  = 6 * time.Hour
)

func (r Rule) lateness() time.Duration { return cmp.Or(r.Late, standardLateness) }

func (r Rule) tells(a Audience) bool { return r.To == nil || slices.Contains(r.To, a) }

// around is the rule of a kind that goes out every hour, at every hour of the day.
func (r Rule) around() Rule {
	if len(r.At) == 0 {
		return r
	}
	first := r.At[0] % time.Hour
	r.At = nil
	for hour := range 24 {
		r.At = append(r.At, first+time.Duration(hour)*time.Hour)
	}
	return r
}

// scope is where an occurrence holds: in one community, or in the street but for
// the communities that have rules of their own.
type scope struct {
	only   string
	except []string
}

func (s scope) has(community string) bool {
	if s.only != "" {
		return community == s.only
	}
	return !slices.Contains(s.except, community)
}

// occurrence is one reminder's time on one day.
type occurrence struct {
	kind   Kind
	day    calendar.Date
	at     time.Time
	scope  scope
	rule   Rule
	urgent bool // of items of emergencies alone, at night and on days off
}

// Nobody is reminded between night and dawn but of emergencies.
const (
	dawn  = 8 * time.Hour
	night = 20 * time.Hour
)

func isNight(t time.Time) bool {
	clock := t.Sub(calendar.DateOf(t).Start())
	return clock < dawn || clock >= night
}

// expired reports whether the occurrence must not be sent at now any more: too
// long after its time, or at night. Of emergencies the next hour tells the same.
func (o occurrence) expired(now time.Time) bool {
	if o.urgent {
		return now.Sub(o.at) >= time.Hour
	}
	return now.Sub(o.at) > o.rule.lateness() || !now.Before(o.day.Start().Add(night))
}

// until is the last moment at which what was planned then may go out: not into
// the night, unless somebody planned it at night or it is of emergencies.
func (o occurrence) until(planned time.Time) time.Time {
	until, evening := planned.Add(o.rule.lateness()), calendar.DateOf(planned).Start().Add(night)
	if !o.urgent && planned.Before(evening) && until.After(evening) {
		return evening
	}
	return until
}

// between lists the occurrences after since and up to until, in order of time.
// Of a kind that falls due several times a day it is the last: that one tells
// what the others would have told.
func (s Schedule) between(since, until time.Time) []occurrence {
	var due []occurrence
	for day := calendar.DateOf(since); day <= calendar.DateOf(until); day++ {
		add := func(o occurrence, times []time.Duration) {
			if at, ok := lastOf(day, times, since, until); ok {
				o.day, o.at = day, at
				due = append(due, o)
			}
		}
		for _, kind := range Kinds {
			for _, place := range s.places(kind) {
				o := occurrence{kind: kind, scope: place.scope, rule: place.rule}
				add(o, o.rule.At)
				switch kind {
				case Evening:
					o.kind = eveningUpdate
					add(o, o.rule.Again)
				case Overdue:
					o.urgent = true
					add(o, o.rule.around().At)
				}
			}
		}
	}
	slices.SortStableFunc(due, func(a, b occurrence) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.kind, b.kind))
	})
	return due
}

// place is where a kind has one rule.
type place struct {
	scope scope
	rule  Rule
}

// places are the street, but for the communities that have a rule of their own for
// a kind, and these in order.
func (s Schedule) places(kind Kind) []place {
	var apart []string
	for name, rules := range s.Communities {
		if _, ok := rules[kind]; ok {
			apart = append(apart, name)
		}
	}
	slices.Sort(apart)
	places := []place{{scope{except: apart}, s.Street[kind]}}
	for _, name := range apart {
		places = append(places, place{scope{only: name}, s.Communities[name][kind]})
	}
	return places
}

// lastOf is the last of a day's times after since and up to until.
func lastOf(day calendar.Date, times []time.Duration, since, until time.Time) (last time.Time, found bool) {
	for _, timeOfDay := range times {
		// Shanghai's clocks do not change: every day has 24 hours.
		at := day.Start().Add(timeOfDay)
		if at.After(since) && !at.After(until) && at.After(last) {
			last, found = at, true
		}
	}
	return last, found
}
