package store

import (
	"context"
	"time"
)

// rounds are what is asked of the database for every question, by many at once.
type rounds struct {
	events  together[Event, int64]
	endings together[JobEnding, struct{}]

	askers together[string, Asker]
	facts  together[gridMonth, gridFacts]
}

func newRounds(s *Store) *rounds {
	return &rounds{
		events:  together[Event, int64]{do: s.takeEvents},
		endings: together[JobEnding, struct{}]{do: s.endJobs},

		askers: together[string, Asker]{do: s.askersByOpenID},
		facts:  together[gridMonth, gridFacts]{do: s.factsOfGrids},
	}
}

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
