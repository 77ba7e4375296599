package undelivered

import (
	"fmt"
	"strings"
	"time"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/sheet"
)

// late is a sheet whose records do not reach the day they should.
type late struct {
	sheet   sheet.Name
	through calendar.Date // zero: there are none
}

// lateOnes are the sheets without a record of the day expected, or of later, that
// are not declared complete through it.
func lateOnes(reach map[sheet.Name]store.Reach, expected calendar.Date) (those []late) {
	for _, name := range []sheet.Name{sheet.Visits, sheet.Patrols, sheet.Items} {
		r := reach[name]
		through := r.Through
		if !r.Latest.IsZero() {
			through = max(through, calendar.DateOf(r.Latest))
		}
		if through < expected {
			those = append(those, late{name, through})
		}
	}
	return those
}

func (r *Report) draw(since time.Time, failures []store.Undelivered, late []late) *card.Card {
	c := card.Card{
		Title: r.say("title", nil), Subtitle: r.say("since", map[string]any{"since": momentName(since)}), Tone: card.Warning,
		Summary: r.say("summary", nil),
	}
	if len(failures) > 0 {
		c = c.Add(r.table(failures))
		for _, advice := range r.advices(failures) {
			c = c.Add(card.Text{Strong: advice.reason + "：", Content: advice.todo})
		}
	} else {
		c.Title = r.say("title_late", nil)
	}
	for _, l := range late {
		c = c.Add(card.Text{Strong: string(l.sheet) + "：", Content: r.lateness(l)})
	}
	if len(failures) > 0 {
		c = c.Add(card.Note(r.say("retry", nil)))
	}
	return &c
}

func (r *Report) lateness(l late) string {
	if l.through.IsZero() {
		return r.say("no_data", nil)
	}
	return r.say("late", map[string]any{"day": dayName(l.through)})
}

// table holds the most frequent reasons.
func (r *Report) table(failures []store.Undelivered) card.Table {
	t := card.Table{Columns: []card.Column{
		{Title: r.say("reason", nil)}, {Title: r.say("messages", nil), Figure: true},
		{Title: r.say("receivers", nil)}, {Title: r.say("titles", nil)},
	}}
	for _, f := range failures[:min(len(failures), card.TableRows)] {
		t.Rows = append(t.Rows, card.Row{Cells: []string{
			f.Reason, fmt.Sprint(f.Messages), r.receivers(f), strings.Join(f.Titles, "、"),
		}})
	}
	t.More = len(failures) - len(t.Rows)
	return t
}

func (r *Report) receivers(f store.Undelivered) string {
	var parts []string
	if f.People > 0 {
		parts = append(parts, r.say("people", map[string]any{"n": f.People}))
	}
	if f.Groups > 0 {
		parts = append(parts, r.say("groups", map[string]any{"n": f.Groups}))
	}
	if len(parts) == 0 {
		return r.say("everybody", nil)
	}
	return strings.Join(parts, "、")
}

func dayName(d calendar.Date) string { return d.Start().Format("1月2日") }

func momentName(t time.Time) string { return t.In(calendar.Shanghai).Format("1月2日 15:04") }
