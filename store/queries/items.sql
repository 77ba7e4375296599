-- name: DueItems :many
select id, grid_id, mobile, reported_at, category, kind, title, due_at
from items
where due_at >= @due_from and due_at < @due_until
    and (@grids::text[] is null or grid_id = any (@grids))
    and reported_at <= @at
    and (disposed_at is null or disposed_at > @at)
    and not (constrained and (constrained_at is null or constrained_at <= @at))
    and status <> '虚假'
order by due_at, id collate "C";
