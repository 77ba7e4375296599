-- Who may push records.

-- +goose Up
create table ingest_tokens (
    name       text primary key,
    hash       bytea not null unique,  -- SHA-256 of the token
    sheets     text[],                 -- null = every sheet
    created_at timestamptz not null,
    revoked_at timestamptz             -- null = still good
);

-- +goose Down
drop table ingest_tokens;
