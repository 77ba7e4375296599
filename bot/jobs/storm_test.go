package jobs

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/nanxiashu/gridbot/bot/stage"
	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/cache"
	"github.com/nanxiashu/gridbot/store/cache/redistest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

// storm is a house in which things go wrong by the seed: with the platform, with
// the processes, with Redis, Postgres and the clock.
type storm struct {
	*house
	rand                  *rand.Rand
	deliveries, questions int

	workers *store.Store // the processes', so that their connections can be cut and the test's stay
	redis   *redistest.Server
	ahead   atomic.Int64 // how far the processes' clocks are ahead
}

func newStorm(t *testing.T, rand *rand.Rand) *storm {
	s := &storm{rand: rand, redis: redistest.Start(t), house: newHouse(t, func(o *stage.Options) {
		o.NoLimits = true // the pace has tests of its own
		o.Groups = append(o.Groups, groupsOf(groupsInStorm)...)
	})}
	separator := "?"
	if strings.Contains(s.url, "?") {
		separator = "&"
	}
	var err error
	s.workers, err = store.Open(t.Context(), s.url+separator+"application_name=storm",
		store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.workers.Close)
	return s
}

func (s *storm) now() time.Time { return now.Add(time.Duration(s.ahead.Load())) }

// worker is a process that shares Redis with the others.
func (s *storm) worker() *Jobs {
	return s.process(paced(s.t, s.redis.URL), func(d *Deps) {
		d.Pool, d.Records, d.Now, d.Pace = s.workers.Pool(), waking{s.workers, s.house}, s.now, generous{d.Pace}
	})
}

// generous allows so much that no test has to wait for it.
type generous struct{ Pace }

func (g generous) Take(ctx context.Context, receiver string, l cache.Limits) time.Duration {
	return g.Pace.Take(ctx, receiver, cache.Limits{
		App: []cache.Window{{Size: 100, Length: time.Second}}, Receiver: cache.Window{Size: 100, Length: time.Second},
	})
}

// leaderOf is the process that has the lead, or any before one has it.
func (s *storm) leaderOf(running []*Jobs) *Jobs {
	for _, j := range running {
		var leads bool
		err := s.store.Pool().QueryRow(s.t.Context(), `select exists (select from river_leader where leader_id = $1)`, j.client.ID()).Scan(&leads)
		if err != nil {
			s.t.Fatal(err)
		}
		if leads {
			return j
		}
	}
	return running[0]
}

func (s *storm) emptyRedis() {
	options, err := redis.ParseURL(s.redis.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	client := redis.NewClient(options)
	defer client.Close()
	if err := client.FlushAll(s.t.Context()).Err(); err != nil {
		s.t.Error(err)
	}
}

// stopRedis leaves those at work without one; those that come later have another.
func (s *storm) stopRedis() {
	s.redis.Stop()
	s.redis = redistest.Start(s.t)
}

// cutPostgres does to the processes what a restart of the database does.
func (s *storm) cutPostgres() {
	s.exec(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'storm'`)
}

// jump sets the processes' clocks forth or back, altogether by less than the time
// for which a delivery is of use.
func (s *storm) jump() {
	by := []time.Duration{40 * time.Minute, 30 * time.Second, -40 * time.Second, -25 * time.Minute}[s.rand.IntN(4)]
	if ahead := s.ahead.Add(int64(by)); ahead < -int64(time.Hour) || ahead > int64(time.Hour) {
		s.ahead.Add(-int64(by))
	}
}

// rescue is what a process does that comes after the others.
func (s *storm) rescue() {
	s.stage.Heal()
	s.forgetCalls()
	if err := s.store.RescueJobs(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}
