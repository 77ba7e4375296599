package bot

import (
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"time"

	"github.com/nanxiashu/gridbot/scoring"
)

// What one process has computed is in the cache for the others.

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

// Results are shared as gob: their JSON is a document for others and leaves out
// the standards' spans.

func (s *Scores) sharedResult(ctx context.Context, key string) (*scoring.Result, bool) {
	if s.cache == nil {
		return nil, false
	}
	content, ok := s.cache.Get(ctx, key)
	result := new(scoring.Result)
	return result, ok && gob.NewDecoder(bytes.NewReader(content)).Decode(result) == nil
}

func (s *Scores) shareResult(ctx context.Context, key string, result *scoring.Result, ttl time.Duration) {
	if s.cache == nil {
		return
	}
	var content bytes.Buffer
	if gob.NewEncoder(&content).Encode(result) == nil {
		s.cache.Set(ctx, key, content.Bytes(), ttl)
	}
}
