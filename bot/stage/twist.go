package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Twist is what is unusual about an event or callback on its way to the bot.
type Twist struct {
	Again          int           // the same once more, this often, whatever the answer
	AgainAsNew     bool          // once more with a new event_id: the same message_id
	NewEventID     bool          // another event_id than planned
	WrongToken     bool          // a verification token that is not ours
	WrongSignature bool          // signed with another key
	Unsigned       bool          // no signature headers
	Plain          bool          // not encrypted although a key is set
	Stale          time.Duration // signed this long ago
	Body           func(sealed []byte) []byte
}

type plannedTwist struct {
	twist Twist
	left  int
}

// TwistNext makes the next n events or callbacks unusual.
func (s *Server) TwistNext(n int, t Twist) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.twists = append(s.twists, plannedTwist{t, n})
}

func (s *Server) takeTwist(eventType string) Twist {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.twists {
		if p := &s.twists[i]; p.left > 0 && eventType != challengeType {
			p.left--
			return p.twist
		}
	}
	return Twist{}
}

const challengeType = "url_verification"

// Challenge verifies the bot's URL as the console does on saving it: encrypted if
// there is a key, never signed, and answered with the challenge within a second.
func (s *Server) Challenge(ctx context.Context) error {
	challenge := newID("")
	plain, err := json.Marshal(map[string]string{
		"challenge": challenge, "token": s.opts.VerificationToken, "type": challengeType,
	})
	if err != nil {
		return fmt.Errorf("stage: challenge: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	answer, err := s.post(ctx, plain, Twist{Unsigned: true}, Push{Type: challengeType, Try: 1})
	if err != nil {
		return fmt.Errorf("stage: challenge: %w", err)
	}
	var back struct{ Challenge string }
	if json.Unmarshal(answer, &back) != nil || back.Challenge != challenge {
		return errors.New("stage: the bot did not return the challenge")
	}
	return nil
}
