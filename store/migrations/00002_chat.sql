-- What the assistant itself must remember.

-- +goose Up

-- Groups that a leader has bound to a community, or to the whole street.
create table groups (
    chat_id   text primary key,
    name      text not null default '',
    community text references communities (name),  -- null = the whole street
    bound_by  text not null,                       -- open_id
    bound_at  timestamptz not null
);

-- Events and messages already taken, by event_id and by message_id: longer
-- than the platform may redeliver, so that a replay does nothing.
create table taken_events (
    key      text primary key,
    taken_at timestamptz not null
);
create index taken_events_taken_at on taken_events (taken_at);

-- People who have had their first greeting.
create table greeted (
    open_id    text primary key,
    greeted_at timestamptz not null
);

-- One row for every message that must reach somebody exactly once. A reminder's
-- key is (kind, day or threshold, receiver). Partitioned by the day it is for.
create table deliveries (
    key           text not null,
    day           date not null,
    kind          text not null,
    receiver_type text not null check (receiver_type in ('person', 'chat')),
    receiver      text not null,              -- open_id or chat_id; '' = not known
    title         text not null,
    card          jsonb not null,
    uuid          text not null,              -- the platform's idempotency key
    state         text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'skipped')),
    tries         int  not null default 0,
    planned_at    timestamptz not null,
    first_try_at  timestamptz,
    finished_at   timestamptz,
    message_id    text,
    code          int,
    reason        text not null default '',
    primary key (key, day)
) partition by range (day);
create index deliveries_state on deliveries (state, day);

-- The minute up to which what falls due has been planned.
create table planned_until (
    singleton bool primary key default true check (singleton),
    at        timestamptz not null
);

-- +goose Down
drop table planned_until, deliveries, greeted, taken_events, groups;
