package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// outingsSoFar measures the day of those of whom there are points later than the
// moment: of them only what they had walked by then counts. Asked about now
// there is nobody.
func (c *collector) outingsSoFar(ctx context.Context) error {
	underway := []string{}
	var mobile string
	err := c.each(ctx, "outings so far", `
		select distinct mobile from track_points where at > @at and at < @tomorrow order by 1`,
		[]any{&mobile}, func() { underway = append(underway, mobile) })
	if err != nil {
		return err
	}
	today := make([]outing, len(underway))
	for i, mobile := range underway {
		today[i] = outing{mobile, c.asOf}
	}
	if len(today) > 0 && c.asOf <= c.to {
		if c.soFar, err = newSurveyor(c.tx, c.grounds).measure(ctx, today, c.at.Add(time.Microsecond)); err != nil {
			return err
		}
	}
	type row struct {
		Mobile string        `json:"mobile"`
		Day    calendar.Date `json:"day"`
		Grid   string        `json:"grid_id"`
		Km     string        `json:"km"`
		Hours  string        `json:"hours"`
	}
	rows := []row{}
	for _, m := range c.soFar {
		rows = append(rows, row{m.mobile, m.day, m.grid, m.Km.String(), m.Hours.String()})
	}
	text, err := json.Marshal(rows)
	c.args["underway"], c.args["so_far"] = underway, text
	return err
}
