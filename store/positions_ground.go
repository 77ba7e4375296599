package store

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/track"
)

// groundBook remembers grounds by the md5 of their boundary, as making one
// ready takes longer than measuring a short walk on it. It is safe for
// concurrent use.
type groundBook struct {
	mu    sync.Mutex
	known map[string]*track.Ground
}

// maxGrounds is more than a district has grids: beyond it are boundaries long
// replaced.
const maxGrounds = 5000

func newGroundBook() *groundBook { return &groundBook{known: map[string]*track.Ground{}} }

// look returns the grounds of boundaries, which are given as grid id and md5, ""
// for none. One that the grid no longer has is left out.
func (b *groundBook) look(ctx context.Context, q querier, boundaries map[string]string) (map[string]*track.Ground, error) {
	found, unknown := b.find(boundaries)
	if len(unknown) == 0 {
		return found, nil
	}
	rows, err := q.Query(ctx, `
		select distinct on (1) md5(boundary), boundary from grids where id = any($1) and boundary is not null`, unknown)
	if err != nil {
		return nil, err
	}
	learnt := map[string]*track.Ground{}
	var sum, text string
	_, err = pgx.ForEachRow(rows, []any{&sum, &text}, func() error {
		boundary, err := track.ParseBoundary(text)
		if err != nil {
			return fmt.Errorf("a stored boundary: %w", err)
		}
		learnt[sum] = track.NewGround(boundary)
		return nil
	})
	b.add(learnt)
	maps.Copy(found, learnt)
	return found, err
}

// find returns the grounds that are known, and the grids of those that are not.
func (b *groundBook) find(boundaries map[string]string) (found map[string]*track.Ground, unknown []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found = map[string]*track.Ground{"": track.NewGround(nil)}
	for grid, sum := range boundaries {
		if sum == "" {
			continue
		}
		if g, ok := b.known[sum]; ok {
			found[sum] = g
		} else {
			unknown = append(unknown, grid)
		}
	}
	return found, unknown
}

func (b *groundBook) add(learnt map[string]*track.Ground) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.known)+len(learnt) > maxGrounds {
		clear(b.known)
	}
	maps.Copy(b.known, learnt)
}
