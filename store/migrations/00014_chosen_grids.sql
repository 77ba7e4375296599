-- Which of their grids somebody with several means when they name none.

-- +goose Up
create table chosen_grids (
    mobile  text primary key references people (mobile) on delete cascade,
    grid_id text not null references grids (id) on delete cascade
);

-- +goose Down
drop table chosen_grids;
