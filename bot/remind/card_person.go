package remind

import (
	"fmt"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
)

// gridPart is what somebody is told of one of their grids.
type gridPart struct {
	store.Grid
	lines []string
}

// shortParts say what is missing in the grids that are short of something.
func shortParts(work []gridWork) []gridPart {
	var parts []gridPart
	for _, g := range work {
		if g.short() {
			parts = append(parts, gridPart{g.Grid, g.lines()})
		}
	}
	return parts
}

// personCard goes on with what somebody is told of each of their grids.
func (s *scene) personCard(c card.Card, parts []gridPart, note string) card.Card {
	c.Subtitle = dayName(s.day)
	if len(parts) == 1 {
		c.Subtitle = parts[0].Name + " · " + c.Subtitle
	}
	buttons := card.Buttons{}
	for _, g := range parts {
		text := s.say("button.shortfall", nil)
		if len(parts) > 1 {
			c, text = c.Add(card.Text{Strong: g.Name}), s.say("button.shortfall_of", fields{"grid": g.Name})
		}
		c, buttons = c.Add(card.List{Items: g.lines}), append(buttons, shortfallButton(text, g.ID))
	}
	return c.Add(card.Note(note), buttons)
}

// lines say what is missing and what it may cost, a line a task.
func (g gridWork) lines() []string {
	var lines []string
	for _, d := range g.duties {
		if d.short() {
			lines = append(lines, d.words())
		}
	}
	return lines
}

// words are 走访 3/4，还差 1 条，其中网格员 1/2; 上报 2/4，还差 2 条，可能扣 1 分.
func (d duty) words() string {
	text := d.name + " " + d.progress(d.Standard)
	if !d.Met {
		text += "，还差 " + d.lacking() + " " + d.unit
	}
	if roles := d.shortRoles(); roles != "" {
		text += "，其中" + roles
	}
	if d.cost.IsPositive() {
		text += "，可能扣 " + d.cost.String() + " 分"
	}
	return text
}

// lacking is how much is missing: kilometres and hours as they are, whatever is
// counted in whole ones.
func (d duty) lacking() string {
	if d.isCounted() {
		return d.Missing().Ceil().String()
	}
	return d.Missing().String()
}

// shortfallButton asks what is missing, of a grid or of whatever grid is the
// presser's ("").
func shortfallButton(text, grid string) card.Button {
	return askButton(text, ask.Shortfall, grid)
}

func askButton(text string, meaning ask.Meaning, grid string) card.Button {
	value := map[string]any{"do": "ask", "meaning": string(meaning)}
	if grid != "" {
		value["grid"] = grid
	}
	return card.Button{Text: text, Main: true, Value: value}
}

// rankingButton asks how the grids stand in a month.
func rankingButton(text string, month calendar.Month) card.Button {
	b := askButton(text, ask.Ranking, "")
	b.Value["period"] = calendar.PeriodOf(calendar.SpanMonth, month.First()).String()
	return b
}

// muteButton keeps the scene's kind from whoever presses it, for the day.
func (s *scene) muteButton() card.Button {
	return card.Button{Text: s.say("button.mute", nil), Value: map[string]any{"do": "mute", "kind": string(s.kind), "when": s.when()}}
}

// withButton adds a button to those at the end of a card.
func withButton(c card.Card, b card.Button) card.Card {
	if n := len(c.Blocks); n > 0 {
		if last, ok := c.Blocks[n-1].(card.Buttons); ok {
			c.Blocks = c.Blocks[:n-1]
			return c.Add(append(last, b))
		}
	}
	return c.Add(card.Buttons{b})
}

// dayName is 11月23日.
func dayName(d calendar.Date) string {
	_, month, day := d.UTC().Date()
	return fmt.Sprintf("%d月%d日", month, day)
}
