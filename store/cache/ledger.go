package cache

import "time"

// ledger remembers what one process has sent lately: the same windows as in
// Redis, kept by itself.
type ledger struct {
	all []time.Time            // oldest first
	to  map[string][]time.Time // by receiver
}

// take enters a message that fits into one of so many equal shares of the
// limits and returns 0, or returns how long it has to wait.
func (l *ledger) take(now time.Time, receiver string, limits Limits, shares int) time.Duration {
	wait := waitFor(l.to[receiver], limits.Receiver, shares, now)
	for _, w := range limits.App {
		wait = max(wait, waitFor(l.all, w, shares, now))
	}
	if wait > 0 {
		return wait
	}
	l.all = append(within(remembered, l.all, now), now)
	l.to[receiver] = append(within(rememberedReceiver, l.to[receiver], now), now)
	if len(l.to) > mostReceivers {
		l.sweep(now)
	}
	return 0
}

const (
	remembered         = 2 * time.Minute  // more than any window of all messages
	rememberedReceiver = 10 * time.Second // more than any window of a receiver
	mostReceivers      = 5000             // of whom that is remembered before those are forgotten who need not be
)

// waitFor is how long until one more fits into a share of a window.
func waitFor(moments []time.Time, w Window, shares int, now time.Time) time.Duration {
	size := max(w.Size/shares, 1)
	if len(moments) < size {
		return 0
	}
	return w.Length - now.Sub(moments[len(moments)-size])
}

// within drops the moments that are too old to matter.
func within(length time.Duration, moments []time.Time, now time.Time) []time.Time {
	for len(moments) > 0 && now.Sub(moments[0]) > length {
		moments = moments[1:]
	}
	return moments
}

// giveBack takes out a message that was not sent after all.
func (l *ledger) giveBack(at time.Time, receiver string) {
	l.all = without(l.all, at)
	l.to[receiver] = without(l.to[receiver], at)
}

func without(moments []time.Time, at time.Time) []time.Time {
	for i := len(moments) - 1; i >= 0; i-- {
		if moments[i].Equal(at) {
			return append(moments[:i], moments[i+1:]...)
		}
	}
	return moments
}

func (l *ledger) sweep(now time.Time) {
	for receiver, moments := range l.to {
		if moments = within(rememberedReceiver, moments, now); len(moments) == 0 {
			delete(l.to, receiver)
		}
	}
}
