package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/store"
)

// reading is what a text is read against: who asks, and where.
func (a *Assistant) reading(q asking) ask.Context {
	c := ask.Context{Now: q.now, Workdays: a.Workdays, Directory: q.street.directory}
	if q.right.known() {
		c.Home, c.Own = q.street.homes(q.who), q.right.grids
		c.Permits = func(asked ask.Question) bool {
			q.Question = asked
			return q.granted()
		}
	}
	if len(c.Home) != 1 && q.groupOf != "" {
		c.Home = []string{q.groupOf}
	}
	return c
}

// granted reports whether the asker is told what the question asks for, and not
// that it is for others to see.
func (q *asking) granted() bool {
	switch {
	case q.Grid != "" || q.Person != "":
		return slices.ContainsFunc(q.namedGrids(), func(id string) bool {
			g, ok := q.street.byID[id]
			return ok && q.right.permits(q.Meaning, g)
		})
	case q.Meaning == ask.Overview:
		return q.right.surveys(q.scope())
	case q.Community == "", q.Meaning == ask.Ranking, q.Meaning == ask.MyRank:
		return true
	}
	return q.right.surveys(q.Community)
}

// communityOf returns the community that a group is for, "" for none.
func (a *Assistant) communityOf(ctx context.Context, chatID string) (string, error) {
	group, err := a.Records.Group(ctx, chatID)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return group.Community, err
}
