-- Days whose track points came in and were not measured since.

-- +goose Up
create table track_days_due (
    mobile text not null,
    day    date not null,
    since  timestamptz not null default now(),
    times  bigint not null default 1,  -- so often it became due: who measures it sees whether it did again
    primary key (mobile, day)
);

-- +goose Down
drop table track_days_due;
