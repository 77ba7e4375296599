-- Who waits for what: deliveries to one receiver go out in the order in which
-- they were planned.

-- +goose Up
create index deliveries_waiting on deliveries (receiver, planned_at) where state = 'waiting';
create index deliveries_finished on deliveries (finished_at) where state in ('failed', 'skipped');

-- +goose Down
drop index deliveries_waiting, deliveries_finished;
