-- What people's track points come to.

-- +goose Up

-- A row for every person and day with track points, on the ground of each of
-- the person's grids; for a person without a grid one with grid_id ''. It is
-- made anew in the transaction that changes the points, the person's grids or
-- the boundary.
create table track_days (
    mobile  text not null,     -- people
    day     date not null,
    grid_id text not null,     -- grids
    km      numeric not null,  -- walked inside the boundary
    hours   numeric not null,  -- spent inside it
    cells   bytea,             -- of the grid that were touched (track.Cells); null = no boundary
    ground  text,              -- md5 of the boundary measured by; null = no boundary
    primary key (mobile, day, grid_id)
);
create index track_days_day on track_days (day);
create index track_days_grid on track_days (grid_id, day);

-- A day of 里程 wins over the track points of the same person and day.
create index patrols_mobile on patrols (mobile, day);

-- Points from before are measured with the next import of 网格 or 人员.
insert into track_days (mobile, day, grid_id, km, hours)
select distinct mobile, (at at time zone 'Asia/Shanghai')::date, '', 0, 0 from track_points;

-- +goose Down
drop index patrols_mobile;
drop table track_days;
