package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store"
	"github.com/nanxiashu/gridbot/store/pglocal/pgtest"
	"github.com/nanxiashu/gridbot/store/seal/sealtest"
)

func TestMain(m *testing.M) { defer pgtest.Stop(); m.Run() }

// open returns a store on a migrated, empty database of the test's own.
func open(t testing.TB) *store.Store {
	t.Helper()
	return openAt(t, pgtest.Database(t, store.Migrate))
}

func openAt(t testing.TB, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{Workdays: calendar.Mainland(), Keys: sealtest.Ring()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// empty takes every record out of the store: sooner done than a new database.
func empty(t testing.TB, s *store.Store) {
	t.Helper()
	for _, table := range []string{
		"exemptions", "findings", "readiness", "special_periods", "collections", "meetings", "track_points", "track_days", "items",
		"patrols", "visits", "hazard_sites", "persons_of_concern", "watched_numbers", "catalogue", "people", "grids",
		"groups", "communities", "arrivals", "declared_through",
	} {
		exec(t, s, "delete from "+table)
	}
}

func exec(t testing.TB, s *store.Store, sql string, args ...any) {
	t.Helper()
	if _, err := s.Pool().Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// number returns the one number that the query selects.
func number(t testing.TB, s *store.Store, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := s.Pool().QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

func TestFourProcessesThatMigrateAtOnceTakeTurns(t *testing.T) {
	url := pgtest.Empty(t)
	var processes errgroup.Group
	for range 4 {
		processes.Go(func() error { return store.Migrate(t.Context(), url) })
	}
	if err := processes.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := openAt(t, url).CheckSchema(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestServingNeedsExactlyTheSchemaOfTheProgram(t *testing.T) {
	for name, c := range map[string]struct {
		change string
		want   error
	}{
		"a current schema is fine":                   {`select 1`, nil},
		"no schema at all is older":                  {`drop table goose_db_version`, store.ErrSchemaOlder},
		"a step that is missing is older":            {`delete from goose_db_version where version_id > 1`, store.ErrSchemaOlder},
		"a step of the job queue missing is older":   {`delete from river_migration where version > 5`, store.ErrSchemaOlder},
		"a step that this program lacks means newer": {`insert into goose_db_version (version_id, is_applied) values (99999, true)`, store.ErrSchemaNewer},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			exec(t, s, c.change)
			if err := s.CheckSchema(t.Context()); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestStatusListsTheStepsAndWhichAreApplied(t *testing.T) {
	url := pgtest.Empty(t)
	for _, applied := range []bool{false, true} {
		steps, err := store.MigrationStatus(t.Context(), url)
		if err != nil || len(steps) < 3 {
			t.Fatalf("%v, %v", steps, err)
		}
		for i, step := range steps {
			if step.Version != int64(i+1) || step.AppliedAt.IsZero() == applied {
				t.Errorf("step %d: %+v, want applied: %v", i+1, step, applied)
			}
		}
		if err := store.Migrate(t.Context(), url); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAMonthThatTwoNeedAtOnceIsCreatedOnce(t *testing.T) {
	s := open(t)
	var writers errgroup.Group
	for range 8 {
		writers.Go(func() error {
			_, err := s.Pool().Exec(t.Context(), `select ensure_month('visits', '2019-07-31')`)
			return err
		})
	}
	if err := writers.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := number(t, s, `select count(*) from pg_class where relname = 'visits_2019_07'`); n != 1 {
		t.Errorf("%d tables", n)
	}
}

func TestAMonthReachesFromMidnightToMidnightInShanghai(t *testing.T) {
	s := open(t)
	exec(t, s, `select ensure_month('visits', '2019-07-01')`)
	month := calendar.NewMonth(2019, 7)
	for _, at := range []any{month.First().Start(), month.Last().Start()} {
		exec(t, s, `insert into visits (id, grid_id, mobile, visited_at, photos) values ('v', 'g', 'm', $1, 0)`, at)
	}
	_, err := s.Pool().Exec(t.Context(), `insert into visits (id, grid_id, mobile, visited_at, photos) values ('v', 'g', 'm', $1, 0)`,
		(month + 1).First().Start())
	if err == nil {
		t.Error("the first moment of August is in July")
	}
}

func TestAnAddressThatIsNoDatabaseIsNotRepeated(t *testing.T) {
	for _, url := range []string{"postgres://user:secret-word@[bad", "postgres://user:secret-word@127.0.0.1:1/none"} {
		_, err := store.Open(t.Context(), url, store.Options{})
		if err == nil || strings.Contains(err.Error(), "secret-word") {
			t.Errorf("%v", err)
		}
	}
}

// inTx runs f in a transaction and commits it.
func inTx(t testing.TB, s *store.Store, f func(ctx context.Context, tx pgx.Tx) error) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), s.Pool(), func(tx pgx.Tx) error { return f(t.Context(), tx) })
	if err != nil {
		t.Fatal(err)
	}
}
