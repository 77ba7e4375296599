package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/nanxiashu/gridbot/store/sheet"
)

// IngestToken lets a system push records. The token itself is not kept.
type IngestToken struct {
	Name      string
	Sheets    []sheet.Name // nil = every sheet
	CreatedAt time.Time
	RevokedAt *time.Time // nil = still good
}

// ErrTokenExists is what creating a token under a name returns that has one.
var ErrTokenExists = errors.New("store: a token of that name exists")

// CreateIngestToken keeps a token by its hash. The name of a revoked token may
// be used again.
func (s *Store) CreateIngestToken(ctx context.Context, token IngestToken, hash []byte) error {
	tag, err := s.pool.Exec(ctx, `
		insert into ingest_tokens (name, hash, sheets, created_at) values ($1, $2, $3, $4)
		on conflict (name) do update set hash = excluded.hash, sheets = excluded.sheets,
			created_at = excluded.created_at, revoked_at = null
		where ingest_tokens.revoked_at is not null`, token.Name, hash, token.Sheets, token.CreatedAt)
	if err == nil && tag.RowsAffected() == 0 {
		return ErrTokenExists
	}
	return failed("create a token", err)
}

// IngestToken returns the token with that hash, or [ErrNotFound] where there is
// none or it was revoked.
func (s *Store) IngestToken(ctx context.Context, hash []byte) (IngestToken, error) {
	tokens, err := s.ingestTokens(ctx, `where hash = $1 and revoked_at is null`, hash)
	if err == nil && len(tokens) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return IngestToken{}, failed("token", err)
	}
	return tokens[0], nil
}

// IngestTokens lists all tokens by name, revoked ones too.
func (s *Store) IngestTokens(ctx context.Context) ([]IngestToken, error) {
	tokens, err := s.ingestTokens(ctx, `order by name`)
	return tokens, failed("tokens", err)
}

func (s *Store) ingestTokens(ctx context.Context, which string, args ...any) ([]IngestToken, error) {
	rows, err := s.pool.Query(ctx, `select name, sheets, created_at, revoked_at from ingest_tokens `+which, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[IngestToken])
}

// RevokeIngestToken ends a token from the next call on; [ErrNotFound] if there
// is none of that name, or it was revoked before.
func (s *Store) RevokeIngestToken(ctx context.Context, name string, now time.Time) error {
	tag, err := s.pool.Exec(ctx, `update ingest_tokens set revoked_at = $2 where name = $1 and revoked_at is null`, name, now)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	return failed("revoke a token", err)
}
