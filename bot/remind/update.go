package remind

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// eveningUpdate brings the evening's cards in the groups up to date where they
// stand, as grids catch up. It sends nothing, so it is none of [Kinds].
const eveningUpdate Kind = "evening_update"

// update replaces the cards of the evening of an occurrence's day.
func (p *Planner) update(ctx context.Context, tx pgx.Tx, o occurrence, now time.Time) error {
	if o.expired(now) {
		return nil
	}
	o.kind = Evening
	s, err := p.scene(ctx, o, now)
	if err != nil {
		return fmt.Errorf("remind: update of %s: %w", o.day, err)
	}
	street, err := s.street(ctx)
	if err != nil {
		return fmt.Errorf("remind: update of %s: %w", o.day, err)
	}
	for _, g := range s.groups {
		if err := s.updateGroup(ctx, tx, g, street.eveningOf(g.Community)); err != nil {
			return err
		}
	}
	return nil
}

// updateGroup puts new cards in the place of a group's. Where there were more,
// the rest say that their grids have caught up; where there were fewer, the old
// ones stay: nothing is cut.
func (s *scene) updateGroup(ctx context.Context, tx pgx.Tx, g store.Group, cards []card.Card) error {
	keys, err := s.delivered(ctx, g)
	if err != nil || len(cards) == 0 || len(cards) > len(keys) {
		return err
	}
	for len(cards) < len(keys) {
		cards = append(cards, s.groupNote("evening.caught_up", g.Community, card.Good, nil))
	}
	for i, c := range cards {
		c.Subtitle += " · " + s.say("evening.updated", fields{"time": s.at.In(calendar.Shanghai).Format("15:04")})
		raw, err := c.JSON()
		if err != nil {
			return fmt.Errorf("remind: card of %s: %w", keys[i], err)
		}
		if err := s.Queue.Revise(ctx, tx, keys[i], s.day, raw); err != nil {
			return err
		}
	}
	return nil
}

// delivered lists the keys of what the group was told in the evening.
func (s *scene) delivered(ctx context.Context, g store.Group) ([]string, error) {
	var keys []string
	for part := 1; ; part++ {
		key := partKey(key(Evening, s.day.String(), store.ToChat, g.ChatID), part)
		_, err := s.Records.Delivery(ctx, key, s.day)
		if errors.Is(err, store.ErrNotFound) {
			return keys, nil
		}
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
}
