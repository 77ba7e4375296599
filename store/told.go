package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Told is something that a receiver is told once: an item at a threshold, a
// grid's run of short days.
type Told struct {
	Subject   string // item:S1, grid:E1
	Threshold string // 24h, 4h, overdue; the first day of a run
	Receiver  string // as in the keys of deliveries: nothing that can be read
}

// keepTold is how long it is remembered what was told: longer than anything is
// looked back at.
const keepTold = 180 * 24 * time.Hour

// HaveTold returns what has been told of the subjects so far, to anybody.
func (s *Store) HaveTold(ctx context.Context, subjects []string) (map[Told]bool, error) {
	const doing = "what has been told"
	rows, err := s.pool.Query(ctx, `select subject, threshold, receiver from told where subject = any ($1)`, subjects)
	if err != nil {
		return nil, failed(doing, err)
	}
	told := map[Told]bool{}
	var one Told
	_, err = pgx.ForEachRow(rows, []any{&one.Subject, &one.Threshold, &one.Receiver}, func() error { told[one] = true; return nil })
	return told, failed(doing, err)
}

// Tell records, in the transaction that plans the message, what it tells.
func (s *Store) Tell(ctx context.Context, tx pgx.Tx, told []Told, now time.Time) error {
	const doing = "record what is told"
	rows := make([][]any, len(told))
	for i, one := range told {
		rows[i] = []any{one.Subject, one.Threshold, one.Receiver, now}
	}
	if _, err := tx.Exec(ctx, `delete from told where told_at < $1`, now.Add(-keepTold)); err != nil {
		return failed(doing, err)
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"told"}, []string{"subject", "threshold", "receiver", "told_at"}, pgx.CopyFromRows(rows))
	return failed(doing, err)
}

// PlanAlone keeps every other process from planning reminders until the
// transaction ends: what was found to be untold is still so when it is told.
func (s *Store) PlanAlone(ctx context.Context, tx pgx.Tx) error {
	_, _, err := lockPlan(ctx, tx)
	return failed("plan alone", err)
}

// SpecialPeriod is a row of 特定时段.
type SpecialPeriod struct {
	ID, Name   string
	Start, End calendar.Date // both included
}

// SpecialPeriods returns the periods that touch the days from first to last, in
// order of their start.
func (s *Store) SpecialPeriods(ctx context.Context, first, last calendar.Date) ([]SpecialPeriod, error) {
	const doing = "special periods"
	rows, err := s.pool.Query(ctx, `
		select id, name, starts_on, ends_on from special_periods
		where starts_on <= $2 and ends_on >= $1
		order by starts_on, id collate "C"`, first.UTC(), last.UTC())
	if err != nil {
		return nil, failed(doing, err)
	}
	var periods []SpecialPeriod
	var p SpecialPeriod
	var start, end time.Time
	_, err = pgx.ForEachRow(rows, []any{&p.ID, &p.Name, &start, &end}, func() error {
		p.Start, p.End = calendar.NewDate(start.Date()), calendar.NewDate(end.Date())
		periods = append(periods, p)
		return nil
	})
	return periods, failed(doing, err)
}
