-- Until when a delivery may go out, and how long ago it was first tried.

-- +goose Up
alter table deliveries
    add column until       timestamptz,  -- not sent after; null = 3 hours after it was planned
    add column tried_clock timestamptz;  -- the first try by the database's clock, which no replica can set
update deliveries set tried_clock = first_try_at where state = 'waiting' and first_try_at is not null;

-- +goose Down
alter table deliveries drop column until, drop column tried_clock;
