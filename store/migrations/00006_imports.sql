-- Who brought in what: every import, the rows that it replaced, and which
-- months of which grids it touched.

-- +goose Up
create table imports (
    id       bigint generated always as identity primary key,
    by_whom  text not null,        -- a user of the machine, or the name of a token; '' = not known
    at       timestamptz not null,
    files    text[] not null,
    sha256   text[] not null       -- of the files, in hex
);
create index imports_at on imports (at);

create table import_sheets (
    import_id bigint not null references imports (id),
    sheet     text not null,
    added     int not null,
    changed   int not null,
    same      int not null,
    withdrawn int not null,
    bad       int not null,        -- bad cells; with any, nothing was stored
    through   date,                -- what was declared complete with it
    primary key (import_id, sheet)
);

-- The import that wrote a row as it is; null = before imports were recorded.
alter table grids add import_id bigint;
alter table people add import_id bigint;
alter table catalogue add import_id bigint;
alter table persons_of_concern add import_id bigint;
alter table hazard_sites add import_id bigint;
alter table visits add import_id bigint;
alter table patrols add import_id bigint;
alter table track_points add import_id bigint;
alter table items add import_id bigint;
alter table meetings add import_id bigint;
alter table collections add import_id bigint;
alter table special_periods add import_id bigint;
alter table readiness add import_id bigint;
alter table findings add import_id bigint;
alter table exemptions add import_id bigint;

-- What a row said before an import changed it or took it back.
create table row_history (
    id         bigint generated always as identity primary key,
    sheet      text not null,
    key        text not null,      -- for people to read
    grid_id    text,               -- that it named; null = none
    before     jsonb not null,     -- the row
    written_by bigint,             -- the import that wrote it
    ended_by   bigint not null references imports (id)
);
create index row_history_ended on row_history (ended_by);
create index row_history_grid on row_history (grid_id, ended_by);

-- The version of the records (records_version) at which a month of a grid last
-- changed, and at which something changed that counts for every grid.
create table grid_versions (
    month   date not null,         -- its first day; -infinity = every month
    grid_id text not null,
    version bigint not null,
    primary key (month, grid_id)
);
alter table records_version add street bigint not null default 0;

-- +goose Down
alter table records_version drop street;
drop table grid_versions, row_history, import_sheets, imports;
alter table grids drop import_id;
alter table people drop import_id;
alter table catalogue drop import_id;
alter table persons_of_concern drop import_id;
alter table hazard_sites drop import_id;
alter table visits drop import_id;
alter table patrols drop import_id;
alter table track_points drop import_id;
alter table items drop import_id;
alter table meetings drop import_id;
alter table collections drop import_id;
alter table special_periods drop import_id;
alter table readiness drop import_id;
alter table findings drop import_id;
alter table exemptions drop import_id;
