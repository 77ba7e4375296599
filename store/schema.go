package store

import (
	"context"
	"errors"
	"fmt"
	"path"
	"time"
)

// MigrationStep is one step of the schema.
type MigrationStep struct {
	Version   int64
	Name      string    // the file: 00001_records.sql
	AppliedAt time.Time // zero = not yet
}

// MigrationStatus lists the steps of the schema that this program knows, in order.
func MigrationStatus(ctx context.Context, databaseURL string) ([]MigrationStep, error) {
	pool, err := connect(ctx, databaseURL)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	steps, err := ourSteps(pool)
	if err != nil {
		return nil, fmt.Errorf("store: migration status: %w", err)
	}
	defer func() { _ = steps.Close() }()
	status, err := steps.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: migration status: %w", err)
	}
	list := make([]MigrationStep, len(status))
	for i, step := range status {
		list[i] = MigrationStep{Version: step.Source.Version, Name: path.Base(step.Source.Path), AppliedAt: step.AppliedAt}
	}
	return list, nil
}

// The schema is not this program's; the errors of [Store.CheckSchema] wrap one of these.
var (
	ErrSchemaOlder = errors.New("the database schema is older than this program: run `gridbot migrate`")
	ErrSchemaNewer = errors.New("the database schema is newer than this program: install the newer gridbot")
)

// CheckSchema returns an error unless the schema is exactly this program's.
func (s *Store) CheckSchema(ctx context.Context) error {
	if err := s.checkOurSteps(ctx); err != nil {
		return fmt.Errorf("store: check schema: %w", err)
	}
	queue, err := queueSteps(s.pool)
	if err != nil {
		return fmt.Errorf("store: check schema: %w", err)
	}
	valid, err := queue.Validate(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: check schema of the job queue: %w", err)
	}
	if !valid.OK {
		return fmt.Errorf("store: job queue: %w", ErrSchemaOlder)
	}
	return nil
}

func (s *Store) checkOurSteps(ctx context.Context) error {
	steps, err := ourSteps(s.pool)
	if err != nil {
		return err
	}
	defer func() { _ = steps.Close() }()
	sources := steps.ListSources()
	want := sources[len(sources)-1].Version
	var have int64
	var known bool
	if err := s.pool.QueryRow(ctx, `select to_regclass('goose_db_version') is not null`).Scan(&known); err != nil {
		return err
	}
	if known {
		err := s.pool.QueryRow(ctx, `select coalesce(max(version_id), 0) from goose_db_version where is_applied`).Scan(&have)
		if err != nil {
			return err
		}
	}
	switch {
	case have < want:
		return fmt.Errorf("%w (step %d of %d)", ErrSchemaOlder, have, want)
	case have > want:
		return fmt.Errorf("%w (step %d, known here: %d)", ErrSchemaNewer, have, want)
	}
	return nil
}
