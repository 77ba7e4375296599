package stage

import (
	"net/http"
	"time"
)

// The platform's paces: calls of one API, and messages to one receiver or updates
// of one message (pages: rate limits, im/v1/message/create, patch).
const (
	perSecond   = 50
	perMinute   = 1000
	perReceiver = 5
)

// limiter remembers when what happened, as sliding windows. They go by a clock
// that runs, whatever time it is on the stage: a day that stands still must not
// keep a receiver waiting for ever.
type limiter struct {
	off  bool
	now  func() time.Time
	seen map[string][]time.Time // moments within the last minute, oldest first
}

// gateway counts a call of an API, or refuses it with when to come back.
func (l *limiter) gateway(api string) *refusal {
	now := l.now()
	moments := l.recent(api, now, time.Minute)
	wait := max(
		waitFor(moments, perMinute, time.Minute, now),
		waitFor(moments, perSecond, time.Second, now))
	if wait > 0 && !l.off {
		return &refusal{status: http.StatusTooManyRequests, code: codeTooFrequent, msg: "request trigger frequency limit", reset: wait}
	}
	l.seen[api] = append(moments, now)
	return nil
}

// receiver counts a message to one person or group, or an update of one message.
func (l *limiter) receiver(id string) *refusal {
	now := l.now()
	moments := l.recent(id, now, time.Second)
	if len(moments) >= perReceiver && !l.off {
		return refuse(codeReceiverPace, "The messages sent to the same receiver trigger the frequency limit.")
	}
	l.seen[id] = append(moments, now)
	return nil
}

// recent drops what is older than a window and returns the rest.
func (l *limiter) recent(key string, now time.Time, window time.Duration) []time.Time {
	if l.seen == nil {
		l.seen = map[string][]time.Time{}
	}
	moments := l.seen[key]
	for len(moments) > 0 && now.Sub(moments[0]) >= window {
		moments = moments[1:]
	}
	return moments
}

// waitFor is how long until one more fits into a window of n; 0 = now.
func waitFor(moments []time.Time, n int, window time.Duration, now time.Time) time.Duration {
	if len(moments) < n {
		return 0
	}
	return max(window-now.Sub(moments[len(moments)-n]), 0)
}
