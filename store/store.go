// Package store keeps the records of the street in Postgres: what the sheets
// bring in, and what the assistant must remember about people, groups and
// messages. It answers with the facts that the Measure judges.
//
// The database is the truth: everything here is safe with any number of
// processes on the same one. Errors never contain names, mobile numbers or
// any other value of a record.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/nanxiashu/gridbot/scoring/calendar"
	"github.com/nanxiashu/gridbot/store/db"
	"github.com/nanxiashu/gridbot/store/seal"
)

// ErrNotFound is what a look-up returns where there is no such record.
var ErrNotFound = errors.New("store: not found")

// Options say which days are days of duty, on which facts and the reach of a
// sheet depend, and how personal data are kept.
type Options struct {
	Workdays Workdays   // the country's official workdays: *calendar.Workdays
	EveryDay bool       // the street is on duty every day (policy daily_days: all)
	Keys     *seal.Ring // for personal data; nil = none can be imported
}

// Workdays knows on which days the country works.
type Workdays interface {
	IsDutyDay(day calendar.Date) (bool, error)
}

// Store is the database. It is safe for concurrent use.
type Store struct {
	pool    *pgxpool.Pool
	queries *db.Queries
	options Options
	grounds *groundBook
	rounds  *rounds
	key     personalKey
}

// Open connects to the database at the URL (postgres://…, or keyword=value
// pairs). It checks that the database answers, not that its schema is current:
// see [Store.CheckSchema].
func Open(ctx context.Context, databaseURL string, options Options) (*Store, error) {
	pool, err := connect(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	s := &Store{pool: pool, queries: db.New(pool), options: options, grounds: newGroundBook()}
	s.rounds = newRounds(s)
	return s, nil
}

func connect(ctx context.Context, databaseURL string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(databaseURL)
	if err != nil {
		return nil, errors.New("store: the database URL is not valid") // pgx would quote it
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, notConnected(err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, notConnected(err)
	}
	return pool, nil
}

// notConnected puts into one line what pgx tells in several, one for each
// address and way it tried.
func notConnected(err error) error {
	return fmt.Errorf("store: connect to the database: %w", &oneLine{err})
}

type oneLine struct{ cause error }

func (e *oneLine) Error() string { return strings.Join(strings.Fields(e.cause.Error()), " ") }

func (e *oneLine) Unwrap() error { return e.cause }

// Close closes every connection.
func (s *Store) Close() { s.pool.Close() }

// Pool returns the connections, for the job queue and for callers that write
// something of their own in the transaction of a record.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Ping returns an error if the database does not answer.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.Ping(ctx); err != nil {
		return fmt.Errorf("store: ping: %w", err)
	}
	return nil
}

// failed says what was being done when err happened, nil when nothing did. No
// row at all is [ErrNotFound]. Of an error of the database it keeps the code
// and the kind, and drops what may quote a record: the message names rows and
// values, the detail lists them.
func failed(doing string, err error) error {
	var pgErr *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows), errors.Is(err, ErrNotFound):
		return fmt.Errorf("%w: %s", ErrNotFound, doing)
	case errors.As(err, &pgErr):
		return fmt.Errorf("store: %s: %w", doing, &databaseError{pgErr})
	default:
		return fmt.Errorf("store: %s: %w", doing, err)
	}
}

// databaseError is a [pgconn.PgError] that does not print values of records.
type databaseError struct{ cause *pgconn.PgError }

func (e *databaseError) Error() string {
	text := "database error " + e.cause.Code
	if e.cause.TableName != "" {
		text += " in table " + e.cause.TableName
	}
	if e.cause.ConstraintName != "" {
		text += ", constraint " + e.cause.ConstraintName
	}
	return text
}

func (e *databaseError) Unwrap() error { return e.cause }
