package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/scoring/track"
	"github.com/nanxiashu/gridbot/store"
)

type trackCommand struct {
	Show   trackShow   `cmd:"" default:"withargs" help:"Explain a day: which points counted, and what they come to."`
	Import trackImport `cmd:"" help:"Import GPX or GeoJSON tracks as 轨迹点."`
}

type trackShow struct {
	Person  string        `required:"" help:"Whose day, by mobile number." placeholder:"MOBILE"`
	Date    calendar.Date `required:"" help:"The day, 2026-10-08." placeholder:"DATE"`
	Grid    string        `help:"Only on the ground of this grid; needed for a drawing if the person has several." placeholder:"ID"`
	Geojson string        `name:"geojson" help:"Draw the day into this file; - writes the drawing alone to standard output." placeholder:"FILE|-"`
}

// Run explains the day to the people of the centre, so it speaks Chinese.
func (c *trackShow) Run(ctx context.Context, g *globals) error {
	house, err := openHouse(ctx, g)
	if err != nil {
		return err
	}
	defer house.close()
	if _, err := house.personOf(ctx, c.Person); err != nil {
		return err
	}
	outing, err := house.store.Outing(ctx, c.Person, c.Date, g.now())
	if err != nil {
		return err
	}
	if c.Grid != "" {
		outing.Walks = slices.DeleteFunc(outing.Walks, func(w store.Walk) bool { return w.GridID != c.Grid })
	}
	if len(outing.Walks) == 0 {
		return fmt.Errorf("track: the person does not belong to grid %s", c.Grid)
	}
	if c.Geojson != "" {
		if len(outing.Walks) > 1 {
			return usageError("track: the person has several grids: say with --grid on which to draw the day")
		}
		if err := c.draw(g, outing.Walks[0]); err != nil || c.Geojson == "-" {
			return err
		}
	}
	return c.explain(ctx, g, house.store, outing)
}

func (c *trackShow) draw(g *globals, w store.Walk) error {
	drawing := w.GeoJSON() + "\n"
	if c.Geojson == "-" {
		_, err := io.WriteString(g.out, drawing)
		return err
	}
	if err := os.WriteFile(c.Geojson, []byte(drawing), 0o600); err != nil { // where somebody was is not for everybody
		return fmt.Errorf("track: write the drawing: %w", err)
	}
	return nil
}

func (c *trackShow) explain(ctx context.Context, g *globals, records *store.Store, o store.Outing) error {
	for _, w := range o.Walks {
		name := "网格 " + w.GridID
		if w.GridID == "" {
			name = "没有网格"
		}
		fmt.Fprintf(g.out, "%s · %s\n", c.Date, name)
		if len(w.Steps) == 0 {
			fmt.Fprintln(g.out, "  这一天没有轨迹点。")
		} else {
			fmt.Fprintf(g.out, "  %s\n", w)
			printSteps(g.out, w.Steps)
		}
		if w.Bounded() {
			share, err := c.coverage(ctx, g, records, w.GridID)
			if err != nil {
				return err
			}
			fmt.Fprintf(g.out, "  %s\n", share)
		}
	}
	for _, p := range o.Patrols {
		fmt.Fprintf(g.out, "  “里程”里有这一天（网格 %s）：%s 公里", p.GridID, p.Km)
		if p.Hours != nil {
			fmt.Fprintf(g.out, "、%s 小时", p.Hours)
		}
		fmt.Fprintln(g.out, "。公里数和时长以它为准。")
	}
	return nil
}

// printSteps says what became of the points, a line for those in a row to which
// the same happened.
func printSteps(w io.Writer, steps []track.Step) {
	const clock = "15:04:05"
	for len(steps) > 0 {
		n := slices.IndexFunc(steps, func(s track.Step) bool { return s.Reason != steps[0].Reason })
		if n < 0 {
			n = len(steps)
		}
		first, last := steps[0].At.In(calendar.Shanghai).Format(clock), steps[n-1].At.In(calendar.Shanghai).Format(clock)
		if n > 1 {
			first += "–" + last
		}
		fmt.Fprintf(w, "    %s  %s %d\n", first, steps[0].Reason, n)
		steps = steps[n:]
	}
}

// coverage says how far the grid's people covered it up to the day.
func (c *trackShow) coverage(ctx context.Context, g *globals, records *store.Store, grid string) (string, error) {
	facts, err := records.Facts(ctx, store.FactsQuery{Month: c.Date.Month(), At: g.now(), Grids: []string{grid}})
	if err != nil {
		return "", err
	}
	if len(facts) == 1 {
		for _, day := range facts[0].Days {
			if day.Date == c.Date && day.Coverage != nil {
				return fmt.Sprintf("近 5 个工作日全网格走过 %s%%。", day.Coverage.Shift(2)), nil
			}
		}
	}
	return "近 5 个工作日的覆盖没有算：这天不是工作日，或其中有一天没有轨迹点。", nil
}

// personOf returns the person with that mobile number.
func (h *house) personOf(ctx context.Context, mobile string) (store.Person, error) {
	person, err := h.store.PersonByMobile(ctx, mobile)
	if errors.Is(err, store.ErrNotFound) {
		return person, errors.New("track: nobody in 人员 has that mobile number")
	}
	return person, err
}
