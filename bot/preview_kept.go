package bot

import (
	"context"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/nanxiashu/gridbot/bot/remind"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// previews keeps the last preview: its buttons show what it was made of, without
// going through the street's records once more.
type previews struct {
	flight singleflight.Group
	last   *kept[remind.Preview]
	// patience is how long a press waits for one to be made: of a very large street
	// it takes longer than the platform waits for a press to be answered.
	patience time.Duration
}

func newPreviews() previews {
	return previews{last: newKept[remind.Preview](1), patience: time.Second}
}

// previewLife is how long a preview's buttons show it as it was.
const previewLife = 5 * time.Minute

// previewFor is the preview that a button belongs to; for who types, one of now.
func (a *Assistant) previewFor(ctx context.Context, q asking) (remind.Preview, error) {
	last, ok := a.previews.last.get("")
	age := q.now.Sub(last.At)
	if ok && q.pressed && last.Day == calendar.DateOf(q.now) && 0 <= age && age < previewLife {
		return last, nil
	}
	return once(ctx, &a.previews.flight, "", func(ctx context.Context) (remind.Preview, error) {
		preview, err := a.Reminders.Preview(ctx, q.now)
		if err == nil {
			a.previews.last.put("", preview)
		}
		return preview, err
	})
}

// previewReady reports whether a press can be answered with a preview at once. If
// not it is being made, for the next press.
func (a *Assistant) previewReady(ctx context.Context, q asking) (bool, error) {
	if a.previewRefusal(q) != nil {
		return true, nil // which takes no time
	}
	hurried, cancel := context.WithTimeout(ctx, a.previews.patience)
	defer cancel()
	_, err := a.previewFor(hurried, q)
	if hurried.Err() != nil && ctx.Err() == nil {
		return false, nil
	}
	return true, err
}
