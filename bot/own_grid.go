package bot

import (
	"context"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
)

// Somebody with several grids is asked once which one is meant. From then on it is
// the one they chose, and every answer about it has a button for each other.

// ofOwnGrid is the question with the grid that its asker has chosen, where it is
// about one of several of their own and says of which no more than that.
func (a *Assistant) ofOwnGrid(ctx context.Context, q asking) (asking, error) {
	if !q.Sure || !q.severalGrids() || q.Grid != "" || q.Person != "" || q.Community != "" {
		return q, nil
	}
	grid, err := a.Records.ChosenGrid(ctx, q.who.Mobile)
	if q.right.own(q.street.byID[grid]) {
		q.Grid = grid
	}
	return q, err
}

// choose remembers the grid of a button that somebody with several has pressed.
func (a *Assistant) choose(ctx context.Context, q asking) error {
	if !q.severalGrids() || !q.right.own(q.street.byID[q.Grid]) {
		return nil
	}
	return a.Records.ChooseGrid(ctx, q.who.Mobile, q.Grid)
}

// severalGrids reports whether the question may be about any of several grids of
// the asker's own.
func (q *asking) severalGrids() bool {
	_, about := needs[q.Meaning]
	return about && !q.ranksAll() && len(q.right.grids) > 1
}

// ownGrid is the one grid of the asker's own that the question is about, "" for
// none.
func (q *asking) ownGrid() string {
	_, about := needs[q.Meaning]
	switch {
	case !about || q.ranksAll() || !q.Sure:
		return ""
	case q.right.own(q.street.byID[q.Grid]):
		return q.Grid
	case q.Grid == "" && q.Person == "" && q.Community == "" && len(q.right.grids) == 1:
		return q.right.grids[0]
	}
	return ""
}

// ranksAll reports whether the answer ranks all grids: a worker who may not
// see that gets their own place.
func (q *asking) ranksAll() bool { return q.Meaning == ask.Ranking && q.right.ranks() }

// otherGrids are the buttons that ask the same of the asker's other grids.
func (q *asking) otherGrids() []card.Block {
	own := q.ownGrid()
	if own == "" || len(q.right.grids) == 1 {
		return nil
	}
	var buttons card.Buttons
	for _, id := range q.right.grids {
		if g, known := q.street.byID[id]; known && id != own {
			buttons = append(buttons, q.turning("换成"+g.Name, func(act *action) { act.Grid = id }))
		}
	}
	return []card.Block{buttons}
}
