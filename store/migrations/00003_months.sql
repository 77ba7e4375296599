-- The months of the partitioned tables.

-- +goose Up

-- Creates the month of a partitioned table that a day of Shanghai lies in,
-- unless it is there. Whoever writes into a month calls it before; two that do
-- so at once take turns. Attaching, other than creating in place, does not wait
-- for those who read and write the other months.
-- +goose StatementBegin
create function ensure_month(parent text, day date) returns void
language plpgsql as $$
declare
    first date := date_trunc('month', day)::date;
    month text := parent || to_char(first, '"_"YYYY"_"MM');
begin
    if to_regclass(month) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('ensure_month'));
    if exists (select from pg_class where oid = to_regclass(month)) then
        return;
    end if;
    execute format('create table %I (like %I including defaults including constraints including generated)',
        month, parent);
    -- read as midnight of Shanghai by a timestamptz, as the day by a date
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, month,
        to_char(first, 'YYYY-MM-DD') || ' 00:00+08',
        to_char(first + interval '1 month', 'YYYY-MM-DD') || ' 00:00+08');
end
$$;
-- +goose StatementEnd

-- Creates the months that are usually written: the last one to two months ahead.
-- +goose StatementBegin
create function ensure_months() returns void
language sql as $$
    select ensure_month(parent, (now() at time zone 'Asia/Shanghai' + ahead * interval '1 month')::date)
    from unnest(array['visits', 'items', 'track_points', 'deliveries']) parent, generate_series(-1, 2) ahead;
$$;
-- +goose StatementEnd

-- +goose Down
drop function ensure_months, ensure_month;
