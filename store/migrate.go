package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the advisory lock under which a schema is changed.
const migrationLock = 0x6772_6964_626f_7400 // "gridbot"

// lockPoll is how often a process that waits for another's migration looks. It
// does not queue for the lock: a waiting statement would hold up an index that
// the other builds concurrently.
const lockPoll = 100 * time.Millisecond

// Migrate brings the schema of the database up to this program's: our own
// tables, the job queue's, and the months of the partitioned ones. Processes
// that start together take turns; a schema that is up to date stays as it is,
// and so does a newer one.
func Migrate(ctx context.Context, databaseURL string) error {
	pool, err := connect(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := migrateLocked(ctx, pool); err != nil {
		return fmt.Errorf("store: migrate: %w", err)
	}
	return nil
}

func migrateLocked(ctx context.Context, pool *pgxpool.Pool) error {
	holder, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer holder.Release() // the pool closes next, and the lock goes with the session
	if err := lockMigrations(ctx, holder); err != nil {
		return err
	}
	steps, err := ourSteps(pool)
	if err != nil {
		return err
	}
	defer func() { _ = steps.Close() }()
	if _, err := steps.Up(ctx); err != nil {
		return err
	}
	if err := migrateQueue(ctx, pool); err != nil {
		return err
	}
	_, err = pool.Exec(ctx, `select ensure_months()`)
	return err
}

// lockMigrations waits until no other process changes the schema.
func lockMigrations(ctx context.Context, conn *pgxpool.Conn) error {
	for {
		var locked bool
		err := conn.QueryRow(ctx, `select pg_try_advisory_lock($1)`, int64(migrationLock)).Scan(&locked)
		if err != nil || locked {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for another process's migration: %w", ctx.Err())
		case <-time.After(lockPoll):
		}
	}
}

// ourSteps are the numbered files of store/migrations, which goose counts in
// its table goose_db_version.
func ourSteps(pool *pgxpool.Pool) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, stdlib.OpenDBFromPool(pool), files,
		goose.WithSlog(slog.New(slog.DiscardHandler)), goose.WithDisableGlobalRegistry(true))
}

func queueSteps(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
}

func migrateQueue(ctx context.Context, pool *pgxpool.Pool) error {
	steps, err := queueSteps(pool)
	if err != nil {
		return err
	}
	if _, err := steps.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("job queue: %w", err)
	}
	return nil
}
