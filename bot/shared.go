package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// How a street stands, which takes longest to compute, is in the cache for other
// processes.

// keyOf names what is known of a month: by the records of the month, the rulebook,
// the month and the moment.
func (s *Scores) keyOf(version int64, month calendar.Month, now time.Time) string {
	return fmt.Sprintf("%d:%s:%s:%s", version, s.rulebook, month, momentOf(month, now))
}

func (s *Scores) sharedStandings(ctx context.Context, key string) (*Standings, bool) {
	if s.cache == nil {
		return nil, false
	}
	shared := new(Standings)
	text, ok := s.cache.Get(ctx, "standings:"+key)
	return shared, ok && json.Unmarshal(text, shared) == nil
}

func (s *Scores) shareStandings(ctx context.Context, key string, standings *Standings, ttl time.Duration) {
	if s.cache == nil {
		return
	}
	if text, err := json.Marshal(standings); err == nil {
		s.cache.Set(ctx, "standings:"+key, text, ttl)
	}
}
