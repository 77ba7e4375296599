// Package pgtest gives every test a Postgres database of its own, on a real
// server that the test process starts itself.
//
// A package that uses it says once
//
//	func TestMain(m *testing.M) { defer pgtest.Stop(); m.Run() }
//
// With the environment variable TEST_DATABASE_URL, that server is used instead;
// its user must be allowed to create databases.
package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/pglocal"
)

// Migrate brings the database at the URL to the current schema: store.Migrate.
// It is passed in so that store's own tests can use this package.
type Migrate func(ctx context.Context, databaseURL string) error

const template = "template_migrated"

// shared is the one server of this test process.
var shared struct {
	sync.Mutex
	server   *pglocal.Server
	migrated bool
}

// Database returns the URL of a new, migrated, empty database, which is dropped
// when the test ends. All tests of a process share one migrated template, so
// migrate must be the same everywhere.
func Database(t testing.TB, migrate Migrate) string {
	t.Helper()
	if os.Getenv("TEST_DATABASE_URL") != "" {
		return migratedFromNothing(t, migrate)
	}
	server := start(t)
	shared.Lock() // nobody may be connected to the template while it is copied
	defer shared.Unlock()
	if !shared.migrated {
		execute(t, server.URL("postgres"), "create database "+template)
		if err := migrate(t.Context(), server.URL(template)); err != nil {
			execute(t, server.URL("postgres"), "drop database "+template+" with (force)")
			t.Fatalf("migrate the template of the tests' databases: %v", err)
		}
		shared.migrated = true
	}
	return create(t, server.URL, " template "+template+" strategy file_copy")
}

// Empty returns the URL of a new database with nothing in it, which is dropped
// when the test ends.
func Empty(t testing.TB) string {
	t.Helper()
	if given := os.Getenv("TEST_DATABASE_URL"); given != "" {
		return create(t, func(database string) string { return onDatabase(t, given, database) }, "")
	}
	return create(t, start(t).URL, "")
}

// Stop ends the process's server, if one was started.
func Stop() {
	shared.Lock()
	defer shared.Unlock()
	if shared.server != nil {
		shared.server.Stop()
		shared.server, shared.migrated = nil, false
	}
}

func start(t testing.TB) *pglocal.Server {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		server, err := pglocal.Start(t.Context(), pglocal.Options{Throwaway: true})
		if err != nil {
			t.Fatal(err)
		}
		shared.server = server
	}
	return shared.server
}

func migratedFromNothing(t testing.TB, migrate Migrate) string {
	t.Helper()
	databaseURL := Empty(t)
	if err := migrate(t.Context(), databaseURL); err != nil {
		t.Fatalf("migrate the test's database: %v", err)
	}
	return databaseURL
}

// create makes a database with a name of its own.
func create(t testing.TB, urlOf func(database string) string, how string) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	execute(t, urlOf("postgres"), "create database "+name+how)
	t.Cleanup(func() { execute(t, urlOf("postgres"), "drop database "+name+" with (force)") })
	return urlOf(name)
}

func onDatabase(t testing.TB, databaseURL, database string) string {
	t.Helper()
	u, err := url.Parse(databaseURL)
	if err != nil {
		t.Fatal("TEST_DATABASE_URL is no URL like postgres://user@host/database") // without the password in it
	}
	u.Path = "/" + database
	return u.String()
}

func execute(t testing.TB, databaseURL, sql string) {
	t.Helper()
	if err := executeOn(databaseURL, sql); err != nil {
		t.Fatal(err)
	}
}

// executeOn uses a context of its own: a test's is over when it cleans up.
func executeOn(databaseURL, sql string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, sql); err != nil {
		return fmt.Errorf("%s: %w", sql, err)
	}
	return nil
}
