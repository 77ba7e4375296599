package pgtest

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
)

func TestMain(m *testing.M) { defer Stop(); m.Run() }

func TestEveryTestHasItsOwnMigratedDatabase(t *testing.T) {
	migrations := 0
	migrate := func(_ context.Context, databaseURL string) error {
		migrations++
		return executeOn(databaseURL, "create table marks (n int)")
	}
	first, second := Database(t, migrate), Database(t, migrate)
	execute(t, first, "insert into marks values (1)")
	if got := count(t, first); got != 1 {
		t.Errorf("first database: %d rows", got)
	}
	if got := count(t, second); got != 0 {
		t.Errorf("second database: %d rows", got)
	}
	if migrations != 1 {
		t.Errorf("migrated %d times", migrations)
	}
}

func TestGivenServerIsUsed(t *testing.T) {
	t.Setenv("TEST_DATABASE_URL", start(t).URL("postgres"))
	migrate := func(_ context.Context, databaseURL string) error {
		return executeOn(databaseURL, "create table marks (n int)")
	}
	if got := count(t, Database(t, migrate)); got != 0 {
		t.Errorf("%d rows", got)
	}
}

func TestDatabasesAreDropped(t *testing.T) {
	var dropped string
	t.Run("a test", func(t *testing.T) { dropped = Empty(t) })
	_, err := pgx.Connect(t.Context(), dropped)
	if err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("connect to a dropped database: %v", err)
	}
}

func count(t *testing.T, databaseURL string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := conn.QueryRow(t.Context(), "select count(*) from marks").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
