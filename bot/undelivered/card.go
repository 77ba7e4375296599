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

func draw(since time.Time, failures []store.Undelivered, late []late) *card.Card {
	c := card.Card{
		Title: "没有送到的消息", Subtitle: "自 " + momentName(since) + " 以来", Tone: card.Warning,
		Summary: "有消息没有送到，或数据来晚了",
	}
	if len(failures) > 0 {
		c = c.Add(table(failures))
		for _, advice := range advices(failures) {
			c = c.Add(card.Text{Strong: advice.reason + "：", Content: advice.todo})
		}
	} else {
		c.Title = "数据来晚了"
	}
	for _, l := range late {
		c = c.Add(card.Text{Strong: string(l.sheet) + "：", Content: l.words()})
	}
	if len(failures) > 0 {
		c = c.Add(card.Note("处理好之后，可以让管理员用 gridbot deliveries --retry 再发一次。"))
	}
	return &c
}

func (l late) words() string {
	if l.through.IsZero() {
		return "还没有数据，请看看对接的系统。"
	}
	return fmt.Sprintf("数据只到 %s，请看看对接的系统。", dayName(l.through))
}

// table holds the most frequent reasons.
func table(failures []store.Undelivered) card.Table {
	t := card.Table{Columns: []card.Column{{Title: "原因"}, {Title: "条数", Figure: true}, {Title: "涉及"}, {Title: "消息"}}}
	for _, f := range failures[:min(len(failures), card.TableRows)] {
		t.Rows = append(t.Rows, card.Row{Cells: []string{
			f.Reason, fmt.Sprint(f.Messages), receivers(f), strings.Join(f.Titles, "、"),
		}})
	}
	t.More = len(failures) - len(t.Rows)
	return t
}

func receivers(f store.Undelivered) string {
	var parts []string
	if f.People > 0 {
		parts = append(parts, fmt.Sprintf("%d 人", f.People))
	}
	if f.Groups > 0 {
		parts = append(parts, fmt.Sprintf("%d 个群", f.Groups))
	}
	if len(parts) == 0 {
		return "全部接收人"
	}
	return strings.Join(parts, "、")
}

func dayName(d calendar.Date) string { return d.Start().Format("1月2日") }

func momentName(t time.Time) string { return t.In(calendar.Shanghai).Format("1月2日 15:04") }
