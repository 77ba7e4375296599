-- name: EnsureDeliveryMonth :exec
select ensure_month('deliveries', @day::date);

-- name: PlanDelivery :execrows
insert into deliveries (key, day, kind, receiver_type, receiver, title, card, uuid, state, planned_at, finished_at, reason)
values (@key, @day, @kind, @receiver_type, @receiver, @title, @card, @uuid, @state, @planned_at, @finished_at, @reason)
on conflict (key, day) do nothing;

-- name: Delivery :one
select key, day, kind, receiver_type, receiver, title, card, uuid, state, tries, planned_at,
    first_try_at, finished_at, message_id, code, reason
from deliveries
where key = @key and day = @day;

-- name: Deliveries :many
select key, day, kind, receiver_type, receiver, title, card, uuid, state, tries, planned_at,
    first_try_at, finished_at, message_id, code, reason
from deliveries
where day between @first and @last
    and (@kind::text = '' or kind = @kind)
    and (@state::text = '' or state = @state)
order by day, planned_at, key;

-- name: TryDelivery :execrows
update deliveries set tries = tries + 1, first_try_at = coalesce(first_try_at, @now::timestamptz)
where key = @key and day = @day and state = 'waiting';

-- name: FinishDelivery :exec
update deliveries set state = @state, finished_at = @finished_at::timestamptz,
    message_id = nullif(@message_id::text, ''), code = @code::int, reason = @reason
where key = @key and day = @day and state = 'waiting';
