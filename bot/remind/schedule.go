package remind

import (
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

// Schedule says when the reminders of a day fall due: the time of day in
// Shanghai of each kind. A kind that is absent is switched off.
type Schedule map[Kind]time.Duration

// occurrence is one reminder's time on one day.
type occurrence struct {
	kind Kind
	day  calendar.Date
	at   time.Time
}

// expired reports whether the occurrence is too old to be sent at now.
func (o occurrence) expired(now time.Time) bool { return now.Sub(o.at) > lateness }

// between lists the occurrences after since and up to until, in order.
func (s Schedule) between(since, until time.Time) []occurrence {
	var due []occurrence
	for day := calendar.DateOf(since); day <= calendar.DateOf(until); day++ {
		for kind := range s {
			if at := s.on(kind, day); at.After(since) && !at.After(until) {
				due = append(due, occurrence{kind, day, at})
			}
		}
	}
	return due
}

// on returns the instant at which the kind falls due on a day.
func (s Schedule) on(kind Kind, day calendar.Date) time.Time {
	year, month, d := day.UTC().Date()
	of := s[kind]
	return time.Date(year, month, d, int(of.Hours()), int(of.Minutes())%60, 0, 0, calendar.Shanghai)
}
