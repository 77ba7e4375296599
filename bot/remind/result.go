package remind

import (
	"context"
	"fmt"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/store"
)

// result tells the centre that last month is not published yet. Nothing is: there
// is no publication in this program.
func (s *scene) result(ctx context.Context) ([]Reminder, error) {
	last := s.day.Month() - 1
	results, err := s.results(ctx, last)
	if err != nil {
		return nil, err
	}
	incomplete := 0
	for _, r := range results {
		if !r.Complete {
			incomplete++
		}
	}
	data := s.say("result.complete", nil)
	if incomplete > 0 {
		data = s.say("result.incomplete", fields{"grids": incomplete})
	}
	month := fmt.Sprintf("%d月", last.Calendar())
	c := card.Card{Title: s.say("result.title", nil), Subtitle: month, Summary: s.say("result.summary", nil)}.Add(
		card.Text{Content: s.say("result.lead", fields{"month": month})}, card.Text{Content: data},
		card.Buttons{rankingButton(s.say("button.ranking", fields{"month": month}), last)})
	var reminders []Reminder
	for _, who := range s.people {
		if who.Role == store.Admin {
			reminders = append(reminders, s.toPerson(who, c))
		}
	}
	return reminders, nil
}
