package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/scoring/calendar"
)

// Undelivered is messages that did not go out, all for the same reason.
type Undelivered struct {
	Code     int    // the platform's; 0 = it was not the platform that refused
	Reason   string // in Chinese, for the centre
	Messages int
	People   int // to whom they should have gone; those without open_id count each
	Groups   int
	Titles   []string // of the messages, each once
}

// Undelivered returns what failed or was skipped after one moment and up to
// another, by reason, the most frequent first. Messages of a kind may be left out.
func (s *Store) Undelivered(ctx context.Context, after, until time.Time, exceptKind string) ([]Undelivered, error) {
	const doing = "what could not be delivered"
	rows, err := s.pool.Query(ctx, `
		select coalesce(code, 0), reason, count(*),
			count(distinct case when receiver <> '' then receiver else key end) filter (where receiver_type = 'person'),
			count(distinct receiver) filter (where receiver_type = 'chat' and receiver <> ''),
			array_agg(distinct title)
		from deliveries
		where state in ('failed', 'skipped') and finished_at > $1 and finished_at <= $2 and kind <> $3
		group by 1, 2
		order by 3 desc, 1, 2`, after, until, exceptKind)
	if err != nil {
		return nil, failed(doing, err)
	}
	undelivered, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Undelivered])
	return undelivered, failed(doing, err)
}

// LastDeliveryOf returns when a message of a kind was last planned for a day
// before the one given; the zero time if never.
func (s *Store) LastDeliveryOf(ctx context.Context, kind string, before calendar.Date) (time.Time, error) {
	var at time.Time
	err := s.pool.QueryRow(ctx, `
		select planned_at from deliveries where kind = $1 and day < $2 order by day desc, planned_at desc limit 1`,
		kind, before.UTC()).Scan(&at)
	if errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, nil
	}
	return at, failed("last message of a kind", err)
}
