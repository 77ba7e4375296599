package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// Event is something that the chat platform tells, perhaps more than once, and
// the job that it causes.
type Event struct {
	Keys    []string // by which it is known again: its event_id, and its message_id where it has one
	TakenAt time.Time
	Job     *EventJob // nil = it causes none
}

// EventJob is a job of the queue.
type EventJob struct {
	Kind, Queue string
	Args        json.RawMessage
	MaxAttempts int
	Worker      string // who works it at once, as its first attempt; "" = whoever comes first
}

// TakeEvent remembers an event and inserts its job, in one transaction, which it
// shares with those taken at the same time. The event is fresh if none of its keys
// was known; of one that is not nothing is done. The id is the job's.
func (s *Store) TakeEvent(ctx context.Context, e Event) (id int64, fresh bool, err error) {
	id, err = s.rounds.events.ask(ctx, e)
	return id, id != 0, failed("take an event", err)
}

// takeEvents gives the ids of the jobs, 0 for what is not fresh. Keys are inserted
// in the same order everywhere, so that two cannot wait for each other.
func (s *Store) takeEvents(ctx context.Context, events []Event) ([]int64, error) {
	keys, jobs := eventColumns(events)
	rows, err := s.pool.Query(ctx, `
		with given as (select * from unnest($1::int[], $2::text[], $3::timestamptz[]) g (n, key, at)),
		taken as (
			insert into taken_events (key, taken_at) select key, at from given order by key
			on conflict (key) do nothing
			returning key
		), fresh as materialized (
			select n, nextval('river_job_id_seq') as id from given left join taken using (key)
			group by n having bool_and(taken.key is not null)
		), caused as (
			insert into river_job (id, kind, queue, args, max_attempts, state, attempt, attempted_at, attempted_by)
			select id, kind, queue, args, max_attempts,
				case when worker = '' then 'available' else 'running' end::river_job_state,
				case when worker = '' then 0 else 1 end,
				case when worker <> '' then now() end,
				case when worker <> '' then array[worker] end
			from unnest($4::int[], $5::text[], $6::text[], $7::jsonb[], $8::int[], $9::text[])
				j (n, kind, queue, args, max_attempts, worker) join fresh using (n)
		)
		select n, id from fresh`,
		keys.n, keys.key, keys.at, jobs.n, jobs.kind, jobs.queue, jobs.args, jobs.maxAttempts, jobs.worker)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(events))
	var n int
	var id int64
	_, err = pgx.ForEachRow(rows, []any{&n, &id}, func() error { ids[n] = id; return nil })
	return ids, err
}

type keyColumns struct {
	n   []int
	key []string
	at  []time.Time
}

type jobColumns struct {
	n                   []int
	kind, queue, worker []string
	args                []json.RawMessage
	maxAttempts         []int
}

// eventColumns leaves out what repeats an event before it in the same round.
func eventColumns(events []Event) (keys keyColumns, jobs jobColumns) {
	seen := map[string]bool{}
	for n, e := range events {
		if slices.ContainsFunc(e.Keys, func(key string) bool { return seen[key] }) {
			continue
		}
		for _, key := range e.Keys {
			if !seen[key] {
				keys.n, keys.key, keys.at = append(keys.n, n), append(keys.key, key), append(keys.at, e.TakenAt)
			}
			seen[key] = true
		}
		if job := e.Job; job != nil {
			jobs.n = append(jobs.n, n)
			jobs.kind, jobs.queue, jobs.worker = append(jobs.kind, job.Kind), append(jobs.queue, job.Queue), append(jobs.worker, job.Worker)
			jobs.args, jobs.maxAttempts = append(jobs.args, job.Args), append(jobs.maxAttempts, job.MaxAttempts)
		}
	}
	return keys, jobs
}

// ForgetEvents forgets the events taken before that moment, and returns how
// many keys that were. It must lie further back than the platform redelivers.
func (s *Store) ForgetEvents(ctx context.Context, before time.Time) (int, error) {
	forgotten, err := s.queries.ForgetEvents(ctx, before)
	return int(forgotten), failed("forget old events", err)
}
