-- name: TakeEvent :execrows
insert into taken_events (key, taken_at)
select key, @taken_at from unnest(@keys::text[]) key
on conflict (key) do nothing;

-- name: ForgetEvents :execrows
delete from taken_events where taken_at < $1;

-- name: Greet :execrows
insert into greeted (open_id, greeted_at)
values ($1, $2)
on conflict (open_id) do nothing;
