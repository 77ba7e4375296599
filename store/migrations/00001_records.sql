-- The records of the centre's sheets, one table a sheet.
-- Every day and month is Asia/Shanghai's; every moment is a timestamptz.

-- +goose Up
create table communities (
    name text primary key
);

create table grids (
    id         text primary key,
    name       text not null,
    community  text not null references communities (name),
    households int  not null check (households >= 0),
    boundary   text  -- GeoJSON geometry, WGS-84; null = no boundary
);
create index grids_community on grids (community);

create type role as enum ('网格长', '网格员', '社区负责人', '街道领导', '中心管理员');

create table people (
    mobile      text primary key,
    name        text not null,
    role        role not null,
    grids       text[] not null default '{}',  -- 网格长, 网格员: usually one
    communities text[] not null default '{}',  -- 社区负责人
    open_id     text unique,                   -- bound Feishu identity; null = not bound yet
    on_duty     bool not null default true
);
create index people_grids on people using gin (grids);

create table catalogue (
    category   text not null,
    kind       text not null,
    time_limit numeric not null check (time_limit > 0),  -- hours
    primary key (category, kind)
);

-- 对象 and 隐患场所 share one number space: watched_numbers keeps it.
create table watched_numbers (
    number   text primary key,
    is_place bool not null,
    unique (number, is_place)
);

create table persons_of_concern (
    number      text primary key,
    is_place    bool not null default false check (not is_place),
    grid_id     text not null references grids (id),
    name        text not null,
    category    text not null,
    key         bool not null default false,
    archived    bool not null default false,
    listed_on   date,  -- null = always
    unlisted_on date,  -- first day no longer on the list; null = never
    foreign key (number, is_place) references watched_numbers (number, is_place)
);
create index persons_of_concern_grid on persons_of_concern (grid_id);

create table hazard_sites (
    number      text primary key,
    is_place    bool not null default true check (is_place),
    grid_id     text not null references grids (id),
    name        text not null,
    listed_on   date,
    unlisted_on date,
    foreign key (number, is_place) references watched_numbers (number, is_place)
);
create index hazard_sites_grid on hazard_sites (grid_id);

-- The big tables are partitioned by month. Postgres cannot promise that an id
-- is unique across partitions, and would check references one row at a time:
-- the import does both set-based, holding the locks of the sheets involved.
create table visits (
    id         text not null,
    grid_id    text not null,  -- grids
    mobile     text not null,  -- people
    visited_at timestamptz not null,
    photos     int  not null check (photos >= 0),
    watched    text,                         -- watched_numbers: the person or site visited
    control    bool not null default false,  -- this month's control record
    note       text not null default '',
    primary key (id, visited_at)
) partition by range (visited_at);
create index visits_grid on visits (grid_id, visited_at);
create index visits_watched on visits (watched) where watched is not null;

create table patrols (
    grid_id text not null references grids (id),
    mobile  text not null references people (mobile),
    day     date not null,
    km      numeric not null check (km >= 0),
    hours   numeric check (hours >= 0),
    primary key (grid_id, mobile, day)
);
create index patrols_day on patrols (day);

create table items (
    id                text not null,
    grid_id           text not null,  -- grids
    mobile            text not null,  -- people
    reported_at       timestamptz not null,
    category          text not null,
    kind              text not null default '',
    title             text not null default '',
    deadline          timestamptz not null,
    from_catalogue    bool not null default false,  -- the deadline was filled in from the catalogue
    extended_deadline timestamptz,
    constrained       bool not null default false,
    constrained_at    timestamptz,
    disposed_at       timestamptz,
    reworks           int  not null default 0 check (reworks >= 0),
    by_grid           bool not null default false,
    status            text not null default '有效' check (status in ('有效', '驳回', '虚假')),
    due_at            timestamptz not null generated always as (coalesce(extended_deadline, deadline)) stored,
    primary key (id, reported_at)
) partition by range (reported_at);
create index items_reported on items (grid_id, reported_at);
create index items_due on items (grid_id, due_at);

-- Where people were, WGS-84.
create table track_points (
    mobile    text not null,  -- people
    at        timestamptz not null,
    longitude double precision not null check (longitude between -180 and 180),
    latitude  double precision not null check (latitude between -90 and 90),
    accuracy  double precision check (accuracy >= 0),  -- metres; null = not given
    primary key (mobile, at)
) partition by range (at);

create table meetings (
    meeting_id text not null,
    name       text not null,
    held_on    date not null,
    mobile     text not null references people (mobile),
    status     text not null check (status in ('出席', '迟到', '请假', '缺席')),
    primary key (meeting_id, mobile)
);
create index meetings_day on meetings (held_on);

create table collections (
    grid_id      text not null references grids (id),
    household    text not null,
    month        date not null,  -- first day of the month of collected_at
    collected_at timestamptz not null,
    entered_at   timestamptz,
    complete     bool not null default false,
    primary key (grid_id, household, month)
);
create index collections_month on collections (month);

create table special_periods (
    id        text primary key,
    name      text not null,
    starts_on date not null,
    ends_on   date not null,
    check (starts_on <= ends_on)
);

create table readiness (
    period_id   text not null references special_periods (id),
    grid_id     text not null references grids (id),
    roster      bool not null default false,
    plan        bool not null default false,
    responsible bool not null default false,
    primary key (period_id, grid_id)
);

create table findings (
    id       text primary key,
    grid_id  text not null references grids (id),
    kind     text not null,
    found_on date not null,
    note     text not null default '',
    item_id  text not null default ''
);
create index findings_grid on findings (grid_id, found_on);

create table exemptions (
    grid_id   text references grids (id),  -- null = every grid (全部)
    starts_on date not null,
    ends_on   date not null,
    reason    text not null,
    check (starts_on <= ends_on),
    unique nulls not distinct (grid_id, starts_on, ends_on, reason)
);

-- How far the sheets reach whose completeness is observed: for every day on
-- which rows came in, the latest day among them.
create table arrivals (
    sheet   text not null,
    came_in date not null,
    latest  date not null,
    primary key (sheet, came_in)
);

-- What the centre declared complete (--through).
create table declared_through (
    sheet text primary key,
    day   date not null
);

-- Grows with every change of records, so that what was computed from older
-- ones is recognised. A row and not a sequence: the number must not be seen
-- before the records are.
create table records_version (
    singleton bool primary key default true check (singleton),
    version   bigint not null
);
insert into records_version (version) values (0);

-- +goose Down
drop table records_version, declared_through, arrivals, exemptions, findings, readiness, special_periods, collections,
    meetings, track_points, items, patrols, visits, hazard_sites, persons_of_concern, watched_numbers, catalogue,
    people, grids, communities;
drop type role;
