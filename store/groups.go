package store

import (
	"context"
	"time"

	"github.com/nanxiashu/gridbot/store/db"
)

// Group is a group chat that a leader has bound to a community, or to the
// whole street: it gets that one's reminders.
type Group struct {
	ChatID    string
	Name      string // of the chat, "" = not known
	Community string // "" = the whole street
	BoundBy   string // the open_id of who bound it
	BoundAt   time.Time
}

// Group returns the bound group with that chat_id, or [ErrNotFound].
func (s *Store) Group(ctx context.Context, chatID string) (Group, error) {
	row, err := s.queries.Group(ctx, chatID)
	return Group(row), failed("group", err)
}

// Groups returns every bound group, ordered by chat_id.
func (s *Store) Groups(ctx context.Context) ([]Group, error) {
	rows, err := s.queries.Groups(ctx)
	if err != nil {
		return nil, failed("groups", err)
	}
	groups := make([]Group, len(rows))
	for i, row := range rows {
		groups[i] = Group(row)
	}
	return groups, nil
}

// BindGroup binds the group, in place of what it was bound to before. The
// community must exist.
func (s *Store) BindGroup(ctx context.Context, g Group) error {
	return failed("bind a group", s.queries.BindGroup(ctx, db.BindGroupParams(g)))
}

// UnbindGroup forgets the group. One that is not bound is fine.
func (s *Store) UnbindGroup(ctx context.Context, chatID string) error {
	return failed("unbind a group", s.queries.UnbindGroup(ctx, chatID))
}
