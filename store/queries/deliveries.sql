-- name: EnsureDeliveryMonth :exec
select ensure_month('deliveries', @day::date);

-- name: PlanDelivery :execrows
insert into deliveries (key, day, kind, receiver_type, receiver, title, card, uuid, state, planned_at, until, finished_at, reason)
values (@key, @day, @kind, @receiver_type, @receiver, @title, @card, @uuid, @state, @planned_at, sqlc.narg('until')::timestamptz, @finished_at, @reason)
on conflict (key, day) do nothing;

-- name: Delivery :one
select key, day, kind, receiver_type, receiver, title, card, uuid, state, tries, planned_at,
    coalesce(until, planned_at + interval '3 hours')::timestamptz as until, first_try_at, finished_at, message_id, code, reason,
    coalesce(extract(epoch from clock_timestamp() - tried_clock), 0)::float8 as tried_for
from deliveries
where key = @key and day = @day;

-- name: Deliveries :many
select key, day, kind, receiver_type, receiver, title, card, uuid, state, tries, planned_at,
    coalesce(until, planned_at + interval '3 hours')::timestamptz as until, first_try_at, finished_at, message_id, code, reason,
    coalesce(extract(epoch from clock_timestamp() - tried_clock), 0)::float8 as tried_for
from deliveries
where day between @first and @last
    and (@kind::text = '' or kind = @kind)
    and (@state::text = '' or state = @state)
order by day, planned_at, key;

-- name: TryDelivery :execrows
update deliveries set tries = tries + 1, first_try_at = coalesce(first_try_at, @now::timestamptz),
    tried_clock = coalesce(tried_clock, clock_timestamp())
where key = @key and day = @day and state = 'waiting';

-- name: FinishDelivery :exec
update deliveries set state = @state, finished_at = @finished_at::timestamptz,
    message_id = nullif(@message_id::text, ''), code = @code::int, reason = @reason
where key = @key and day = @day and state = 'waiting';
