package remind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanxiashu/gridbot/bot/ask"
	"github.com/nanxiashu/gridbot/bot/card"
	"github.com/nanxiashu/gridbot/scoring"
	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// groupCards are what a group of a community, or of the whole street (""), is
// told: which grids are short of what; thanks if none is; how far the data reach
// if nobody can say; nothing where nobody is on duty.
func (s *streetToday) groupCards(community string) []card.Card {
	grids := s.in(community)
	short := shortOnes(grids)
	where := community
	if where == "" {
		where = "全街道"
	}
	c := card.Card{Subtitle: where + " · " + dayName(s.day)}
	switch {
	case len(grids) == 0:
		return nil
	case len(s.known) == 0:
		return []card.Card{s.waiting(c)}
	case len(short) == 0:
		return []card.Card{s.thanks(c)}
	}
	return s.shortCards(c, short, community == "")
}

func (s *streetToday) waiting(c card.Card) card.Card {
	c.Title, c.Tone = "今天的数据还没到", card.Quiet
	return c.Add(card.Text{Content: "今天的记录还没有传过来，先不提醒。平台上记过的不用再报一遍。"}, card.Note(s.reach.words()))
}

func (s *streetToday) thanks(c card.Card) card.Card {
	c.Title, c.Tone = "今天辛苦了", card.Good
	return c.Add(card.Text{Content: "今天的" + s.knownNames() + "都做到了，谢谢大家！"}, card.Note(s.reach.words()))
}

// knownNames is 走访、公里和上报.
func (s *streetToday) knownNames() string {
	names := make([]string, len(s.known))
	for i, t := range s.known {
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

// shortCards lists the grids that are short, on as many cards as that takes.
func (s *streetToday) shortCards(c card.Card, short []gridToday, street bool) []card.Card {
	c.Title, c.Tone, c.Summary = "今天还差一点", card.Warning, "今天还没做完的走访、公里和上报"
	lead := fmt.Sprintf("今天还有 %d 个网格差一点，补上就齐了：", len(short))
	sheets := slices.Collect(slices.Chunk(short, gridsOnCard))
	cards := make([]card.Card, len(sheets))
	for i, grids := range sheets {
		part := c
		if len(sheets) > 1 {
			part.Subtitle += fmt.Sprintf("（%d/%d）", i+1, len(sheets))
		}
		if i == 0 {
			part = part.Add(card.Text{Content: lead})
		}
		for rows := range slices.Chunk(grids, card.TableRows) {
			part = part.Add(s.table(rows, street))
		}
		cards[i] = part.Add(card.Note(s.reach.words()), card.Buttons{shortfallButton("私信看我的", "")})
	}
	return cards
}

func (s *streetToday) table(grids []gridToday, street bool) card.Table {
	t := card.Table{Columns: []card.Column{{Title: "网格"}}}
	for _, task := range s.known {
		t.Columns = append(t.Columns, card.Column{Title: task.name, Figure: true})
	}
	for _, g := range grids {
		row := card.Row{Cells: []string{g.Name}}
		if street {
			row.Cells[0] = g.Community + " " + g.Name
		}
		for _, task := range s.known {
			row.Cells = append(row.Cells, g.cell(task))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cell is done and required: 3/4. Where the grid has done enough but one of the
// roles has not, it says so: 4/4，网格员 0/2.
func (g gridToday) cell(t task) string {
	for _, d := range g.duties {
		switch {
		case d.clause != t.clause:
		case d.Met && d.short():
			return progress(d.Standard) + "，" + d.shortRoles()
		default:
			return progress(d.Standard)
		}
	}
	return "–"
}

// personCard is what somebody is told whose grids are short.
func (s *streetToday) personCard(short []gridToday) card.Card {
	c := card.Card{
		Title: "今天还差一点", Subtitle: dayName(s.day), Tone: card.Warning, Summary: "今天的工作提醒",
	}.Add(card.Text{Content: "今天还差下面这几项，24:00 前补上就好："})
	if len(short) == 1 {
		c.Subtitle = short[0].Name + " · " + c.Subtitle
	}
	buttons := card.Buttons{}
	for _, g := range short {
		button := shortfallButton("看还差什么", g.ID)
		if len(short) > 1 {
			c, button.Text = c.Add(card.Text{Strong: g.Name}), g.Name+"还差什么"
		}
		c, buttons = c.Add(card.List{Items: g.lines()}), append(buttons, button)
	}
	return c.Add(card.Note(s.reach.words()), buttons)
}

// lines say what is missing and what it may cost, a line a task.
func (g gridToday) lines() []string {
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
	text := d.name + " " + progress(d.Standard)
	if !d.Met {
		text += "，还差 " + d.Missing().String() + " " + d.unit
	}
	if roles := d.shortRoles(); roles != "" {
		text += "，其中" + roles
	}
	if d.cost.IsPositive() {
		text += "，可能扣 " + d.cost.String() + " 分"
	}
	return text
}

// shortRoles is 网格长 1/2、网格员 0/2, of those roles that are short.
func (d duty) shortRoles() string {
	var roles []string
	for _, s := range d.roles {
		if !s.Met {
			roles = append(roles, s.Subject+" "+progress(s))
		}
	}
	return strings.Join(roles, "、")
}

func progress(s scoring.Standard) string { return s.Actual.String() + "/" + s.Required.String() }

// shortfallButton asks what is missing, of a grid or of whatever grid is the
// presser's ("").
func shortfallButton(text, grid string) card.Button {
	value := map[string]any{"do": "ask", "meaning": string(ask.Shortfall)}
	if grid != "" {
		value["grid"] = grid
	}
	return card.Button{Text: text, Main: true, Value: value}
}

// dayName is 11月23日.
func dayName(d calendar.Date) string {
	_, month, day := d.UTC().Date()
	return fmt.Sprintf("%d月%d日", month, day)
}
