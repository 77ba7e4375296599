-- For all grids at once: the latest record of a sheet, and the items due in a
-- month, whenever they were reported.

-- +goose Up
create index visits_visited_at on visits (visited_at);
create index items_reported_at on items (reported_at);
create index items_due_at on items (due_at);
create index track_points_at on track_points (at);

-- +goose Down
drop index visits_visited_at, items_reported_at, items_due_at, track_points_at;
