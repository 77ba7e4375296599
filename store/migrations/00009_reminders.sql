-- Who is not to be reminded of what, and what has been told already.

-- +goose Up

-- A person who has had enough of a kind of reminder for the day.
create table reminder_mutes (
    mobile text not null references people (mobile) on delete cascade,
    kind   text not null,
    day    date not null,
    primary key (mobile, kind, day)
);

-- Grids that the centre leaves in peace for a while.
create table silences (
    grid_id text primary key references grids (id) on delete cascade,
    until   date not null,  -- the last day
    reason  text not null,
    set_at  timestamptz not null
);

-- What a receiver has been told once and must not be told again: an item at a
-- threshold, a grid's run of short days.
create table told (
    subject   text not null,
    threshold text not null,
    receiver  text not null,  -- as in the keys of deliveries
    told_at   timestamptz not null,
    primary key (subject, threshold, receiver)
);
create index told_told_at on told (told_at);

-- +goose Down
drop table told, silences, reminder_mutes;
