-- name: Group :one
select chat_id, name, coalesce(community, '') as community, bound_by, bound_at
from groups
where chat_id = $1;

-- name: Groups :many
select chat_id, name, coalesce(community, '') as community, bound_by, bound_at
from groups
order by chat_id;

-- name: BindGroup :exec
insert into groups (chat_id, name, community, bound_by, bound_at)
values (@chat_id, @name, nullif(@community::text, ''), @bound_by, @bound_at)
on conflict (chat_id) do update set
    name = excluded.name, community = excluded.community,
    bound_by = excluded.bound_by, bound_at = excluded.bound_at;

-- name: UnbindGroup :exec
delete from groups where chat_id = $1;
