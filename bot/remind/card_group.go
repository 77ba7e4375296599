package remind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
)

// groupNote is a card of one sentence for a group; key names the sentence, and
// with _title its title.
func (s *scene) groupNote(key, community string, tone card.Tone, f fields) card.Card {
	return card.Card{Title: s.say(key+"_title", nil), Subtitle: s.where(community), Tone: tone}.
		Add(card.Text{Content: s.say(key, f)})
}

// where is 东社区 · 11月23日.
func (s *scene) where(community string) string {
	if community == "" {
		community = "全街道"
	}
	return community + " · " + dayName(s.day)
}

// listed is 走访、公里和上报.
func listed(tasks []task) string {
	names := make([]string, len(tasks))
	for i, t := range tasks {
		names[i] = t.name
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], "、") + "和" + names[last]
}

// gridsOnCard is what the tables hold that one card may have.
const gridsOnCard = card.MaxTables * card.TableRows

// table is what a group is shown of the grids that are short.
type table struct {
	lead      string
	work      []gridWork
	tasks     []task // a column each
	community string // "" = the whole street
	note      string
}

// groupCards lists grids, on as many cards as that takes.
func (s *scene) groupCards(c card.Card, t table) []card.Card {
	c.Subtitle = s.where(t.community)
	sheets := slices.Collect(slices.Chunk(t.work, gridsOnCard))
	cards := make([]card.Card, len(sheets))
	for i, grids := range sheets {
		part := c
		if len(sheets) > 1 {
			part.Subtitle += fmt.Sprintf("（%d/%d）", i+1, len(sheets))
		}
		if i == 0 {
			part = part.Add(card.Text{Content: t.lead})
		}
		for rows := range slices.Chunk(grids, card.TableRows) {
			part = part.Add(t.of(rows))
		}
		mine := shortfallButton(s.say("button.shortfall_mine", nil), "")
		cards[i] = part.Add(card.Note(t.note), card.Buttons{mine})
	}
	return cards
}

func (t table) of(grids []gridWork) card.Table {
	drawn := card.Table{Columns: []card.Column{{Title: "网格"}}}
	for _, task := range t.tasks {
		drawn.Columns = append(drawn.Columns, card.Column{Title: task.name, Figure: true})
	}
	for _, g := range grids {
		row := card.Row{Cells: []string{g.Name}}
		if t.community == "" {
			row.Cells[0] = g.Community + " " + g.Name
		}
		for _, task := range t.tasks {
			row.Cells = append(row.Cells, g.cell(task))
		}
		drawn.Rows = append(drawn.Rows, row)
	}
	return drawn
}

// cell is done and required: 3/4. Where the grid has done enough but one of the
// roles has not, it says so: 4/4，网格员 0/2.
func (g gridWork) cell(t task) string {
	for _, d := range g.duties {
		switch {
		case d.clause != t.clause:
		case d.Met && d.short():
			return d.progress(d.Standard) + "，" + d.shortRoles()
		default:
			return d.progress(d.Standard)
		}
	}
	return "–"
}

// shortRoles is 网格长 1/2、网格员 0/2, of those roles that are short.
func (d duty) shortRoles() string {
	var roles []string
	for _, s := range d.roles {
		if !s.Met {
			roles = append(roles, s.Subject+" "+d.progress(s))
		}
	}
	return strings.Join(roles, "、")
}

// progress is done and required, 0.6/1: nobody can do a part of a household.
func (t task) progress(s scoring.Standard) string {
	required := s.Required
	if t.isCounted() {
		required = required.Ceil()
	}
	return s.Actual.String() + "/" + required.String()
}
