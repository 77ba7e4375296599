package remind

import (
	"cmp"
	"slices"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Kind names a reminder.
type Kind string

// Evening tells groups and people, on a duty day before work ends, what is
// still missing today.
const Evening Kind = "evening"

// lateness is how long a reminder that was missed while the service was down
// is still worth sending.
const lateness = 3 * time.Hour

// night is the time of day from which nobody is reminded any more.
const night = 20 * time.Hour

// Schedule says when the reminders of a day fall due: the time of day in
// Shanghai of each kind. A kind that is absent is switched off.
type Schedule map[Kind]time.Duration

// occurrence is one reminder's time on one day.
type occurrence struct {
	kind Kind
	day  calendar.Date
	at   time.Time
}

// expired reports whether the occurrence must not be sent at now any more: too
// long after its time, or at night.
func (o occurrence) expired(now time.Time) bool {
	return now.Sub(o.at) > lateness || !now.Before(o.day.Start().Add(night))
}

// between lists the occurrences after since and up to until, in order of time.
func (s Schedule) between(since, until time.Time) []occurrence {
	var due []occurrence
	for day := calendar.DateOf(since); day <= calendar.DateOf(until); day++ {
		for kind, timeOfDay := range s {
			// Shanghai's clocks do not change: every day has 24 hours.
			if at := day.Start().Add(timeOfDay); at.After(since) && !at.After(until) {
				due = append(due, occurrence{kind, day, at})
			}
		}
	}
	slices.SortFunc(due, func(a, b occurrence) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.kind, b.kind))
	})
	return due
}
