package remind

import (
	"cmp"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Kind names a reminder.
type Kind string

// The kinds of reminders. They go out on duty days only.
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

// lateness is how long a reminder that was missed while the service was down
// is still worth sending.
const lateness = 3 * time.Hour

// night is the time of day from which nobody is reminded any more.
const night = 20 * time.Hour

// Times are the times of day in Shanghai at which each kind falls due. A kind
// without any is switched off.
type Times map[Kind][]time.Duration

// Schedule says when the reminders of a day fall due: of the street, and of the
// communities that have a kind at times of their own. A person belongs to the
// community of their first grid, a group to the one it is bound to.
type Schedule struct {
	Street      Times
	Communities map[string]Times
}

// scope is where an occurrence holds: in one community, or in the street but for
// the communities that have times of their own.
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
	kind  Kind
	day   calendar.Date
	at    time.Time
	scope scope
}

// expired reports whether the occurrence must not be sent at now any more: too
// long after its time, or at night.
func (o occurrence) expired(now time.Time) bool {
	return now.Sub(o.at) > lateness || !now.Before(o.day.Start().Add(night))
}

// between lists the occurrences after since and up to until, in order of time.
// Of a kind that falls due several times a day it is the last: that one tells
// what the others would have told.
func (s Schedule) between(since, until time.Time) []occurrence {
	var due []occurrence
	for day := calendar.DateOf(since); day <= calendar.DateOf(until); day++ {
		add := func(kind Kind, times []time.Duration, where scope) {
			if at, ok := lastOf(day, times, since, until); ok {
				due = append(due, occurrence{kind, day, at, where})
			}
		}
		for _, kind := range append(slices.Clone(Kinds), EveningUpdate) {
			add(kind, s.Street[kind], scope{except: s.apart(kind)})
			for _, community := range s.apart(kind) {
				add(kind, s.Communities[community][kind], scope{only: community})
			}
		}
	}
	slices.SortStableFunc(due, func(a, b occurrence) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.kind, b.kind))
	})
	return due
}

// apart lists the communities that have a kind at times of their own, in order.
func (s Schedule) apart(kind Kind) []string {
	var communities []string
	for name, times := range s.Communities {
		if _, ok := times[kind]; ok {
			communities = append(communities, name)
		}
	}
	slices.Sort(communities)
	return communities
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
