package store

import (
	"context"
	"time"
)

// What is written to the job queue's own tables, past the queue.

// JobEnding is what becomes of a job that was worked at once, as its first attempt.
type JobEnding struct {
	ID    int64
	State string        // completed, cancelled, or available: to be worked again
	After time.Duration // how long it rests before that
}

// EndJob records what becomes of a job. One that was rescued meanwhile, because it
// took too long, belongs to somebody else and stays as it is.
func (s *Store) EndJob(ctx context.Context, e JobEnding) error {
	_, err := s.rounds.endings.ask(ctx, e)
	return failed("end a job", err)
}

func (s *Store) endJobs(ctx context.Context, endings []JobEnding) ([]struct{}, error) {
	ids, states, after := make([]int64, len(endings)), make([]string, len(endings)), make([]time.Duration, len(endings))
	for i, e := range endings {
		ids[i], states[i], after[i] = e.ID, e.State, e.After
	}
	_, err := s.pool.Exec(ctx, `
		update river_job set state = ended.state::river_job_state, scheduled_at = now() + ended.rests,
			finalized_at = case when ended.state <> 'available' then now() end
		from unnest($1::bigint[], $2::text[], $3::interval[]) ended (id, state, rests)
		where river_job.id = ended.id and river_job.state = 'running' and river_job.attempt = 1`, ids, states, after)
	return make([]struct{}, len(endings)), err
}

// RescueJobs makes the jobs and the leadership of killed processes free at once,
// instead of after a minute. Only for a process that is known to be the only one,
// before it starts its queue: it would take jobs away from living ones.
func (s *Store) RescueJobs(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, `
		with dethroned as (delete from river_leader)
		update river_job
		set state = 'available', scheduled_at = now(), max_attempts = greatest(max_attempts, attempt + 1)
		where state = 'running'`)
	return failed("rescue jobs", err)
}
