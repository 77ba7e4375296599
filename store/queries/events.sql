-- name: ForgetEvents :execrows
delete from taken_events where taken_at < $1;

-- name: Greet :execrows
insert into greeted (open_id, greeted_at)
values ($1, $2)
on conflict (open_id) do nothing;
